import { body, expect, open, reader, signIn, test } from './story'

const older = 'Something that was said before, at some length, and that everybody has already. '.repeat(6)

test('one message is switched between its forms, and its history is folded', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', {
    subject: 'Two forms',
    text: 'the plain form',
    html: `<p>the <b>rich</b> form</p><p>On Monday Bob wrote:</p><blockquote type="cite">${older}</blockquote>`,
  })
  await signIn(page, web, system.users.alice)
  await open(page, 'Two forms')
  await expect(body(page).locator('b')).toHaveText('rich')
  await expect(body(page).locator('blockquote')).toBeHidden()
  await body(page).getByLabel('Show the earlier messages').click()
  await expect(body(page).locator('blockquote')).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Show as plain text' }).click()
  await expect(body(page)).toContainText('the plain form')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Fixed-width letters' }).click()
  await expect(body(page).locator('.ph-text')).toHaveCSS('font-family', /monospace/)
})

test('a signature is named, and nothing pretends that it was checked', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', {
    subject: 'Signed words',
    raw: [
      'From: bob@posthorn.test',
      'To: alice@posthorn.test',
      'Subject: Signed words',
      'MIME-Version: 1.0',
      'Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"',
      '',
      '--s',
      'Content-Type: text/plain',
      '',
      'what was signed',
      '--s',
      'Content-Type: application/pgp-signature',
      '',
      'signature',
      '--s--',
      '',
    ].join('\r\n'),
  })
  await signIn(page, web, system.users.alice)
  await open(page, 'Signed words')
  await expect(reader(page)).toContainText('Signed with OpenPGP. The signature is not checked here.')
  await expect(body(page)).toContainText('what was signed')
})

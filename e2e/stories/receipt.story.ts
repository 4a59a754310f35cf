import { expect, open, reader, said, sendAfter, signIn, test } from './story'

const wish = {
  subject: 'The lease',
  messageId: '<lease@posthorn.test>',
  headers: { 'Return-Path': '<bob@posthorn.test>', 'Disposition-Notification-To': 'bob@posthorn.test' },
}

test('RFC 8098: a receipt is asked for, sent once, and told on the other side; nobody asks again', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', wish)
  await signIn(page, web, system.users.alice)
  await open(page, 'The lease')
  await expect(reader(page)).toContainText('The sender asks to be told that you read this.')
  await reader(page).getByRole('button', { name: 'Send receipt' }).click()
  await expect(said(page, 'The receipt is sent')).toBeVisible()
  const [alice, bob] = [await post.of('alice'), await post.of('bob')]
  await alice.until('INBOX', (seen) => seen[0]?.flags.includes('$MDNSent') === true)
  await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject === 'Read: The lease'))
  const lock = await bob.client.getMailboxLock('INBOX')
  const raw = await bob.client.fetchOne('1', { source: true })
  lock.release()
  const source = raw && raw.source ? raw.source.toString() : ''
  expect(source).toMatch(/^Return-Path: <>/im)
  expect(source).toMatch(/Content-Type: multipart\/report;\s+report-type=disposition-notification/i)
  expect(source).toContain('Original-Message-ID: <lease@posthorn.test>')
  expect(source).toContain('Disposition: manual-action/MDN-sent-manually; displayed')
  await page.reload()
  await expect(reader(page).getByRole('heading', { name: 'The lease' })).toBeVisible()
  await expect(page.locator('iframe[title="Message body"]')).toBeVisible()
  await expect(reader(page).getByRole('button', { name: 'Send receipt' })).toHaveCount(0)
  expect(await alice.list('Sent')).toEqual([])
  await page.context().clearCookies()
  await signIn(page, web, system.users.bob)
  await open(page, 'Read: The lease')
  const card = reader(page).getByRole('region', { name: 'Read receipt' })
  await expect(card).toContainText('alice@posthorn.test has opened your message')
  expect((await bob.list('INBOX')).length).toBe(1)
})

test('a receipt is refused and nothing leaves; "always" sends by itself, but never elsewhere', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', { ...wish, subject: 'Refused', messageId: '<1@posthorn.test>' })
  await post.seed('alice', { ...wish, subject: 'By itself', messageId: '<2@posthorn.test>' })
  await post.seed('alice', {
    ...wish,
    subject: 'Elsewhere',
    messageId: '<3@posthorn.test>',
    headers: { ...wish.headers, 'Disposition-Notification-To': 'carol@posthorn.test' },
  })
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)
  const alice = await post.of('alice')
  const marked = (subject: string) =>
    alice.until('INBOX', (seen) =>
      seen.some((one) => one.subject === subject && one.flags.includes('$MDNSent')),
    )
  await open(page, 'Refused')
  await reader(page).getByRole('button', { name: 'Don’t send' }).click()
  await marked('Refused')
  await page.goto(`${web.url}/settings/privacy`)
  await page.getByRole('group', { name: 'Read receipts' }).getByText('Always send').click()
  await page.goto(`${web.url}/mail/0/inbox`)
  await open(page, 'By itself')
  await marked('By itself')
  const bob = await post.of('bob')
  await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject === 'Read: By itself'))
  await open(page, 'Elsewhere')
  await expect(reader(page)).toContainText('You are asked to tell carol@posthorn.test')
  expect((await bob.list('INBOX')).map(({ subject }) => subject)).toEqual(['Read: By itself'])
})

import { startSecure } from '../servers/secure'
import { startWeb } from './behind'
import { expect, open, reader, said, sendAfter, signIn, test } from './story'

const oneClick = (url: string) => ({
  'List-Unsubscribe': `<mailto:leave@lists.example>, <${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

test('RFC 8058: one click leaves a list by one POST that tells nothing of the reader; a refusal is said', async ({
  page,
  system,
  post,
}) => {
  const list = await startSecure((url) => (url.startsWith('/leave') ? 200 : 410))
  const env = { POSTHORN_REACHABLE_NETWORKS: '127.0.0.0/8, ::1', NODE_EXTRA_CA_CERTS: list.certificate }
  const web = await startWeb(system, { env })
  try {
    await post.seed('alice', { subject: 'Offers', headers: oneClick(`${list.url}/leave?u=1`) })
    await post.seed('alice', { subject: 'Closed', headers: oneClick(`${list.url}/gone`) })
    await signIn(page, web, system.users.alice)
    await open(page, 'Offers')
    await reader(page).getByRole('button', { name: 'Unsubscribe' }).click()
    const dialog = page.getByRole('dialog', { name: 'Unsubscribe from this list?' })
    await expect(dialog).toContainText(new URL(list.url).host)
    expect(list.asked).toEqual([])
    await dialog.getByRole('button', { name: 'Unsubscribe' }).click()
    await expect(said(page, 'Unsubscribed')).toBeVisible()
    await expect(dialog).toHaveCount(0)
    await expect(reader(page).getByText('Unsubscribed')).toBeVisible()
    expect(list.asked).toHaveLength(1)
    const [asked] = list.asked
    expect(asked).toMatchObject({ method: 'POST', url: '/leave?u=1', body: 'List-Unsubscribe=One-Click' })
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    for (const name of ['cookie', 'referer', 'accept-language', 'x-forwarded-for'])
      expect(asked?.headers[name]).toBeUndefined()
    await open(page, 'Closed')
    await reader(page).getByRole('button', { name: 'Unsubscribe' }).click()
    await dialog.getByRole('button', { name: 'Unsubscribe' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'The list did not accept it' })).toBeVisible()
  } finally {
    await web.stop()
    await list.stop()
  }
})

test('the other ways out of a list: a message to write, a page to open', async ({
  page,
  web,
  system,
  post,
}) => {
  const mail = { 'List-Unsubscribe': '<mailto:leave@lists.example?subject=leave>' }
  await post.seed('alice', { subject: 'By mail', headers: mail })
  await post.seed('alice', {
    subject: 'By page',
    headers: { 'List-Unsubscribe': '<https://lists.example/leave>' },
  })
  await signIn(page, web, system.users.alice)
  await open(page, 'By page')
  const link = reader(page).getByRole('link', { name: 'Unsubscribe' })
  await expect(link).toHaveAttribute('href', 'https://lists.example/leave')
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await open(page, 'By mail')
  await reader(page).getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('leave')
  await expect(page.getByText('leave@lists.example').first()).toBeVisible()
})

test('a list has its archive, and an answer to it goes to all of it', async ({ page, web, system, post }) => {
  await post.seed('alice', {
    subject: 'Pruning',
    replyTo: 'carol@posthorn.test',
    headers: {
      'List-Id': '"Gardeners of Prague" <garden.lists.example>',
      'List-Archive': '<https://lists.example/garden/>',
      'List-Post': '<mailto:bob@posthorn.test>',
    },
  })
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)
  await open(page, 'Pruning')
  await reader(page).getByRole('button', { name: 'Show details' }).click()
  await expect(reader(page)).toContainText('Gardeners of Prague')
  await expect(reader(page).getByRole('link', { name: 'List archive' })).toHaveAttribute(
    'href',
    'https://lists.example/garden/',
  )
  await page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Reply to list' }).click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('In March.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const bob = await post.of('bob')
  await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject === 'Re: Pruning'))
})

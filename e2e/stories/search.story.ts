import type { Page } from '@playwright/test'
import { body, expect, folder, list, reader, row, said, signIn, test } from './story'

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search mail' })
const searchFor = async (page: Page, text: string) => {
  await field(page).fill(text)
  await field(page).press('Enter')
}

test('mail is found in every folder, read from there, and Back leads to the hits', async ({
  page,
  web,
  system,
  post,
}) => {
  await (await post.of('alice')).client.mailboxCreate('Projects')
  await post.seed('alice', { subject: 'Roof estimate', text: 'The plumber comes too.', date: '2026-02-03' })
  await post.seed('alice', { subject: 'Plumber, at last', folder: 'Projects', date: '2026-02-05' })
  await post.seed('alice', { subject: 'Cheap plumber!!', folder: 'Junk', date: '2026-02-06' })
  await post.seed('alice', { subject: 'Tea on Thursday', date: '2026-02-04' })
  await signIn(page, web, system.users.alice)

  await searchFor(page, 'plumber')
  await expect(page).toHaveURL(/\/search\?q=plumber$/)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(said(page, '2 messages')).toBeVisible()
  await expect(list(page).getByRole('row').first()).toContainText('Plumber, at last')
  await expect(row(page, 'Plumber, at last')).toContainText('Projects')
  await expect(row(page, 'Roof estimate')).toContainText('Inbox')

  await row(page, 'Roof estimate').click()
  await expect(body(page)).toContainText('The plumber comes too.')
  await expect(page).toHaveURL(/\/mail\/0\/inbox\/\d+-\d+\?q=plumber$/)
  await page.goBack()
  await expect(page).toHaveURL(/\/search\?q=plumber$/)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')

  await page.getByRole('button', { name: 'Trash and Junk too' }).click()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '3')
  await expect(row(page, 'Cheap plumber!!')).toContainText('Junk')

  await field(page).press('Escape')
  await expect(page).toHaveURL(/\/mail\/0\/inbox$/)
  await expect(field(page)).toHaveValue('')
})

test('operators narrow, a mistake is shown at its word, and nothing found has a way out', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', {
    from: { name: 'Ada Lovelace', address: 'ada@example.org' },
    subject: 'Engine notes',
    attachments: [{ filename: 'notes.pdf', content: 'x' }],
  })
  await post.seed('alice', { subject: 'Grüße', text: '会議の件', flags: ['\\Seen'] })
  await post.seed('alice', { subject: 'Old offer', folder: 'Trash' })
  await signIn(page, web, system.users.alice)

  await searchFor(page, 'from:ada has:attachment is:unread')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  await expect(row(page, 'Engine notes')).toBeVisible()
  await searchFor(page, '会議')
  await expect(row(page, 'Grüße')).toBeVisible()

  await searchFor(page, 'tea is:purple')
  await expect(page.getByRole('alert').filter({ hasText: 'is:purple' })).toContainText(
    'unread, read, starred',
  )
  await expect(page).not.toHaveURL(/purple/)
  await page.goto(`${web.url}/search?q=before:yesterday`)
  await expect(page.getByRole('alert').filter({ hasText: 'before:yesterday' })).toContainText('2026-03-31')

  await searchFor(page, 'offer')
  await expect(page.getByText('No mail matches “offer”')).toBeVisible()
  await page.getByRole('button', { name: 'Search in Trash and Junk too' }).click()
  await expect(row(page, 'Old offer')).toContainText('Trash')
})

test('a hit is starred, walked on from and archived where it lies, and the list of hits follows', async ({
  page,
  web,
  system,
  post,
}) => {
  const alice = await post.of('alice')
  await alice.client.mailboxCreate('Garden plans')
  await post.seed('alice', { subject: 'Plan B', folder: 'Garden plans', date: '2026-02-05' })
  await post.seed('alice', { subject: 'Plan A', date: '2026-02-03' })
  await signIn(page, web, system.users.alice)
  await searchFor(page, 'subject:plan')
  await row(page, 'Plan B').click()
  await expect(reader(page).getByRole('heading', { name: 'Plan B' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(reader(page).getByRole('heading', { name: 'Plan A' })).toBeVisible()
  await page.keyboard.press('k')
  await page.keyboard.press('s')
  await alice.until('Garden plans', (seen) => seen[0]?.flags.includes('\\Flagged') === true)
  await page.keyboard.press('e')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  await expect(reader(page).getByRole('heading', { name: 'Plan A' })).toBeVisible()
  await alice.until('Garden plans', (seen) => seen.length === 0)
  await expect(folder(page, 'Archive')).toBeVisible()
})

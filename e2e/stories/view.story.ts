// A folder looked at in another order or in part; the server's own flags say what must be seen.
import { asUsual, expect, list, open, row, signIn, test } from './story'
import type { Page } from '@playwright/test'

const choose = async (page: Page, menu: 'Sort' | 'Filter', ...options: string[]) => {
  for (const option of options) {
    await page.getByRole('button', { name: menu, exact: true }).click()
    await page.getByRole('menuitemradio', { name: option, exact: true }).click()
  }
}

const subjects = (page: Page) => list(page).getByRole('row').getByRole('link').allTextContents()

test.afterEach(({ page, web }) => asUsual(page, web))

test('a folder is sorted and filtered, and stays so', async ({ page, web, system, post }) => {
  await post.seed('alice', { subject: 'Cherry', date: '2026-03-01T09:00:00Z', flags: ['\\Seen'] })
  await post.seed('alice', { subject: 'Apple', date: '2026-03-02T09:00:00Z' })
  await post.seed('alice', {
    subject: 'Banana',
    date: '2026-03-03T09:00:00Z',
    flags: ['\\Seen', '\\Flagged'],
    attachments: [{ filename: 'plan.pdf', content: 'x' }],
  })
  const alice = await post.of('alice')
  await signIn(page, web, system.users.alice)
  await expect.poll(() => subjects(page)).toEqual(['Banana', 'Apple', 'Cherry'])
  await choose(page, 'Sort', 'Subject')
  await expect.poll(() => subjects(page)).toEqual(['Apple', 'Banana', 'Cherry'])
  await choose(page, 'Sort', 'Z to A')
  await expect.poll(() => subjects(page)).toEqual(['Cherry', 'Banana', 'Apple'])
  await choose(page, 'Filter', 'With attachment')
  await expect.poll(() => subjects(page)).toEqual(['Banana'])

  await page.reload()
  await expect.poll(() => subjects(page)).toEqual(['Banana'])
  await choose(page, 'Filter', 'Unread')
  await expect(row(page, 'Apple')).toBeVisible()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  // What was read stays where it is until the list is asked for anew.
  await open(page, 'Apple')
  await alice.until('INBOX', (seen) => seen.every(({ flags }) => flags.includes('\\Seen')))
  await expect(row(page, 'Apple')).toBeVisible()
  await choose(page, 'Filter', 'Starred')
  await expect.poll(() => subjects(page)).toEqual(['Banana'])

  // New mail takes its place in the order, not the top.
  await page.getByRole('button', { name: 'Starred: Show all messages' }).click()
  await post.seed('alice', { subject: 'Blueberry' })
  await expect.poll(() => subjects(page)).toEqual(['Cherry', 'Blueberry', 'Banana', 'Apple'])
  await choose(page, 'Sort', 'Date')
  await expect.poll(() => subjects(page)).toEqual(['Blueberry', 'Banana', 'Apple', 'Cherry'])
})

test('mail of those one knows is a filter', async ({ page, web, system, post }) => {
  await post.seed('alice', { from: 'Bea Field <bea@talk.example>', subject: 'From a friend' })
  await post.seed('alice', { from: 'Shop <shop@other.example>', subject: 'From a shop' })
  await signIn(page, web, system.users.alice)
  await expect(row(page, 'From a shop')).toBeVisible()
  const known = await page.evaluate(async (url) => {
    const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
    const body = JSON.stringify({ name: 'Bea Field', addresses: ['bea@talk.example'] })
    return (await fetch(url, { method: 'POST', headers, body })).status
  }, `${web.url}/api/contacts`)
  expect(known).toBeLessThan(300)
  await choose(page, 'Filter', 'From contacts')
  await expect.poll(() => subjects(page)).toEqual(['From a friend'])
})

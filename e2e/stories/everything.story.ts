// More than is on screen: everything a view holds, moved by the server, and stopped by the person.
import { answers, asUsual, expect, list, row, signIn, test } from './story'
import type { Mailbox } from '../servers/mailbox'

const fill = async (alice: Mailbox, count: number) => {
  for (let n = 0; n < count; n++)
    await alice.append({
      raw: `From: a@posthorn.test\nSubject: Letter ${n}\n\nBody ${n}\n`,
      flags: n % 2 === 0 ? ['\\Seen'] : [],
    })
}

test.afterEach(({ page, web }) => asUsual(page, web))

test('all that match are archived by the server, and nothing else', async ({ page, web, system, post }) => {
  const alice = await post.of('alice')
  await fill(alice, 150)
  await signIn(page, web, system.users.alice)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Unread' }).click()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '75')
  await expect(row(page, 'Letter 149')).toBeVisible()
  await page.getByRole('button', { name: 'Select messages' }).click()
  await page.getByRole('button', { name: 'Select all 75' }).click()
  await expect(page.getByText('75 selected')).toBeVisible()
  await page
    .getByRole('toolbar', { name: 'Selected messages' })
    .getByRole('button', { name: 'Archive' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Move to Archive' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'All 75 messages done' })).toBeVisible()
  await expect(page.getByText('No message matches the filter')).toBeVisible()
  await alice.until('Archive', (seen) => seen.length === 75)
  const left = await alice.until('INBOX', (seen) => seen.length === 75)
  expect(left.every(({ flags }) => flags.includes('\\Seen'))).toBe(true)
})

test('the reading pane stands below the list or in its place', async ({ page, web, system, post }) => {
  const subject = await post.seed('alice', { subject: 'Where it opens' })
  await signIn(page, web, system.users.alice)
  const choose = async (layout: string) => {
    await page.goto(`${web.url}/settings/appearance`)
    await answers(page)
    await page.getByText(layout, { exact: true }).click()
    await expect(page.getByRole('radio', { name: layout })).toBeChecked()
    await page.goto(`${web.url}/mail/0/inbox`)
    await row(page, subject).click()
    await expect(page.getByRole('heading', { name: subject })).toBeVisible()
  }
  const message = page.getByRole('region', { name: 'Message', exact: true })
  await choose('Below the list')
  const [above, below] = [await list(page).boundingBox(), await message.boundingBox()]
  expect(above && below && above.y + above.height <= below.y + 1).toBe(true)
  await choose('In place of the list')
  await expect(list(page)).toBeHidden()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(row(page, subject)).toBeVisible()
})

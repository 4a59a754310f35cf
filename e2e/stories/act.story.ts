// Archive, delete and move, each undone: what the page says is verified by a second connection.
import { body, expect, list, open, row, said, signIn, test, toolbar } from './story'

const has = (subject: string) => (seen: { subject: string }[]) => seen.some((it) => it.subject === subject)
const lacks = (subject: string) => (seen: { subject: string }[]) => !has(subject)(seen)

const acts = [
  { verb: 'Archive', to: 'Archive', says: 'Archived' },
  { verb: 'Delete', to: 'Trash', says: 'Moved to Trash' },
  { verb: 'Junk', to: 'Junk', says: 'Moved to Junk' },
]

for (const { verb, to, says } of acts)
  test(`${verb} moves the message at once, and Undo brings it back`, async ({ page, web, system, post }) => {
    const subject = await post.seed('alice', { subject: `For ${to}` })
    await post.seed('alice', { subject: 'Stays' })
    const alice = await post.of('alice')
    await signIn(page, web, system.users.alice)
    await open(page, subject)
    await toolbar(page).getByRole('button', { name: verb, exact: true }).click()
    await expect(said(page, says)).toBeVisible()
    await expect(row(page, subject)).toHaveCount(0)
    await expect(row(page, 'Stays')).toBeVisible()
    await alice.until(to, has(subject))
    expect(has(subject)(await alice.list('INBOX'))).toBe(false)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect(row(page, subject)).toHaveCount(1)
    await alice.until('INBOX', has(subject))
    await alice.until(to, lacks(subject))
  })

test('Move to puts the message into the folder that was chosen', async ({ page, web, system, post }) => {
  const subject = await post.seed('alice', { subject: 'Quarterly plan' })
  const alice = await post.of('alice')
  await alice.client.mailboxCreate('Projects')
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await toolbar(page).getByRole('button', { name: 'Move to' }).click()
  await page.getByRole('combobox', { name: 'Move to which folder?' }).fill('Proj')
  await page.keyboard.press('Enter')
  await expect(said(page, 'Moved to Projects')).toBeVisible()
  await alice.until('Projects', has(subject))
  await alice.until('INBOX', lacks(subject))
})

test('Mark as unread is kept by the server', async ({ page, web, system, post }) => {
  const subject = await post.seed('alice', { subject: 'Read me twice', flags: ['\\Seen'] })
  const alice = await post.of('alice')
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await expect(body(page)).toBeVisible()
  await toolbar(page).getByRole('button', { name: 'Mark as unread' }).click()
  await alice.until('INBOX', (seen) => seen[0]?.flags.includes('\\Seen') === false)
})

test('what another client does is seen here without reloading', async ({ page, web, system, post }) => {
  const subject = await post.seed('alice', { subject: 'Goes away' })
  const alice = await post.of('alice')
  await signIn(page, web, system.users.alice)
  await expect(row(page, subject)).toBeVisible()
  await post.seed('alice', { subject: 'Just arrived' })
  await expect(row(page, 'Just arrived')).toBeVisible()
  const lock = await alice.client.getMailboxLock('INBOX')
  await alice.client.messageDelete('1')
  lock.release()
  await expect(row(page, subject)).toHaveCount(0)
})

test('a mailbox of hundreds is scrolled to its end, row by row on demand', async ({
  page,
  web,
  system,
  post,
}) => {
  const alice = await post.of('alice')
  for (let n = 0; n < 300; n++)
    await alice.append({
      raw: `From: a@posthorn.test\nSubject: Letter ${n}\n\nBody ${n}\n`,
      flags: ['\\Seen'],
    })
  await signIn(page, web, system.users.alice)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '300')
  await expect(row(page, 'Letter 299')).toBeVisible()
  await list(page).press('End')
  await expect(list(page).locator('[aria-rowindex="300"]')).toContainText('Letter 0')
  expect(await list(page).getByRole('row').count()).toBeLessThan(100)
})

// Archive, delete and move, each undone: what the page says is verified by a second connection.
import type { Page } from '@playwright/test'
import { asUsual, body, expect, list, open, reader, row, said, signIn, test, toolbar } from './story'

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

test('what another client does is seen in every tab over one connection, and told when nobody looks', async ({
  page,
  web,
  system,
  post,
  context,
}) => {
  const subject = await post.seed('alice', { subject: 'Goes away' })
  const alice = await post.of('alice')
  const connections: string[] = []
  context.on('request', (request) => {
    if (request.url().endsWith('/api/events')) connections.push(request.url())
  })
  // There is no desktop here: what would be shown on it is kept where the story can read it.
  await context.addInitScript(() => {
    const notes: Notification[] = []
    class Own extends Notification {
      constructor(...given: ConstructorParameters<typeof Notification>) {
        super(...given)
        notes.push(this)
      }
      static override get permission(): NotificationPermission {
        return localStorage.getItem('allowed') ? 'granted' : 'default'
      }
      static override requestPermission = (): Promise<NotificationPermission> => {
        localStorage.setItem('allowed', 'yes')
        return Promise.resolve('granted')
      }
    }
    Object.assign(window, { Notification: Own, notes })
  })
  const told = (tab: Page) =>
    tab.evaluate(() =>
      (window as unknown as { notes: Notification[] }).notes.map(({ title, body }) => [title, body]),
    )

  await signIn(page, web, system.users.alice)
  await expect(row(page, subject)).toBeVisible()
  const second = await context.newPage()
  await second.goto(`${web.url}/settings/notifications`)
  const notes = second.getByRole('switch', { name: 'Desktop notifications' })
  await expect(notes).toHaveAttribute('aria-checked', 'false')
  await expect(async () => {
    // A page that has just come may not hear the click yet.
    if ((await notes.getAttribute('aria-checked')) !== 'true') await notes.click()
    await expect(notes).toHaveAttribute('aria-checked', 'true', { timeout: 1000 })
  }).toPass()
  const wishes = async () => (await second.request.get(`${web.url}/api/preferences`)).json()
  await expect.poll(wishes).toMatchObject({ desktopNotes: true })
  await second.goto(`${web.url}/mail/0/inbox`)
  await page.reload()
  await expect(row(page, subject)).toBeVisible()
  await expect(row(second, subject)).toBeVisible()

  // Looked at, nothing is told beside the page; the title tells it.
  await post.seed('alice', { subject: 'Just arrived' })
  for (const tab of [page, second]) {
    await expect(row(tab, 'Just arrived')).toBeVisible()
    await expect(tab).toHaveTitle(/^\(2\) Inbox/)
    expect(await told(tab)).toEqual([])
  }
  const lock = await alice.client.getMailboxLock('INBOX')
  await alice.client.messageDelete('1')
  lock.release()
  for (const tab of [page, second]) await expect(row(tab, subject)).toHaveCount(0)

  // Elsewhere, it is told once, and the click opens it.
  for (const tab of [page, second])
    await tab.evaluate(() => {
      document.hasFocus = () => false
      window.dispatchEvent(new Event('blur'))
    })
  await post.seed('alice', { subject: 'While away' })
  for (const tab of [page, second]) await expect(row(tab, 'While away')).toBeVisible()
  const all = async () => [...(await told(page)), ...(await told(second))]
  await expect.poll(all).toEqual([['Bob Marsh', 'While away']])
  const teller = (await told(page)).length > 0 ? page : second
  await teller.evaluate(() =>
    (window as unknown as { notes: Notification[] }).notes[0]?.dispatchEvent(new Event('click')),
  )
  await expect(reader(teller).getByRole('heading', { name: 'While away' })).toBeVisible()

  // The tab that listened goes; another one listens, and has missed nothing.
  const before = connections.length
  const other = teller === page ? second : page
  await teller.goto('about:blank')
  await expect.poll(() => connections.length).toBe(before + 1)
  await post.seed('alice', { subject: 'Afterwards' })
  await expect(row(other, 'Afterwards')).toBeVisible()
  await other.goto(`${web.url}/mail/0/inbox`)
  await asUsual(other, web)
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

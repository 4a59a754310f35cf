// Folders: made, renamed, moved, thrown away, emptied and hidden, by mouse and by keyboard; a second connection
// says what the server holds, and a second window sees it without reloading.
import AxeBuilder from '@axe-core/playwright'
import { expect, folder, list, row, said, signIn, test } from './story'
import type { Page } from '@playwright/test'
import type { Mailbox } from '../servers/mailbox'

const rail = (page: Page) => page.getByRole('navigation', { name: 'Mailboxes' })
const dialog = (page: Page) => page.getByRole('dialog')

const choose = async (page: Page, of: string, action: string) => {
  await rail(page)
    .getByRole('button', { name: `Actions for ${of}`, exact: true })
    .click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

const make = async (page: Page, name: string, inside?: string) => {
  if (inside) await choose(page, inside, 'New folder inside')
  else await rail(page).getByRole('button', { name: 'New folder', exact: true }).click()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill(name)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(folder(page, name)).toBeVisible()
}

// By STATUS: Dovecot takes its list of folders for current by the second, and a story is faster.
const isThere =
  ({ client }: Mailbox, path: string) =>
  async () =>
    Boolean(await client.status(path, { messages: true }).catch(() => false))
const holds = (alice: Mailbox, path: string) => expect.poll(isThere(alice, path)).toBe(true)
const lacks = (alice: Mailbox, path: string) => expect.poll(isThere(alice, path)).toBe(false)

const clean = async (page: Page, what: string) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${what}: ${id} at ${nodes[0]?.target.join()}`)).toEqual([])
}

test('folders are kept as one likes, and every window knows', async ({
  page,
  context,
  web,
  system,
  post,
}) => {
  await post.seed('alice', { subject: 'In the inbox' })
  const alice = await post.of('alice')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page, web, system.users.alice)
  const second = await context.newPage()
  await second.goto(`${web.url}/mail/0/inbox`)
  await expect(row(second, 'In the inbox')).toBeVisible()

  // Made, also inside another; refused in words.
  await make(page, 'Clients')
  await make(page, 'Émile & søn', 'Clients')
  await holds(alice, 'Clients/Émile & søn')
  await expect(folder(second, 'Émile & søn')).toBeVisible()
  await rail(page).getByRole('button', { name: 'New folder', exact: true }).click()
  const name = dialog(page).getByRole('textbox', { name: 'Name' })
  await name.fill('Clients')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('There is a folder of that name already')
  await name.fill('a/b')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('A name cannot hold “/”')
  await clean(page, 'new folder')
  await page.keyboard.press('Escape')

  // Renamed while it is open here and there: both pages stay in it.
  await alice.append({ folder: 'Clients', raw: 'From: a@posthorn.test\nSubject: Kept\n\nbody\n' })
  for (const one of [page, second]) {
    await folder(one, 'Clients').click()
    await expect(row(one, 'Kept')).toBeVisible()
  }
  await choose(page, 'Clients', 'Rename')
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Customers')
  await page.keyboard.press('Enter')
  await holds(alice, 'Customers/Émile & søn')
  await lacks(alice, 'Clients')
  for (const one of [page, second]) {
    await expect(folder(one, 'Customers')).toHaveAttribute('aria-current', 'page')
    await expect(row(one, 'Kept')).toBeVisible()
  }
  // Counts go on under the new name, told by another client.
  await alice.append({ folder: 'Customers', raw: 'From: a@posthorn.test\nSubject: Later\n\nbody\n' })
  await expect(folder(second, 'Customers')).toHaveAccessibleDescription('2 unread')
  await expect(row(second, 'Later')).toBeVisible()
  await choose(page, 'Customers', 'Mark all as read')
  await alice.until('Customers', (seen) => seen.every(({ flags }) => flags.includes('\\Seen')))
  await expect(folder(second, 'Customers')).not.toHaveAccessibleDescription(/unread/)

  // Moved: by the keyboard alone, then dragged to another folder and to the top.
  await make(page, 'Old')
  await rail(page).getByRole('button', { name: 'Actions for Customers' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await clean(page, 'folder menu')
  await page.keyboard.press('m')
  await expect(page.getByRole('menuitem', { name: 'Move folder to' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Move into which folder?' }).fill('Old')
  await page.keyboard.press('Enter')
  await holds(alice, 'Old/Customers/Émile & søn')
  const around = rail(page).getByRole('button', { name: 'Hide folders in Old' })
  await expect(around).toBeVisible()
  await folder(page, 'Customers').dragTo(rail(page).getByRole('heading', { name: 'Folders' }))
  await holds(alice, 'Customers/Émile & søn')
  await expect(around).toHaveCount(0)
  await folder(page, 'Émile & søn').dragTo(folder(page, 'Old'))
  await holds(alice, 'Old/Émile & søn')
  await expect(said(page, 'Moved Émile & søn to Old')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await holds(alice, 'Customers/Émile & søn')

  // Thrown away with what is in it, and brought back.
  await choose(page, 'Customers', 'Delete folder')
  await expect(dialog(page)).toContainText('It holds 1 folder and 2 messages.')
  await clean(page, 'delete folder')
  await dialog(page).getByRole('button', { name: 'Move to Trash' }).click()
  await holds(alice, 'Trash/Customers/Émile & søn')
  await expect(list(page).or(page.getByText('Inbox is empty'))).toBeVisible()
  await expect(second.getByText('This folder no longer exists').or(row(second, 'Kept'))).toBeVisible()
  await expect(said(page, 'Moved folder Customers to Trash')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await holds(alice, 'Customers/Émile & søn')

  // What a folder is.
  await choose(page, 'Customers', 'Properties')
  await expect(dialog(page)).toContainText('Messages2')
  await expect(dialog(page)).toContainText(/Size\d+ bytes/)
  await page.keyboard.press('Escape')
  const file = page.waitForEvent('download')
  await choose(page, 'Customers', 'Export as mbox')
  expect((await file).suggestedFilename()).toBe('Customers.mbox')

  // Thrown away for good, with all that is in Trash.
  await choose(page, 'Customers', 'Delete folder')
  await dialog(page).getByRole('button', { name: 'Move to Trash' }).click()
  await holds(alice, 'Trash/Customers')
  // Whoever has a folder open when it is deleted loses the connection (RFC 9051 section 6.3.5).
  await alice.list('INBOX')
  await choose(page, 'Trash', 'Empty Trash')
  await expect(dialog(page)).toContainText('It holds 2 folders and 2 messages.')
  await dialog(page).getByRole('button', { name: 'Empty Trash' }).click()
  await lacks(alice, 'Trash/Customers')

  // Hidden, and shown again; empty ones go without a detour; roles stay.
  await choose(page, 'Old', 'Hide from this list')
  await expect(folder(second, 'Old')).toHaveCount(0)
  await page.goto(`${web.url}/settings/folders`)
  const shown = page.getByRole('switch', { name: 'Show Old' })
  await expect(shown).toHaveAttribute('aria-checked', 'false')
  await clean(page, 'settings')
  await shown.click()
  await expect(folder(second, 'Old')).toBeVisible()
  const old = async () => (await alice.client.list()).find(({ path }) => path === 'Old')?.subscribed
  await expect.poll(old).toBe(true)
  // What another client makes stands in every window.
  await alice.client.mailboxCreate('Elsewhere')
  for (const one of [page, second]) await expect(folder(one, 'Elsewhere')).toBeVisible()
  await page.goto(`${web.url}/mail/0/inbox`)
  await choose(page, 'Old', 'Delete folder')
  await dialog(page).getByRole('button', { name: 'Delete for good' }).click()
  await lacks(alice, 'Old')
  await folder(page, 'Sent').click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Properties' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toHaveCount(0)
})

// What each action of the registry is seen to do, whatever way it was reached. An action that is not told here, or has
// no way in reach.story.ts, is a red test.
import type { Locator, Page } from '@playwright/test'
import { mailCommands } from '../../lib/client/commands/mail'
import type { Command } from '../../lib/client/commands/registry'
import { writeCommands } from '../../components/composer/commands'
import { readerCommands } from '../../components/message-view/commands'
import { expect, reader, said, toolbar } from './story'

/** No server of these stories has a folder of all that is starred: there the action is not offered. */
const notHere = 'go-starred'

export const everyAction: readonly Command[] = [...mailCommands, ...writeCommands, ...readerCommands].filter(
  ({ id }) => id !== notHere,
)

/** Where it is begun. */
export type From = 'list' | 'message' | 'row' | 'unread' | 'selection' | 'search' | 'list news'

export interface Outcome {
  from: From
  /** Does it, and sees to it that it was done. */
  seen: (page: Page, act: () => Promise<void>) => Promise<void>
}

const shows =
  (wanted: (page: Page) => Locator): Outcome['seen'] =>
  async (page, act) => {
    await act()
    await expect(wanted(page)).toBeVisible()
  }
const tells = (words: string | RegExp) => shows((page) => said(page, words))
const dialog = (name: string | RegExp) => shows((page) => page.getByRole('dialog', { name }))
const offers = (button: string) =>
  shows((page) => toolbar(page).getByRole('button', { name: button, exact: true }))

const goes =
  (to: RegExp): Outcome['seen'] =>
  async (page, act) => {
    await act()
    await expect(page).toHaveURL(to)
  }

const downloads: Outcome['seen'] = async (page, act) => {
  const file = page.waitForEvent('download')
  await act()
  expect((await file).suggestedFilename()).not.toBe('')
}

/** A letter of this subject is begun, and to this person. */
const writes =
  (subject: RegExp, to = ''): Outcome['seen'] =>
  async (page, act) => {
    await act()
    await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue(subject)
    if (to) await expect(page.locator('[data-scope=composer]')).toContainText(to)
  }

const selects = (count: number) =>
  shows((page) => page.getByRole('status').filter({ hasText: `${count} selected` }))

/** To a neighbour: another message is open. */
const turns: Outcome['seen'] = async (page, act) => {
  const before = page.url()
  await act()
  await expect(page).not.toHaveURL(before)
  await expect(
    reader(page).getByRole('heading', { level: 1 }).or(reader(page).getByRole('heading')).first(),
  ).toBeVisible()
}

const prints: Outcome['seen'] = async (page, act) => {
  // Where there is no window to print from, the sheet is gone at once.
  await page.evaluate(() =>
    new MutationObserver(() => {
      if (document.querySelector('iframe[data-printed]')) document.documentElement.dataset.wasPrinted = ''
    }).observe(document.body, { childList: true }),
  )
  await act()
  await expect(page.locator('html[data-was-printed]')).toBeAttached()
}

const refreshes: Outcome['seen'] = async (page, act) => {
  const asked = page.waitForRequest((request) => /\/mailboxes(\?|$)/.test(request.url()))
  await act()
  expect((await (await asked).response())?.status()).toBe(200)
}

const picksFile: Outcome['seen'] = async (page, act) => {
  const chooser = page.waitForEvent('filechooser')
  await act()
  await chooser
}

const goTo = Object.fromEntries(
  ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'].map((role): [string, Outcome] => [
    `go-${role}`,
    { from: 'list', seen: goes(new RegExp(`/mail/0/${role}$`)) },
  ]),
)

export const outcomes: Record<string, Outcome> = {
  archive: { from: 'message', seen: tells('Archived') },
  delete: { from: 'message', seen: tells('Moved to Trash') },
  junk: { from: 'message', seen: tells('Moved to Junk') },
  'mark-unread': { from: 'message', seen: offers('Mark as read') },
  'mark-read': { from: 'unread', seen: offers('Mark as unread') },
  star: {
    from: 'message',
    seen: shows((page) => reader(page).getByRole('img', { name: 'Starred' }).first()),
  },
  move: {
    from: 'message',
    seen: shows((page) => page.getByRole('combobox', { name: 'Move to which folder?' })),
  },
  copy: {
    from: 'message',
    seen: shows((page) => page.getByRole('combobox', { name: 'Copy to which folder?' })),
  },
  label: { from: 'message', seen: dialog('Label') },
  'download-eml': { from: 'message', seen: downloads },
  'download-mbox': { from: 'selection', seen: downloads },
  'download-zip': { from: 'selection', seen: downloads },
  import: { from: 'list', seen: picksFile },
  undo: { from: 'list', seen: tells('Undone') },
  next: { from: 'message', seen: turns },
  previous: { from: 'message', seen: turns },
  open: { from: 'row', seen: shows((page) => reader(page).getByRole('heading').first()) },
  close: { from: 'message', seen: goes(/\/mail\/0\/inbox$/) },
  refresh: { from: 'list', seen: refreshes },
  'save-search': { from: 'search', seen: dialog('Save this search') },
  select: { from: 'row', seen: selects(1) },
  'select-down': { from: 'selection', seen: selects(2) },
  'select-up': { from: 'selection', seen: selects(2) },
  'select-all': {
    from: 'selection',
    seen: shows((page) => page.getByRole('status').filter({ hasText: /\d\d selected/ })),
  },
  ...goTo,
  palette: {
    from: 'list',
    seen: shows((page) => page.getByRole('searchbox', { name: 'Search mail' }).and(page.locator(':focus'))),
  },
  help: { from: 'list', seen: dialog('Keyboard shortcuts') },
  compose: { from: 'list', seen: writes(/^$/) },
  reply: { from: 'message', seen: writes(/^Re: Letter/, 'Bob Marsh') },
  'reply-all': { from: 'message', seen: writes(/^Re: Letter/, 'Carol') },
  'reply-list': { from: 'list news', seen: writes(/^Re: List news/, 'talk.posthorn.test') },
  forward: { from: 'message', seen: writes(/^Fwd: Letter/) },
  'edit-as-new': { from: 'message', seen: writes(/^Letter/) },
  redirect: { from: 'message', seen: dialog('Redirect') },
  print: { from: 'message', seen: prints },
}

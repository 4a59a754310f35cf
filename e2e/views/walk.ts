// Every view of the product, in whichever language is spoken: things are found by the words of that language's own
// catalogue, so that a walk in Arabic is the walk in English. Each view is handed to `look` when it stands.
import type { Locator, Page } from '@playwright/test'
import { settingsPages } from '../../components/settings/names'
import type { Words } from '../../lib/i18n'
import { wordsFor } from '../../lib/i18n/all'
import type { LaterWords } from '../../lib/i18n/later'
import { languages, type Spoken } from '../../lib/i18n/languages'
import { folders, subjects } from './letters'

interface At {
  page: Page
  /** With the base path. */
  url: string
  user: { address: string; password: string }
  words: Words
  later: LaterWords
  look: (view: string) => Promise<void>
}

/** Whose browser it is. */
export const regions = { en: 'en-GB', de: 'de-DE', ja: 'ja-JP', ar: 'ar-EG' } satisfies Record<Spoken, string>

export const wordsIn = async (language: Spoken): Promise<Pick<At, 'words' | 'later'>> => {
  const { later } = await languages[language].later()
  return { words: wordsFor(language), later }
}

const stands = (what: Locator): Promise<void> => what.first().waitFor()
const goneFrom = (what: Locator): Promise<void> => what.waitFor({ state: 'detached' })
const button = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true }).filter({ visible: true }).first()

const rows = ({ page, words }: At) =>
  page.getByRole('grid', { name: words.list.messages, exact: true }).getByRole('row')
const reader = ({ page, words }: At) => page.getByRole('region', { name: words.reader.message, exact: true })
const toolbar = ({ page, words }: At) =>
  page.getByRole('toolbar', { name: words.reader.actions, exact: true })
const written = ({ page, words }: At) =>
  page.getByRole('textbox', { name: words.composer.message, exact: true })

/** The text of what is open has been drawn. */
const read = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLIFrameElement>('iframe:not([inert] *)')].some(
      (frame) => frame.contentDocument?.body?.dataset.phKind && getComputedStyle(frame).opacity === '1',
    ),
  )

const open = async (at: At, subject: string): Promise<void> => {
  await rows(at).filter({ hasText: subject }).first().click()
  await stands(reader(at).getByRole('heading', { name: subject }))
  await read(at.page)
}

/** What lies over the page, and the page without it again. */
const over = async (at: At, view: string, what: Locator): Promise<void> => {
  await stands(what)
  await at.look(view)
  await at.page.keyboard.press('Escape')
  await goneFrom(what)
}
const dialog = ({ page }: At) => page.getByRole('dialog')
const menu = ({ page }: At) => page.getByRole('menu')

/** Open when React has taken the page over, so that keys are heard. */
const listed = async (at: At): Promise<void> => {
  await stands(rows(at))
  await at.page.locator('html[data-keys=all]').waitFor({ state: 'attached' })
}

const signIn = async (at: At): Promise<void> => {
  const { page, url, words, user, look } = at
  await page.goto(`${url}/login`)
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await stands(field(words.auth.email))
  await look('sign-in')
  await field(words.auth.email).fill(user.address)
  await field(words.auth.password).fill(user.password)
  await page.keyboard.press('Enter')
  await listed(at)
}

const list = async (at: At): Promise<void> => {
  const { page, words, user } = at
  await at.look('inbox')
  await button(page, words.list.filter).click()
  await over(at, 'filters', menu(at))
  await button(page, words.list.sort).click()
  await over(at, 'orders', menu(at))
  await button(page, words.shell.account(user.address)).click()
  await over(at, 'account', menu(at))
  await page.keyboard.press('?')
  await over(at, 'help', dialog(at))
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  // The one before it is still shown until this one is drawn.
  await read(page)
  await stands(page.getByRole('toolbar', { name: words.list.selection, exact: true }))
  await at.look('selection')
  await page.keyboard.press('Escape')
}

const filing = async (at: At): Promise<void> => {
  const { page, words } = at
  const top = page.getByRole('navigation', { name: words.shell.mailboxes }).getByRole('link', {
    name: folders.top,
    exact: true,
  })
  await top.click({ button: 'right' })
  await over(at, 'menu of a folder', menu(at))
  for (const [view, item] of [
    ['new folder', words.folders.createInside],
    ['move folder', words.folders.move],
    ['delete folder', words.folders.remove],
    ['properties of a folder', words.folders.properties],
  ] as const) {
    await top.click({ button: 'right' })
    await page.getByRole('menuitem', { name: item }).click()
    await over(at, view, dialog(at))
  }
}

const reading = async (at: At): Promise<void> => {
  const { page, words } = at
  await open(at, subjects.talk)
  await at.look('conversation')
  await open(at, subjects.news)
  await button(reader(at), words.reader.showDetails).click()
  await stands(button(reader(at), words.reader.hideDetails))
  await at.look('message')
  await button(toolbar(at), words.reader.more).click()
  await over(at, 'menu of the message', menu(at))
  await button(toolbar(at), words.reader.more).click()
  await page.getByRole('menuitem', { name: words.composer.redirect.title, exact: true }).click()
  await over(at, 'redirect', dialog(at))
  for (const [view, key] of [
    ['label', 'l'],
    ['move', 'v'],
  ] as const) {
    await page.keyboard.press(key)
    await over(at, view, dialog(at))
  }
  for (const subject of [subjects.files, subjects.invitation, subjects.bounce, subjects.receipt]) {
    await open(at, subject)
    await at.look(subject)
  }
}

const composing = async (at: At): Promise<void> => {
  const { page, words, later, look } = at
  await page.keyboard.press('r')
  await stands(written(at))
  await look('answer')
  await button(page, words.composer.close).click()
  await goneFrom(written(at))
  await page.keyboard.press('c')
  await stands(written(at))
  const to = page.getByRole('combobox', { name: words.composer.to, exact: true })
  await to.fill('nobody@nowhere')
  await page.keyboard.press('Enter')
  await stands(page.getByText(words.composer.problems['incomplete-domain']('nobody@nowhere')))
  await look('composer')
  await button(page, later.compose.more).click()
  await over(at, 'menu of the composer', menu(at))
  await button(page, words.composer.sendLater).click()
  await over(at, 'later', menu(at))
  await button(page, words.composer.sendLater).click()
  await page.getByRole('menuitem', { name: later.outbox.choose, exact: true }).click()
  await over(
    at,
    'date and time',
    dialog(at).filter({ has: page.getByLabel(later.outbox.when, { exact: true }) }),
  )
  await button(page, words.composer.maximise).click()
  await stands(button(page, words.composer.dock))
  await look('composer, a page')
  await button(page, words.composer.discard).click()
  await goneFrom(written(at))
}

const find = async ({ page }: At, text: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').fill(text)
}

const searching = async (at: At): Promise<void> => {
  const { page, words, later, look } = at
  await find(at, 'tea')
  await stands(page.getByRole('option', { name: words.shell.searchFor('tea') }))
  await look('suggestions')
  await button(page, words.shell.searchOptions).click()
  await stands(page.getByLabel(later.finding.words, { exact: true }))
  await page.getByText(later.finding.more, { exact: true }).click()
  await look('search form')
  await page.keyboard.press('Escape')
  await find(at, 'tea is:purple')
  await page.keyboard.press('Enter')
  await stands(page.getByRole('alert').filter({ hasText: 'is:purple' }))
  await look('mistake')
  await find(at, 'tea')
  await page.keyboard.press('Enter')
  await stands(page.getByRole('heading', { name: words.list.results }))
  await stands(rows(at).locator('mark'))
  await look('hits')
  await button(page, words.list.saveSearch).click()
  await over(at, 'save search', dialog(at))
  await find(at, 'zeppelin')
  await page.keyboard.press('Enter')
  await stands(page.getByText(words.list.noHits('zeppelin')))
  await look('no hits')
}

/** Those that are pages of their own, and what opens on them. */
const pages = async (at: At): Promise<void> => {
  const { page, url, words, later, look } = at
  const visit = async (path: string, shown: Locator = page.getByRole('heading', { level: 1 })) => {
    await page.goto(`${url}/${path}`)
    await stands(shown)
    await look(path)
  }
  await visit('mail/0/archive', page.getByText(words.list.emptyTitle.archive))
  await visit('mail/0/inbox/1-999999', page.getByText(words.errors['message-gone'].title))
  await visit('compose', written(at))
  for (const name of settingsPages) {
    const title = page.getByRole('heading', { name: words.settings.pages[name], level: 1 })
    await visit(`settings/${name}`, title)
    const add = {
      identities: later.writing.addIdentity,
      templates: later.writing.addTemplate,
      labels: words.labels.create,
    }[name as string]
    if (!add) continue
    await button(page, add).click()
    await stands(page.getByRole('textbox'))
    await look(`${add}, ${name}`)
  }
  await visit('contacts')
  await visit('contacts?id=new', page.getByRole('textbox', { name: later.contacts.address(1) }))
  await visit('outbox')
  const nothing = page.getByText(words.shell.notFoundTitle)
  for (const path of ['nowhere', 'settings/nothing', 'mail/0/nothing']) await visit(path, nothing)
}

const tours = {
  all: [signIn, list, filing, reading, composing, searching, pages],
  mail: [signIn, list, reading, composing],
  rest: [signIn, filing, searching, pages],
  filing: [signIn, filing],
  searching: [signIn, searching],
  pages: [signIn, pages],
}

/** All of them, or what is mail read and written, or the rest, or a part of that. */
export const everyView = async (at: At, part: keyof typeof tours = 'all'): Promise<void> => {
  for (const tour of tours[part]) await tour(at)
}

import type { IconName } from '@/components/ui/icon'
import { suggestionsFor } from '@/components/composer/addresses/suggest'
import { folderName } from '@/lib/client/actions'
import type { App } from '@/lib/client/app'
import { commands, isOffered, runCommand } from '@/lib/client/commands/registry'
import type { Search } from '@/lib/client/place'
import { forgetSearches, recentSearches } from '@/lib/client/searches'
import type { LaterWords } from '@/lib/i18n/later'
import type { Address } from '@/lib/model/address'
import type { Mailbox } from '@/lib/model/mailbox'
import { quoted, treeScope } from '@/lib/model/search'
import { folderTree, inOrder } from './folder-tree'
import { matches } from './matches'
import { valuesFor } from './search-values'

export type EntryKind = 'mail' | 'value' | 'person' | 'recent' | 'saved' | 'folder' | 'command'

export interface Entry {
  id: string
  kind: EntryKind
  label: string
  /** What stands small beside the label: the path of a nested folder. */
  detail: string
  icon: IconName
  keys: string | undefined
  /** What stands over those of its kind, where that depends on what is typed. */
  title?: string
  /** The mail it looks for; what else it does stands in `run`. */
  search?: Search
  run: () => void
}

const folderEntry = (app: App, mailbox: Mailbox): Entry => ({
  id: `folder-${mailbox.id}`,
  kind: 'folder',
  label: folderName(app.words(), mailbox),
  detail: mailbox.role || mailbox.path === mailbox.name ? '' : mailbox.path,
  icon: mailbox.role ?? 'folder',
  keys: mailbox.role ? commands.get(`go-${mailbox.role}`)?.keys[0] : undefined,
  run: () => app.go({ account: app.person.account, folder: mailbox.id, message: null }),
})

const commandEntries = (app: App): Entry[] =>
  commands
    .all()
    .filter((command) => command.palette !== 'hidden' && isOffered(command, app))
    .map((command) => ({
      id: `command-${command.id}`,
      kind: 'command',
      label: command.label(app.words(), app),
      detail: '',
      icon: command.icon ?? 'help',
      keys: command.keys[0],
      run: () => void runCommand(command.id, app),
    }))

interface Sought {
  id: string
  kind: EntryKind
  label: string
  icon?: IconName
  keys?: string
  detail?: string
  search: Search
}

const searchEntry = (app: App, { icon = 'search', keys, detail = '', ...sought }: Sought): Entry => ({
  ...sought,
  icon,
  keys,
  detail,
  run: () => app.find(sought.search),
})

export const mailEntry = (app: App, text: string): Entry =>
  searchEntry(app, {
    id: 'mail',
    kind: 'mail',
    label: app.words().shell.searchFor(text),
    keys: 'Enter',
    search: { text, scope: 'mail' },
  })

/** The folder that is open, it with those in it, and all there are. */
const narrower = (app: App, { finding }: LaterWords, text: string): Entry[] => {
  const place = app.place()
  const { mailboxes } = app.mail.get()
  const here = app.search() ? undefined : mailboxes.find(({ id }) => id === place?.folder)
  const name = here ? folderName(app.words(), here) : ''
  const entry = (id: string, label: string, scope: Search['scope']): Entry =>
    searchEntry(app, { id, kind: 'mail', label, search: { text, scope } })
  const below = here && mailboxes.some(({ parent }) => parent === here.id)
  return [
    ...(here ? [entry('mail-here', finding.searchIn(text, name), here.id)] : []),
    ...(here && below ? [entry('mail-tree', finding.searchTree(text, name), treeScope(here.id))] : []),
    entry('mail-everywhere', finding.searchEverywhere(text), 'everywhere'),
  ]
}

/** Labels, folders and states, where one of them is being typed. */
const valueEntries = (app: App, typed: string, { mailboxes, words: later }: Offered): Entry[] => {
  const { labels } = app.mail.get()
  return valuesFor(typed, { words: app.words(), later, labels, mailboxes })
    .slice(0, valuesAtMost)
    .map(({ text, label, detail, icon, title }) => ({
      ...searchEntry(app, {
        id: `value-${detail}`,
        kind: 'value',
        label,
        detail,
        icon,
        search: { text, scope: 'mail' },
      }),
      title,
    }))
}

const named = /^(.*(?:^|\s))(from|to|cc|bcc)[:：](\S+)$/i

/** Who is meant: by what follows `from:` and the like, else by all that was typed. */
export const personSought = (typed: string): { before: string; operator: string; who: string } => {
  const [, before = '', operator = 'from', who = typed.trim()] = named.exec(typed) ?? []
  return { before, operator: `${operator.toLowerCase()}:`, who }
}

const personEntry = (app: App, typed: string, { name, address }: Address): Entry => {
  const { before, operator } = personSought(typed)
  return searchEntry(app, {
    id: `person-${address}`,
    kind: 'person',
    label: name || address,
    detail: `${operator}${address}`,
    icon: 'person',
    search: { text: `${before}${operator}${quoted(address)}`, scope: 'mail' },
  })
}

/** Whom the person knows by what was typed. */
export const peopleFor = async (app: App, typed: string): Promise<Address[]> => {
  const { who } = personSought(typed)
  if (who === '') return []
  const found = await suggestionsFor(who, app)
  return found.filter(({ members }) => !members).map((one) => one.who)
}

const shownAtMost = 5
const peopleAtMost = 4
const valuesAtMost = 8
const pastAtMost = 4

const forgetEntry = (app: App, { finding }: LaterWords): Entry => ({
  id: 'forget',
  kind: 'recent',
  label: finding.forget,
  detail: '',
  icon: 'trash',
  keys: undefined,
  run: () => forgetSearches(app),
})

const recentEntries = (app: App, words: LaterWords, typed: string): Entry[] => {
  const past = recentSearches(app)
    .filter((text) => text !== typed && (typed === '' || matches(text, typed)))
    .slice(0, pastAtMost)
    .map((text, at) =>
      searchEntry(app, {
        id: `recent-${at}`,
        kind: 'recent',
        label: text,
        icon: 'past',
        search: { text, scope: 'mail' },
      }),
    )
  return past.length > 0 && typed === '' ? [...past, forgetEntry(app, words)] : past
}

export interface Offered {
  mailboxes: readonly Mailbox[]
  people: readonly Address[]
  words: LaterWords
}

/** What the search field offers for what was typed: the mail first, then people, what was looked for, folders, actions. */
export const entriesFor = (app: App, typed: string, offered: Offered): Entry[] => {
  const { mailboxes, people, words } = offered
  const folders = inOrder(folderTree(mailboxes))
    .filter(({ mailbox }) => mailbox.selectable)
    .map(({ mailbox }) => folderEntry(app, mailbox))
  const fits = ({ label, detail }: Entry) => matches(`${label} ${detail}`, typed)
  const text = typed.trim()
  const saved = app.preferences
    .get()
    .savedSearches.map((one) =>
      searchEntry(app, { id: `saved-${one.id}`, kind: 'saved', label: one.name, icon: 'saved', search: one }),
    )
  return [
    ...(text ? [mailEntry(app, text), ...narrower(app, words, text)] : []),
    ...valueEntries(app, typed.trimStart(), offered),
    ...(text ? people.slice(0, peopleAtMost).map((who) => personEntry(app, typed, who)) : []),
    ...recentEntries(app, words, text),
    ...saved.filter(fits).slice(0, shownAtMost),
    ...folders.filter(fits).slice(0, shownAtMost),
    ...commandEntries(app)
      .filter(fits)
      .slice(0, shownAtMost + 1),
  ]
}

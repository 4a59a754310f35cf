import type { Preferences } from '@/lib/model/preferences'
import type { PreferencesChange } from '@/lib/model/preferences-change'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import type { BulkAction } from '@/lib/model/bulk'
import { usualView, viewKey } from '@/lib/model/view'
import type { ListView } from '@/lib/model/view'
import type { Words } from '@/lib/i18n'
import { clockOf } from './clock'
import type { Clock } from './clock'
import { call } from './api'
import { createMail } from './cache/mail'
import type { Mail, Seed } from './cache/mail'
import type { Folder } from './cache/state'
import { hitKey } from './cache/found'
import { inOwnWords } from './label-names'
import { keptLists, listKey } from './lists'
import { navigation } from './navigation'
import { pathOfPlace, pathOfSearch, placeOfPath, searchOfPath } from './place'
import type { Place, Search } from './place'
import { preferenceSaver } from './preferences'
import { nothingSaid, type Unread } from './reading'
import { signal } from './signal'
import type { Signal } from './signal'
import { createUndo } from './undo'
import type { Undo } from './undo'

/** Who is signed in. */
export interface Person {
  account: number
  address: string
  name: string
}

/** What lies over the page. One at a time. */
export type Overlay =
  | 'none'
  | 'palette'
  | 'help'
  | 'move'
  | 'copy'
  | 'delete'
  | 'bulk'
  | 'folder'
  | 'label'
  | 'label-edit'
  | 'redirect'
  | 'search'

/** What is asked about folders; `folder` is the one it is about, or where a new one is to be made. */
export interface FolderTask {
  kind: 'create' | 'rename' | 'move' | 'delete' | 'empty' | 'properties'
  folder: FolderId | null
}

export interface Ui {
  /** The row the keyboard is on. */
  cursor: MessageId | null
  /** The cursor of a list one has come back to: it is not brought into view, for the list stands as it was left. */
  resting: MessageId | null
  /** Where a range of rows began. */
  anchor: MessageId | null
  selected: ReadonlySet<MessageId>
  /** The selection that was everything loaded when it was made. */
  all: ReadonlySet<MessageId> | null
  /** The selection that stands for everything the view holds, loaded or not; any other is of its rows. */
  whole: ReadonlySet<MessageId> | null
  unread: Unread
  /** What is asked about before it is done to all of that. */
  bulk: BulkAction | null
  task: FolderTask | null
  /** The label that is changed; null for a new one. */
  label: string | null
  /** The saved search that is changed; null for the one on screen. */
  saved: string | null
  overlay: Overlay
  /** The folder rail on a narrow screen. */
  drawer: 'open' | 'closed'
  live: 'connecting' | 'live' | 'lost'
  /** How often this page was found to be of another build than the server; 0 while it is not. */
  outdated: number
}

/** Something to tell the person, shown as a toast. With `undo`, the toast offers to take that action back. */
export interface Note {
  text: string
  tone: 'plain' | 'bad'
  undo?: number
}

/** The running application: what commands act on. Made once per page load; knows no React and no markup. */
export interface App {
  person: Person
  build: string
  mail: Mail
  ui: Signal<Ui>
  preferences: Signal<Preferences>
  /** Where and when the person is; dates are shown by it. */
  clock: Signal<Clock>
  undo: Undo
  words: () => Words
  /** Null outside the mail, in settings for instance. */
  place: () => Place | null
  /** Null outside of a search. */
  search: () => Search | null
  /** To the list of what is found; every folder but Junk and Trash when no scope is given. */
  find: (search: Search) => void
  go: (place: Place, how?: 'push' | 'replace') => void
  /** The list on screen is another, by a way that was not `go`: what was selected in it is selected again. */
  arrive: () => void
  notify: (note: Note) => void
  onNote: (listener: (note: Note) => void) => () => void
  savePreferences: (change: Partial<Preferences>) => Promise<void>
  /** What this page saved of them, for the other pages of this person. */
  onSaved: (listener: (change: PreferencesChange) => void) => () => void
  /** Looks at a folder in another way, and remembers it. */
  look: (at: Folder, change: Partial<ListView>) => Promise<void>
}

const freshUi: Ui = {
  cursor: null,
  resting: null,
  anchor: null,
  selected: new Set(),
  all: null,
  whole: null,
  unread: nothingSaid,
  bulk: null,
  task: null,
  label: null,
  saved: null,
  overlay: 'none',
  drawer: 'closed',
  live: 'connecting',
  outdated: 0,
}

export interface AppInput {
  person: Person
  /** Which build drew this page. */
  build?: string
  preferences: Preferences
  clock?: Clock
  seed?: Seed
  words: Words
}

const heralds = <T>() => {
  const listeners = new Set<(news: T) => void>()
  return {
    tell: (news: T) => listeners.forEach((listener) => listener(news)),
    hear: (listener: (news: T) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** What the keyboard is on when this place is open: hits of several folders may share an id. */
export const cursorAt = ({ folder, message, search }: Place): string | null =>
  search && message ? hitKey(folder, message) : message

/** A new folder starts without selection; the cursor follows the open message. */
const uiAfter = (ui: Ui, from: Place | null, to: Place): Ui => {
  if (to.search) return { ...ui, drawer: 'closed', cursor: cursorAt(to) ?? ui.cursor }
  const moved = from?.account !== to.account || from.folder !== to.folder
  return {
    ...ui,
    drawer: 'closed',
    ...(moved ? { selected: new Set<MessageId>(), anchor: null, cursor: to.message, resting: null } : {}),
    ...(to.message ? { cursor: to.message } : {}),
  }
}

export const createApp = (given: AppInput): App => {
  const { person, build = '', preferences, seed, words } = given
  const { clock = clockOf({ cookie: '', language: 'en' }) } = given
  const ui = signal<Ui>(freshUi)
  const wishes = signal<Preferences>(preferences)
  const notes = heralds<Note>()
  const saved = heralds<PreferencesChange>()
  const place = () => (typeof window === 'undefined' ? null : placeOfPath(navigation.path()))
  const search = () => (typeof window === 'undefined' ? null : searchOfPath(navigation.path()))
  const viewOf = ({ folder }: Pick<Folder, 'folder'>) => wishes.get().views[folder] ?? usualView
  const mail = createMail(seed, viewOf, (labels) => inOwnWords(labels, words.labels.usual))
  const lists = keptLists({ ui, mail, here: listKey(place(), search()) })
  const savePreferences = preferenceSaver(wishes, {
    // A choice is kept by who leaves the page at once, too.
    send: (change) => call('changePreferences', change, { keepalive: true }),
    saved: saved.tell,
  })
  return {
    person,
    build,
    mail,
    ui,
    preferences: wishes,
    clock: signal(clock),
    undo: createUndo(),
    words: () => words,
    place,
    search,
    find: (wanted) => {
      lists.leaveFor(listKey(null, wanted))
      ui.set((now) => ({ ...now, drawer: 'closed', selected: new Set(), anchor: null, cursor: null }))
      navigation.go(pathOfSearch(wanted))
    },
    go: (to, how) => {
      const from = place()
      lists.leaveFor(listKey(to, to.search ?? null))
      const tell = ui.change((now) => uiAfter(now, from, to))
      navigation.go(pathOfPlace(to), how, tell)
    },
    arrive: () => lists.comeTo(listKey(place(), search())),
    notify: notes.tell,
    onNote: notes.hear,
    savePreferences,
    onSaved: saved.hear,
    look: (at, change) => {
      const { [at.folder]: before = usualView, ...others } = wishes.get().views
      const view = { ...before, ...change }
      // The usual view is not remembered: the list of folders that differ stays short.
      const saved = savePreferences({
        views: viewKey(view) === '' ? others : { ...others, [at.folder]: view },
      })
      ui.set((now) => ({ ...now, selected: new Set(), anchor: null }))
      mail.changeView(at)
      return saved.catch((problem: unknown) => {
        mail.changeView(at)
        throw problem
      })
    },
  }
}

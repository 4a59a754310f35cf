import type { MessageDetail, MessageWindow } from '@/lib/model/message'
import type { Label } from '@/lib/model/label'
import type { Mailbox } from '@/lib/model/mailbox'
import { usualView, viewKey } from '@/lib/model/view'
import type { ListView } from '@/lib/model/view'
import { call, codeOf } from '../api'
import { finder, forgetHits } from './find'
import type { SearchAt } from './found'
import { type AskForWindow, type GivenWindows, givenWindows } from './given-windows'
import { emptyListing, type Listing, missing, placeWindow } from './listing'
import { createMailStore } from './store'
import type { MailStore } from './store'
import { emptyState, folderKey, messageKey } from './state'
import type { Folder, MailState, MessageAt } from './state'
import { type Asked, wholeWindow } from './whole-window'

/** Rows asked for at once: a screenful and a half on a tall screen. */
export const page = 60
/** Rows asked for where nothing stands around them: whoever let go of the scrollbar there waits for these and no others. */
const landing = 20
/** Opened messages kept: enough to walk back and forth through a morning's mail. */
const keptDetails = 300

export interface Mail extends MailStore {
  /** Sees to it that rows [from, to) of a folder are there, asking for what is missing. */
  ensureRows: (at: Folder, from: number, to: number) => Promise<void>
  /** The same for what was found. */
  ensureHits: (at: SearchAt, from: number, to: number) => Promise<void>
  /** Looks once more; what is shown stays until the answer is there. */
  findAgain: (at: SearchAt) => Promise<void>
  /** Nobody waits for it any more: the server looks no further. */
  stopFinding: (at: SearchAt, then: 'stay' | 'leave') => void
  /** The message's details: at once when known, else asked for; two who ask share one request. */
  openMessage: (at: MessageAt) => Promise<MessageDetail>
  /** The folder is looked at in another way: what was loaded of it stands in another order. */
  changeView: (at: Folder) => void
  /** Hands in what the server rendered the first page from. */
  seed: (first: Seed) => void
  refreshMailboxes: (account: number) => Promise<void>
}

export interface Seed {
  mailboxes?: readonly Mailbox[]
  labels?: readonly Label[]
  window?: (Folder & { window: MessageWindow }) | null
  detail?: (MessageAt & { detail: MessageDetail }) | null
}

type ViewOf = (at: Folder) => ListView

interface Viewed {
  window: MessageWindow
  view: string
}

const withWindow = (state: MailState, at: Folder, { window, view }: Viewed): MailState => {
  const key = folderKey(at)
  const known = state.listings[key]
  const listing = placeWindow(known?.view === view ? known : emptyListing('', view), window)
  return { ...state, listings: { ...state.listings, [key]: listing } }
}

const withDetail = (state: MailState, at: MessageAt, detail: MessageDetail): MailState => {
  const details = new Map(state.details)
  const key = messageKey(at)
  details.delete(key)
  details.set(key, detail)
  for (const oldest of details.keys()) {
    if (details.size <= keptDetails) break
    details.delete(oldest)
  }
  return { ...state, details }
}

/** Looked at again, it is the last to go: what is open stays, however many are prepared beside it. */
const asNewest = (state: MailState, at: MessageAt): MailState => {
  const detail = state.details.get(messageKey(at))
  return detail ? withDetail(state, at, detail) : state
}

const withProblem = (state: MailState, at: Folder, problem: unknown): MailState => {
  const key = folderKey(at)
  const listing = state.listings[key] ?? emptyListing()
  return { ...state, listings: { ...state.listings, [key]: { ...listing, problem: codeOf(problem) } } }
}

/** The range to ask for next, in steps of a page so that scrolling asks seldom; null when all is there. */
const wanted = (state: MailState, at: Folder, from: number, to: number) => {
  const listing = state.listings[folderKey(at)]
  if (!listing || (listing.order.length === 0 && listing.freshness === 'stale')) return { from: 0, to: page }
  if (listing.freshness === 'stale') return { from, to: Math.max(to, from + 1) }
  return missing(listing, from, to)
}

const standsAlone = (listing: Listing | undefined, { from, to }: { from: number; to: number }): boolean =>
  listing?.freshness === 'fresh' && from > 0 && !listing.order[from - 1] && !listing.order[to]

/** What is asked for so that these rows are there. */
export const windowFor = (listing: Listing | undefined, range: { from: number; to: number }): Asked => {
  const step = standsAlone(listing, range) ? landing : page
  const offset = Math.floor(range.from / step) * step
  return { offset, limit: Math.min(200, Math.ceil((range.to - offset) / step) * step) }
}

const windowKey = (at: Folder, view: string, { offset, limit }: Asked): string =>
  `${folderKey(at)}:${view}:${offset}:${limit}`

const rowLoader = (store: MailStore, viewOf: ViewOf, given: GivenWindows) => {
  const underway = new Map<string, Promise<void>>()
  return async (at: Folder, from: number, to: number): Promise<void> => {
    const range = wanted(store.get(), at, from, to)
    if (!range) return
    const { offset, limit } = windowFor(store.get().listings[folderKey(at)], range)
    const wish = viewOf(at)
    const view = viewKey(wish)
    const key = windowKey(at, view, { offset, limit })
    const ask: AskForWindow = (known) =>
      call('listMessages', { ...at, ...wish, offset, limit, ...(known ? { known } : {}) })
    const asked =
      underway.get(key) ??
      wholeWindow({ offset, limit }, () => given.bring(key, ask), { told: () => store.told(at) })
        .then((window) => {
          // Another view was chosen meanwhile.
          if (viewKey(viewOf(at)) !== view) return
          store.update((state) => withWindow(state, at, { window, view }))
        })
        .catch((problem: unknown) => {
          if (codeOf(problem) === 'signed-out') store.apply({ type: 'signed-out' })
          store.update((state) => withProblem(state, at, problem))
        })
        .finally(() => underway.delete(key))
    underway.set(key, asked)
    await asked
  }
}

const detailLoader = (store: MailStore) => {
  const underway = new Map<string, Promise<MessageDetail>>()
  return (at: MessageAt): Promise<MessageDetail> => {
    const key = messageKey(at)
    const known = store.get().details.get(key)
    if (known) {
      store.update((state) => asNewest(state, at))
      return Promise.resolve(known)
    }
    const asked =
      underway.get(key) ??
      call('openMessage', at)
        .then((detail) => {
          store.update((state) => withDetail(state, at, detail))
          return detail
        })
        .finally(() => underway.delete(key))
    underway.set(key, asked)
    return asked
  }
}

/** Labels as they are called here. */
type Called = (labels: readonly Label[]) => readonly Label[]

export const createMail = (
  first: Seed = {},
  viewOf: ViewOf = () => usualView,
  called: Called = (labels) => labels,
): Mail => {
  const store = createMailStore({
    ...emptyState,
    mailboxes: first.mailboxes ?? [],
    labels: called(first.labels ?? []),
  })
  const { ensure: ensureHits, stop: stopFinding } = finder(store)
  const given = givenWindows()
  const mail: Mail = {
    ...store,
    apply: (event) =>
      store.apply(event.type === 'labels' ? { ...event, labels: [...called(event.labels)] } : event),
    ensureRows: rowLoader(store, viewOf, given),
    ensureHits,
    stopFinding,
    findAgain: (at) => {
      stopFinding(at, 'leave')
      forgetHits(store, at)
      return ensureHits(at, 0, page)
    },
    openMessage: detailLoader(store),
    refreshMailboxes: async (account) => {
      const { mailboxes } = await call('listMailboxes', { account })
      store.apply({ type: 'mailboxes', account, mailboxes })
    },
    changeView: (at) =>
      store.update((state) => {
        const fresh = emptyListing('', viewKey(viewOf(at)))
        return { ...state, listings: { ...state.listings, [folderKey(at)]: fresh } }
      }),
    seed: ({ window, detail }) => {
      if (window)
        given.keep(windowKey(window, viewKey(viewOf(window)), { offset: 0, limit: page }), window.window)
      store.update((state) => {
        const listing = window && state.listings[folderKey(window)]
        const listed =
          window && listing?.freshness !== 'fresh'
            ? withWindow(state, window, { window: window.window, view: viewKey(viewOf(window)) })
            : state
        return detail && !state.details.has(messageKey(detail))
          ? withDetail(listed, detail, detail.detail)
          : listed
      })
    },
  }
  return mail
}

export const listingOf = (state: MailState, at: Folder) => state.listings[folderKey(at)]

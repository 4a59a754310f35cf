import type { Mailbox } from '@/lib/model/mailbox'
import type { MailEvent } from '@/lib/model/events'
import type { MessageDetail, MessageSummary } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { Label } from '@/lib/model/label'
import type { BulkJob } from '@/lib/model/bulk'
import type { Job } from '@/lib/model/draft'
import { addRows, changeRows, emptyListing, removeIds, restoreRows } from './listing'
import type { Listing } from './listing'
import { changeHits, removeHits, staleHits } from './found'
import type { Found } from './found'

export interface Folder {
  account: number
  folder: string
}
export interface MessageAt extends Folder {
  message: MessageId
}

/** Everything the browser knows of the mail, as one value. */
export interface MailState {
  mailboxes: readonly Mailbox[]
  labels: readonly Label[]
  listings: Readonly<Record<string, Listing>>
  /** What was found, by what was looked for. */
  searches: Readonly<Record<string, Found>>
  details: ReadonlyMap<string, MessageDetail>
  jobs: readonly Job[]
  /** Actions on everything a view held, while they go on and until they were seen. */
  bulk: readonly BulkJob[]
  /** Between the web application and the mail server. */
  link: 'online' | 'offline'
  session: 'signed-in' | 'signed-out'
}

/** A fact from the server, or the one thing only a person's undo does: rows put back where they stood. */
export type Change =
  | MailEvent
  | (Folder & {
      type: 'restored'
      rows: readonly { index: number; row: MessageSummary }[]
      /** The same messages under the ids they came back with, where the server told of them first. */
      instead?: readonly MessageId[]
    })

/** `follow`: unread counts move with the change; `leave`: the server has already told the new ones. */
export type Counting = 'follow' | 'leave'

export const folderKey = ({ account, folder }: Folder): string => `${account}/${folder}`
export const messageKey = ({ account, folder, message }: MessageAt): string =>
  `${account}/${folder}/${message}`

export const emptyState: MailState = {
  mailboxes: [],
  labels: [],
  listings: {},
  searches: {},
  details: new Map(),
  jobs: [],
  bulk: [],
  link: 'online',
  session: 'signed-in',
}

const withListing = (state: MailState, at: Folder, change: (listing: Listing) => Listing): MailState => {
  const key = folderKey(at)
  const listing = state.listings[key]
  return listing ? { ...state, listings: { ...state.listings, [key]: change(listing) } } : state
}

const withSearches = (state: MailState, change: (found: Found) => Found): MailState => ({
  ...state,
  searches: Object.fromEntries(Object.entries(state.searches).map(([key, found]) => [key, change(found)])),
})

const withMailbox = (state: MailState, folder: string, change: (mailbox: Mailbox) => Mailbox): MailState => ({
  ...state,
  mailboxes: state.mailboxes.map((mailbox) => (mailbox.id === folder ? change(mailbox) : mailbox)),
})

const countBy = (state: MailState, at: Folder, by: { total: number; unread: number }): MailState =>
  by.total === 0 && by.unread === 0
    ? state
    : withMailbox(state, at.folder, (mailbox) => ({
        ...mailbox,
        total: Math.max(0, mailbox.total + by.total),
        unread: Math.max(0, mailbox.unread + by.unread),
      }))

const unreadAmong = (rows: readonly (MessageSummary | undefined)[]): number =>
  rows.filter((row) => row && !row.flags.seen).length

const rowsOf = (state: MailState, at: Folder, ids: readonly MessageId[]): MessageSummary[] =>
  ids.flatMap((id) => state.listings[folderKey(at)]?.rows.get(id) ?? [])

type Of<T extends Change['type']> = Extract<Change, { type: T }>

const onFlags = (state: MailState, event: Of<'flags'>, counting: Counting): MailState => {
  const seen = new Map(event.changes.map(({ id, flags }) => [id, flags.seen]))
  const before = rowsOf(state, event, [...seen.keys()])
  const unread = before.reduce(
    (sum, row) => sum + (row.flags.seen === seen.get(row.id) ? 0 : row.flags.seen ? 1 : -1),
    0,
  )
  const details = new Map(state.details)
  for (const { id, flags } of event.changes) {
    const key = messageKey({ ...event, message: id })
    const detail = details.get(key)
    if (detail) details.set(key, { ...detail, flags })
  }
  const listed = withListing({ ...state, details }, event, (listing) => changeRows(listing, event.changes))
  const changed = withSearches(listed, (found) => changeHits(found, event.folder, event.changes))
  return counting === 'follow' ? countBy(changed, event, { total: 0, unread }) : changed
}

const onGone = (state: MailState, event: Of<'gone'>, counting: Counting): MailState => {
  const leaving = rowsOf(state, event, event.ids)
  const listed = withListing(state, event, (listing) => removeIds(listing, event.ids, event.total))
  const changed = withSearches(listed, (found) => removeHits(found, event.folder, event.ids))
  return counting === 'follow'
    ? countBy(changed, event, { total: -leaving.length, unread: -unreadAmong(leaving) })
    : changed
}

/** Told after each change, and seldom news: then nothing is drawn anew. */
const onCounts = (state: MailState, { folder, total, unread }: Of<'counts'>): MailState =>
  state.mailboxes.some((one) => one.id === folder && (one.total !== total || one.unread !== unread))
    ? withMailbox(state, folder, (mailbox) => ({ ...mailbox, total, unread }))
    : state

const onRestored = (state: MailState, event: Of<'restored'>, counting: Counting): MailState => {
  const rows = event.rows.map(({ row }) => row)
  const listed = withListing(state, event, (listing) => restoreRows(listing, event.rows, event.instead))
  const changed = withSearches(listed, staleHits)
  return counting === 'follow'
    ? countBy(changed, event, { total: rows.length, unread: unreadAmong(rows) })
    : changed
}

/**
 * A folder that is no more says so where it is open, and is asked for again when it is back: a list that was taken
 * amid a rename may come after the news of it. One of a role that was not told of may still be made.
 */
const onMailboxes = (state: MailState, { mailboxes }: Of<'mailboxes'>): MailState => {
  const there = new Set(mailboxes.map(({ id }) => id))
  const listings = Object.fromEntries(
    Object.entries(state.listings).map(([key, listing]) => {
      const folder = key.slice(key.indexOf('/') + 1)
      const gone = folder.startsWith('~') && !there.has(folder)
      if (gone) return [key, { ...emptyListing(), problem: 'mailbox-gone' as const }]
      if (listing.problem !== 'mailbox-gone') return [key, listing]
      return [key, { ...listing, problem: null, freshness: 'stale' as const }]
    }),
  )
  return { ...state, mailboxes, listings }
}

/** What is known of a folder is known of it under its new name. */
const onRenamed = (state: MailState, { account, renamed }: Of<'renamed'>): MailState => {
  const keys = new Map(
    renamed.map(({ from, to }) => [folderKey({ account, folder: from }), folderKey({ account, folder: to })]),
  )
  const listings = Object.fromEntries(
    Object.entries(state.listings).map(([key, listing]) => [keys.get(key) ?? key, listing]),
  )
  return withSearches({ ...state, listings }, staleHits)
}

const onJob = (state: MailState, { job }: Of<'job'>): MailState => {
  const others = state.jobs.filter((other) => other.id !== job.id)
  return { ...state, jobs: job.state === 'sent' ? others : [...others, job] }
}

const onBulk = (state: MailState, { job }: Of<'bulk'>): MailState => {
  const before = state.bulk.find(({ id }) => id === job.id)
  // A late word about a job that has ended changes nothing.
  if (before && before.state !== 'running') return state
  return { ...state, bulk: [...state.bulk.filter(({ id }) => id !== job.id), job] }
}

/** The one place where a fact becomes what is shown, whether it was pushed or is the person's own click. */
export const reduce = (state: MailState, event: Change, counting: Counting = 'leave'): MailState => {
  switch (event.type) {
    case 'arrived':
      return withListing(state, event, (listing) => addRows(listing, event.rows, event.total))
    case 'flags':
      return onFlags(state, event, counting)
    case 'gone':
      return onGone(state, event, counting)
    case 'restored':
      return onRestored(state, event, counting)
    case 'counts':
      return onCounts(state, event)
    case 'mailboxes':
      return onMailboxes(state, event)
    case 'labels':
      return { ...state, labels: event.labels }
    case 'renamed':
      return onRenamed(state, event)
    case 'stale':
      return withListing(state, event, (listing) => ({ ...listing, freshness: 'stale', problem: null }))
    case 'job':
      return onJob(state, event)
    case 'job-gone':
      return { ...state, jobs: state.jobs.filter(({ id }) => id !== event.id) }
    case 'bulk':
      return onBulk(state, event)
    case 'link':
      return { ...state, link: event.state }
    case 'signed-out':
      return { ...state, session: 'signed-out' }
  }
}

/** The fact to expect when messages are moved away or deleted. */
export const leaving =
  ({ ids, account, folder }: Folder & { ids: readonly MessageId[] }) =>
  (state: MailState): Change => {
    const listing = state.listings[folderKey({ account, folder })]
    const known = ids.filter((id) => listing?.rows.has(id)).length
    return { type: 'gone', account, folder, ids: [...ids], total: (listing?.order.length ?? 0) - known }
  }

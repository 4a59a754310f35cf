import { uidOf } from '@/lib/model/message-id'
import type { MessageSummary, MessageWindow } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { ErrorCode } from '@/lib/model/errors'
import { rowFor, withMemberFlags, withoutMembers } from './threads'

// What the browser knows of one folder: an ordered array as long as the mailbox, with holes where nothing was
// loaded yet, and the rows by id.
// Invariants: `order.length` is the total shown; an id stands in `order` at most once and then has a row; a value
// is never changed in place, so that React sees each change and an optimistic step can be dropped again.
export interface Listing {
  uidvalidity: string
  /** `viewKey` of what it is a list of: '' is the whole folder, newest first. */
  view: string
  order: readonly (MessageId | undefined)[]
  rows: ReadonlyMap<MessageId, MessageSummary>
  /** Ids that left: IMAP never gives them again, so a late word about them changes nothing. */
  left: ReadonlySet<MessageId>
  /** The server may know better: what is shown is kept, and asked for again. */
  freshness: 'fresh' | 'stale'
  problem: ErrorCode | null
}

/** Rows stand for conversations. */
const isGrouped = ({ view }: Listing): boolean => view.endsWith('conversations')

export const emptyListing = (uidvalidity = '', view = ''): Listing => ({
  uidvalidity,
  view,
  order: [],
  rows: new Map(),
  left: new Set(),
  freshness: 'stale',
  problem: null,
})

const holes = (length: number): (MessageId | undefined)[] => Array.from({ length }, () => undefined)

/** A window came from the server: it is the truth about its own places. */
export const placeWindow = (listing: Listing, window: MessageWindow): Listing => {
  const same = listing.uidvalidity === window.uidvalidity
  const known = same && listing.order.length === window.total && listing.freshness === 'fresh'
  const order = known ? listing.order.slice() : holes(window.total)
  const incoming = new Set(window.rows.map((row) => row.id))
  if (known)
    for (let index = 0; index < order.length; index++) {
      const id = order[index]
      if (id !== undefined && incoming.has(id)) order[index] = undefined
    }
  const rows = new Map(same ? listing.rows : [])
  window.rows.forEach((row, index) => {
    if (window.offset + index < order.length) order[window.offset + index] = row.id
    rows.set(row.id, row)
  })
  return {
    uidvalidity: window.uidvalidity,
    view: listing.view,
    order,
    rows,
    left: same ? listing.left : new Set(),
    freshness: 'fresh',
    problem: null,
  }
}

/** New rows at the top, in the order given; in any other view the server knows their place. */
export const addRows = (listing: Listing, incoming: readonly MessageSummary[], total: number): Listing => {
  if (listing.view !== '') return { ...listing, freshness: 'stale' }
  const fresh = incoming.filter((row) => !listing.rows.has(row.id) && !listing.left.has(row.id))
  const rows = new Map(listing.rows)
  for (const row of fresh) rows.set(row.id, row)
  const order = [...fresh.map((row) => row.id), ...listing.order]
  return settle({ ...listing, order, rows }, total)
}

export const removeIds = (listing: Listing, ids: readonly MessageId[], total: number): Listing => {
  const leaving = new Set(ids)
  const rows = new Map(isGrouped(listing) ? withoutMembers(listing.rows, leaving) : listing.rows)
  for (const id of ids) rows.delete(id)
  const order: (MessageId | undefined)[] = listing.order.filter((id) => id === undefined || !leaving.has(id))
  const unseen = ids.filter((id) => !rowFor(listing.rows, id) && !listing.left.has(id))
  const heads = ids.some((id) => (listing.rows.get(id)?.thread?.ids ?? []).some((one) => !leaving.has(one)))
  const left = new Set([...listing.left, ...ids])
  // `total` counts the folder, not what is shown of it.
  if (listing.view !== '')
    return {
      ...listing,
      order,
      rows,
      left,
      freshness: unseen.length > 0 || heads ? 'stale' : listing.freshness,
    }
  const closed = unseen.length > 0 ? closeHoles(order, unseen, total) : order
  return settle({ ...listing, order: closed, rows, left }, total)
}

/**
 * Messages left that were never loaded: for each a hole closes, the one between its neighbours by UID. In one pass, for
 * the server tells of hundreds at once of a hundred thousand. No more close than there are rows too many.
 */
const closeHoles = (
  order: readonly (MessageId | undefined)[],
  ids: readonly MessageId[],
  total: number,
): (MessageId | undefined)[] => {
  const uids = ids.map(uidOf).sort((a, b) => b - a)
  const closed: (MessageId | undefined)[] = []
  let tooMany = order.length - total
  let at = 0
  const closeAbove = (uid: number) => {
    for (; at < uids.length && (uids[at] ?? 0) > uid; at++) {
      if (tooMany <= 0 || closed.length === 0 || closed.at(-1) !== undefined) continue
      closed.pop()
      tooMany--
    }
  }
  for (const id of order) {
    if (id !== undefined) closeAbove(uidOf(id))
    closed.push(id)
  }
  closeAbove(-1)
  return closed
}

/** Puts rows back where they stood (an undone move), in the place of those that are the same messages. */
export const restoreRows = (
  listing: Listing,
  back: readonly { index: number; row: MessageSummary }[],
  instead: readonly MessageId[] = [],
): Listing => {
  const same = new Set(instead)
  const rows = new Map([...listing.rows].filter(([id]) => !same.has(id)))
  const order = listing.order.filter((id) => id === undefined || !same.has(id))
  for (const { index, row } of [...back].sort((a, b) => a.index - b.index)) {
    if (order.includes(row.id)) continue
    rows.set(row.id, row)
    order.splice(Math.min(index, order.length), 0, row.id)
  }
  return { ...listing, order, rows }
}

export const changeRows = (
  listing: Listing,
  changes: readonly { id: MessageId; flags: MessageSummary['flags'] }[],
): Listing => {
  const known = changes.filter((change) => rowFor(listing.rows, change.id))
  if (known.length === 0) return listing
  const rows = new Map(isGrouped(listing) ? withMemberFlags(listing.rows, known) : listing.rows)
  for (const { id, flags } of known) {
    const row = rows.get(id)
    if (row) rows.set(id, { ...row, flags })
  }
  return { ...listing, rows }
}

/** When our length and the server's differ after a change, something was missed. */
const settle = (listing: Listing, total: number): Listing =>
  listing.order.length === total ? listing : { ...listing, freshness: 'stale' }

/** The first and last index within [from, to) that is not loaded, or null when all are. */
export const missing = (listing: Listing, from: number, to: number): { from: number; to: number } | null => {
  const end = Math.min(to, listing.order.length)
  let first = Math.max(0, from)
  while (first < end && listing.order[first] !== undefined) first++
  if (first >= end) return null
  let last = end
  while (last > first && listing.order[last - 1] !== undefined) last--
  return { from: first, to: last }
}

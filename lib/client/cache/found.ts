import type { FolderId } from '@/lib/model/folder-id'
import type { MessageSummary } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { SearchPart, SearchProblem, SearchScope, SearchWindow } from '@/lib/model/search'
import { changeRows, emptyListing, removeIds } from './listing'
import type { Listing } from './listing'
import type { MailState } from './state'

// What was found, as a list like a folder's. Its ids are `folder/id`, because two folders may give one id, and so
// are those of the rows behind them; `hitAt` tells the message itself.

export interface Found {
  listing: Listing
  /** A mistake in what was typed. */
  wrong: SearchProblem | null
  missed: readonly FolderId[]
  depth: SearchWindow['depth']
  /** How far it has come: what is found so far is shown meanwhile. Stopped, it says no more than it had found. */
  course: { state: 'going'; answered: number; of: number } | { state: 'ended' | 'stopped' }
}

export interface SearchAt {
  account: number
  text: string
  scope: SearchScope
}

export const searchKey = ({ text, scope }: Omit<SearchAt, 'account'>): string => `${scope}\n${text}`
export const hitKey = (folder: FolderId, id: MessageId): string => `${folder}/${id}`
export const hitAt = (key: string): { folder: FolderId; message: MessageId } => {
  const slash = key.lastIndexOf('/')
  return { folder: key.slice(0, slash), message: key.slice(slash + 1) }
}

export const foundOf = (state: MailState, search: Omit<SearchAt, 'account'>): Found | undefined =>
  state.searches[searchKey(search)]

export const hitOf = (
  searches: MailState['searches'],
  folder: FolderId,
  id: MessageId,
): MessageSummary | undefined =>
  Object.values(searches)
    .map(({ listing }) => listing.rows.get(hitKey(folder, id)))
    .find(Boolean)

export const nothingFound: Found = {
  listing: emptyListing(),
  wrong: null,
  missed: [],
  depth: 'all',
  course: { state: 'ended' },
}

/** A page of hits came; the first page begins the list anew. An id stands in the order at most once. */
export const placeHits = (found: Found, window: SearchWindow): Found => {
  const anew = found.listing.freshness === 'stale' || window.offset === 0
  const incoming = new Set(window.hits.map(({ folder, row }) => hitKey(folder, row.id)))
  const before = anew ? [] : found.listing.order
  const order = Array.from({ length: window.total }, (_, index) => {
    const id = before[index]
    return id !== undefined && incoming.has(id) ? undefined : id
  })
  const rows = new Map(anew ? [] : found.listing.rows)
  window.hits.forEach(({ folder, row }, index) => {
    const key = hitKey(folder, row.id)
    if (window.offset + index < order.length) order[window.offset + index] = key
    rows.set(key, { ...row, id: key })
  })
  return {
    listing: { ...emptyListing(), order, rows, freshness: 'fresh' },
    wrong: window.problem,
    missed: window.missed,
    depth: window.depth,
    course: { state: 'ended' },
  }
}

/** A search that goes on told what it has found so far. */
export const placePart = (found: Found, { going, ...window }: SearchPart): Found =>
  going ? { ...placeHits(found, window), course: { state: 'going', ...going } } : placeHits(found, window)

/** What was found until now is all there is. */
export const stopHits = (found: Found): Found => ({
  ...found,
  listing: { ...found.listing, freshness: 'fresh' },
  course: { state: 'stopped' },
})

export const dropPartial = (found: Found): Found =>
  found.course.state === 'going' ? nothingFound : staleHits(found)

export const changeHits = (
  found: Found,
  folder: FolderId,
  changes: readonly { id: MessageId; flags: MessageSummary['flags'] }[],
): Found => {
  const keyed = changes.map(({ id, flags }) => ({ id: hitKey(folder, id), flags }))
  const listing = changeRows(found.listing, keyed)
  return listing === found.listing ? found : { ...found, listing }
}

export const removeHits = (found: Found, folder: FolderId, ids: readonly MessageId[]): Found => {
  const { listing } = found
  const known = ids.map((id) => hitKey(folder, id)).filter((key) => listing.rows.has(key))
  if (known.length === 0) return found
  return { ...found, listing: removeIds(listing, known, listing.order.length - known.length) }
}

/** Looked for again; but a search that goes on is not begun anew by what happens meanwhile. */
export const staleHits = (found: Found): Found =>
  found.course.state === 'going'
    ? found
    : {
        ...found,
        listing: { ...found.listing, freshness: 'stale', problem: null },
        course: { state: 'ended' },
      }

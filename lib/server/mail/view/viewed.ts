import 'server-only'
import { type ListView, viewKey } from '@/lib/model/view'
import { once } from '../../once'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { type Order, type Program, uidsIn, uidsWhere } from '../order'
import { conversationsIn, type Groups } from '../thread/groups'
import { either } from '../search/criteria'
import { atom, text, type Token } from '../wire'
import { withFiles } from './files'
import { sortedHere } from './keys'

// A mailbox in another order than that of arrival, or a part of it. The usual view is the array of order.ts, read
// from its end. Every other is worked out once and held; invariants:
// - a held view follows what leaves without asking the server;
// - what depends on flags, or on whom one knows, is worked out anew from the top only, so that rows do not slip away while one scrolls.

export interface Wish {
  view: ListView
  people: 'senders' | 'recipients'
  /** Addresses of the people one knows, where the filter asks for them. */
  known?: readonly string[]
}

interface Asked {
  who: Account
  order: Order
  wish: Wish
  from: 'top' | 'within'
}

/** UIDs as they are shown, first row first. */
export interface Shown {
  total: number
  slice: (from: number, to: number) => number[]
}

interface Held {
  uidValidity: string
  uidNext: number
  stamp: object
  uids: number[]
}

const mostHeld = 60
const held = once('mail-views', () => new Map<string, Held>())

const keep = (key: string, view: Held): void => {
  held.delete(key)
  held.set(key, view)
  const oldest = held.keys().next().value
  if (held.size > mostHeld && oldest !== undefined) held.delete(oldest)
}

/** Newest first, of an array that is oldest first, without turning it round. */
const newestFirst = ({ uids }: Order): Shown => ({
  total: uids.length,
  slice: (from, to) => uids.slice(Math.max(0, uids.length - to), Math.max(0, uids.length - from)).reverse(),
})

const asShown = (uids: number[]): Shown => ({
  total: uids.length,
  slice: (from, to) => uids.slice(from, to),
})

const flagKey = { unread: 'UNSEEN', starred: 'FLAGGED' } as const

const filterKeys = (filter: ListView['filter'], me: string): Token[] => {
  if (filter === 'unread' || filter === 'starred') return [atom(flagKey[filter])]
  if (filter === 'to-me') return [atom('OR'), [atom('TO'), text(me)], [atom('CC'), text(me)]]
  return []
}

const followsFlags = ({ sort, filter }: ListView): boolean =>
  [sort, filter].some((word) => word === 'unread' || word === 'starred' || word === 'contacts')

/** What leaves takes its place with it; null when something has come that must be put into its place. */
const followed = (view: Held, order: Order, { grouping }: ListView): Held | null => {
  if (view.stamp === order.stamp) return view
  // Where the newest of a conversation left, the next one takes its place.
  if (view.uidNext !== order.uidNext || grouping === 'conversations') return null
  const there = uidsIn(order)
  return { ...view, stamp: order.stamp, uids: view.uids.filter((uid) => there.has(uid)) }
}

/** RFC 5256 section 3 and RFC 5957: the newest first among those that are alike. */
const programOf = (connection: Connection, { view, people }: Wish): Program => {
  const display = connection.has('SORT=DISPLAY') ? 'DISPLAY' : ''
  const key = {
    sender: people === 'senders' ? `${display}FROM` : `${display}TO`,
    subject: 'SUBJECT',
    size: 'SIZE',
  }[view.sort as 'sender' | 'subject' | 'size']
  const backwards = (view.sort === 'size') === (view.direction === 'usual')
  return [...(backwards ? [atom('REVERSE')] : []), atom(key), atom('REVERSE'), atom('ARRIVAL')]
}

/** Those of the set first, or last; within each half the newest first. */
const parted = (newest: number[], first: Set<number>, direction: ListView['direction']): number[] => {
  const inside = newest.filter((uid) => first.has(uid))
  const outside = newest.filter((uid) => !first.has(uid))
  return direction === 'usual' ? [...inside, ...outside] : [...outside, ...inside]
}

const inOrder = async (connection: Connection, { who, order, wish }: Asked): Promise<number[]> => {
  const { sort, direction } = wish.view
  const newest = () => order.uids.toReversed()
  switch (sort) {
    case 'date':
      return direction === 'usual' ? newest() : order.uids
    case 'unread':
    case 'starred':
      return parted(newest(), new Set(await uidsWhere(connection, [atom(flagKey[sort])], 'none')), direction)
    case 'attachment':
      return parted(newest(), await withFiles(connection, who, order), direction)
    default:
      return connection.has('SORT') || connection.has('ESORT')
        ? uidsWhere(connection, [], programOf(connection, wish))
        : sortedHere(connection, { who, order, sort, people: wish.people, direction })
  }
}

/** Servers bound the length of a command. */
const mostNamed = 100

const fromAnyOf = async (connection: Connection, known: readonly string[]): Promise<Set<number>> => {
  const found = new Set<number>()
  for (let at = 0; at < known.length; at += mostNamed) {
    const keys = either(known.slice(at, at + mostNamed).map((address) => [atom('FROM'), text(address)]))
    for (const uid of await uidsWhere(connection, keys, 'none')) found.add(uid)
  }
  return found
}

const matching = async (connection: Connection, { who, order, wish }: Asked): Promise<Set<number> | null> => {
  const { filter } = wish.view
  if (filter === 'all') return null
  if (filter === 'attachment') return withFiles(connection, who, order)
  if (filter === 'contacts') return fromAnyOf(connection, wish.known ?? [])
  return new Set(await uidsWhere(connection, filterKeys(filter, who.address), 'none'))
}

/** A conversation stands where its first message stands in this order. */
const firstOfEach = (uids: readonly number[], groups: Groups): number[] => {
  const told = new Set<readonly number[]>()
  return uids.filter((uid) => {
    const group = groups.get(uid)
    if (!group) return true
    if (told.has(group)) return false
    told.add(group)
    return true
  })
}

const workOut = async (connection: Connection, asked: Asked): Promise<Held> => {
  const { uidValidity, uidNext, stamp } = asked.order
  const wanted = await matching(connection, asked)
  const sorted = await inOrder(connection, asked)
  const uids = wanted ? sorted.filter((uid) => wanted.has(uid)) : sorted
  if (asked.wish.view.grouping === 'messages') return { uidValidity, uidNext, stamp, uids }
  const groups = await conversationsIn(connection, asked.who, asked.order)
  return { uidValidity, uidNext, stamp, uids: firstOfEach(uids, groups) }
}

export const viewedUids = async (connection: Connection, asked: Asked): Promise<Shown> => {
  const { who, order, wish, from } = asked
  const word = viewKey(wish.view)
  if (word === '') return newestFirst(order)
  const key = `${who.key}\n${connection.selected?.path ?? ''}\n${word}`
  const known = held.get(key)
  const anew = !known || known.uidValidity !== order.uidValidity
  const still = anew || (from === 'top' && followsFlags(wish.view)) ? null : followed(known, order, wish.view)
  const view = still ?? (await workOut(connection, asked))
  keep(key, view)
  return asShown(view.uids)
}

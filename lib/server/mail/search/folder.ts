import 'server-only'
import type { Query } from '@/lib/model/search'
import type { Connection } from '../connection'
import { fetchItems, isFlagNews, uidOfFetch, uidsToRange } from '../data'
import { uidsWhere } from '../order'
import { internalDateOf } from '../reshape'
import { atom, sequence } from '../wire'
import { and, fileLeaves, type FileLeaf, type Ground, type Keys, keysOf } from './criteria'
import { filesOf, mayHaveFiles } from './files'
import type { Pace } from './pace'

// One folder, searched on a connection that has it selected. Invariants:
// - a large folder is searched in pieces, the newest first: a server without a full-text index reads every message,
//   and what is new is shown, or the whole given up, while it still reads what is old;
// - a piece is as long as the server takes about half a second for, and a turn of its own on a connection; what it
//   was seen to answer within a moment is one piece (pace.ts);
// - what IMAP has no key for (files) is found in two steps: those that may match, by the other terms and the headers;
//   then the structure of these says which do, and the query is asked again with their UIDs in place of the leaf.

/** Structures that are read for one query in one folder. */
const mostLookedInto = 2000
const piecePace = 500
const mostGrowth = 20

const folded = (name: string): string => name.normalize('NFC').toLocaleLowerCase()

const answers = (leaf: FileLeaf, names: string[]): boolean =>
  leaf.kind === 'attachment'
    ? names.length > 0
    : names.some((name) => folded(name).includes(folded(leaf.text)))

const uidKeys = (uids: number[]): Keys =>
  uids.length === 0 ? 'none' : [atom('UID'), sequence(uidsToRange(uids))]

const ask = async (connection: Connection, keys: Keys): Promise<number[]> => {
  if (keys === 'none') return []
  return (await uidsWhere(connection, keys === 'all' ? [] : keys)).reverse()
}

type Plain = Omit<Ground, 'file'>

/** Runs one piece on a connection that has the folder open and knows what it holds now. */
export type Visit = <T>(run: (connection: Connection) => Promise<T>) => Promise<T>

export interface Course {
  /** Between two pieces it is asked whether anybody still waits. */
  signal: AbortSignal
  /** What a piece held, newest first. */
  found: (uids: number[], connection: Connection) => Promise<void>
  pace: Pace
}

/** The size of the next piece, by how long this one took. */
const nextPiece = (size: number, took: number, least: number): number =>
  Math.max(least, Math.floor(size * Math.min(mostGrowth, piecePace / Math.max(1, took))))

/** The messages of a piece that match; `left` is how many structures may still be read. */
const asker = (query: Query, ground: Plain) => {
  // Where the leaf would exclude, every message may still match.
  const wide = keysOf(query, { ...ground, file: (_, sign) => (sign === 'with' ? mayHaveFiles() : 'none') })
  const hasFileLeaf = fileLeaves(query).length > 0
  let left = mostLookedInto
  return {
    hopeless: wide === 'none',
    exhausted: () => hasFileLeaf && left <= 0,
    ask: async (
      connection: Connection,
      range: Keys,
    ): Promise<{ uids: number[]; depth: 'all' | 'newest' }> => {
      const candidates = await ask(connection, and([range, wide]))
      if (!hasFileLeaf) return { uids: candidates, depth: 'all' }
      const looked = candidates.slice(0, left)
      left -= looked.length
      const names = await filesOf(connection, looked)
      const file = (leaf: FileLeaf): Keys =>
        uidKeys(looked.filter((uid) => answers(leaf, names.get(uid) ?? [])))
      const uids = await ask(connection, and([uidKeys(looked), keysOf(query, { ...ground, file })]))
      return { uids, depth: looked.length < candidates.length ? 'newest' : 'all' }
    },
  }
}

/** `newest` when not all of it was looked into. */
export const searchFolder = async (
  visit: Visit,
  { query, ground }: { query: Query; ground: Plain },
  { signal, found, pace }: Course,
): Promise<'all' | 'newest'> => {
  const { hopeless, exhausted, ask: askPiece } = asker(query, ground)
  const seen = new Set<number>()
  // RFC 9051 section 7.5.1: a message that went meanwhile moves the numbers of those above it down by one, so that a
  // piece may hold again what the one before held; it never leaves one out, on whichever connection.
  const piece = (rest: number, size: number) => async (connection: Connection) => {
    const to = Math.min(rest, connection.selected?.exists ?? 0)
    if (to === 0) return { rest: 0, size, depth: 'all' as const }
    const length = size || (to > pace.whole ? pace.first : to)
    const from = Math.max(1, to - length + 1)
    const whole = from === 1 && rest === Infinity
    const began = performance.now()
    const { uids, depth } = await askPiece(connection, whole ? 'all' : [sequence(`${from}:${to}`)]).catch(
      (cause: unknown) => {
        pace.measured(length, Infinity)
        throw cause
      },
    )
    pace.measured(length, performance.now() - began)
    const fresh = uids.filter((uid) => !seen.has(uid))
    if (fresh.length > 0 || !signal.aborted) await found(fresh, connection)
    // Only now: a piece whose connection broke is asked again.
    for (const uid of fresh) seen.add(uid)
    return { rest: from - 1, size: nextPiece(length, performance.now() - began, pace.first), depth }
  }
  for (let [rest, size] = [hopeless ? 0 : Infinity, 0]; rest > 0;) {
    if (signal.aborted || exhausted()) return 'newest'
    const done = await visit(piece(rest, size))
    if (done.depth === 'newest') return done.depth
    ;({ rest, size } = done)
  }
  return 'all'
}

/** When these arrived, for merging folders by date. */
export const arrivalOf = async (connection: Connection, uids: number[]): Promise<Map<number, number>> => {
  const dates = new Map<number, number>()
  if (uids.length === 0) return dates
  const items = [atom('UID'), atom('INTERNALDATE')]
  await connection.run('UID FETCH', [sequence(uidsToRange(uids)), items], {
    FETCH: ({ tokens }) => {
      const found = fetchItems(tokens)
      const uid = uidOfFetch(found)
      if (uid && !isFlagNews(found))
        dates.set(uid, Date.parse(internalDateOf(found.get('INTERNALDATE'))) || 0)
    },
  })
  return dates
}

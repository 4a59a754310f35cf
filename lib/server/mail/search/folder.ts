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
import { type Piece, piecesOf } from './pieces'

// One folder, searched piece by piece (pieces.ts). Invariants:
// - a piece is a turn of its own on a connection; what is left of a folder after the first is asked on two, unless that
//   would be done in a moment: where a server has two processors, both look;
// - what IMAP has no key for (files) is found in two steps: those that may match, by the other terms and the headers;
//   then the structure of these says which do, and the query is asked again with their UIDs in place of the leaf.

/** Structures that are read for one query in one folder. */
const mostLookedInto = 2000

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

/** Runs one piece on a connection that has the folder open and was asked, since the search began, what it holds. */
export type Visit = <T>(run: (connection: Connection) => Promise<T>) => Promise<T>

export interface Course {
  /** Between two pieces it is asked whether anybody still waits. */
  signal: AbortSignal
  /** What a piece held, newest first. */
  found: (uids: number[], connection: Connection, reach: Piece['reach']) => Promise<void>
  pace: Pace
}

/** The messages of a piece that match; `left` is how many structures may still be read. */
const asker = (query: Query, ground: Plain) => {
  // Where the leaf would exclude, every message may still match.
  const wide = keysOf(query, { ...ground, file: (_, sign) => (sign === 'with' ? mayHaveFiles() : 'none') })
  const hasFileLeaf = fileLeaves(query).length > 0
  let left = mostLookedInto
  return {
    hopeless: wide === 'none',
    // Of files the newest are looked into, as many as may be.
    lanes: hasFileLeaf ? 1 : 2,
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

/** What fails ends the others after the piece they are at, and is thrown when none goes on behind it. */
const onLanes = async (count: number, goesOn: () => boolean, step: () => Promise<void>): Promise<void> => {
  let failed: 'no' | 'yes' = 'no'
  const lane = async (): Promise<void> => {
    try {
      while (failed === 'no' && goesOn()) await step()
    } catch (cause) {
      failed = 'yes'
      throw cause
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: count }, lane))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

/** `newest` when not all of it was looked into. */
export const searchFolder = async (
  visit: Visit,
  { query, ground }: { query: Query; ground: Plain },
  { signal, found, pace }: Course,
): Promise<'all' | 'newest'> => {
  const { hopeless, exhausted, lanes, ask: askPiece } = asker(query, ground)
  const pieces = piecesOf(pace)
  let depth: 'all' | 'newest' = 'all'
  const goesOn = (): boolean => {
    if (!pieces.more()) return false
    if (signal.aborted || exhausted()) depth = 'newest'
    return depth === 'all'
  }
  const step = (askers: number): Promise<void> => {
    // One whose connection broke is asked again, the same.
    let piece: Piece | null = null
    return visit(async (connection) => {
      piece ??= await pieces.next(connection, askers)
      if (!piece) return
      const { keys, length, reach } = piece
      const began = performance.now()
      const asked = await askPiece(connection, keys).catch((cause: unknown) => {
        pace.measured(length, Infinity)
        throw cause
      })
      const took = performance.now() - began
      pace.measured(length, took)
      pieces.took(length, took)
      if (asked.depth === 'newest') depth = 'newest'
      if (asked.uids.length > 0 || !signal.aborted) await found(asked.uids, connection, reach)
    })
  }
  if (hopeless) return 'all'
  if (goesOn()) await step(1)
  const askers = pieces.rest() < pace.alone ? 1 : lanes
  await onLanes(askers, goesOn, () => step(askers))
  return depth
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

import 'server-only'
import type { Query } from '@/lib/model/search'
import type { Connection } from '../connection'
import { fetchItems, uidOfFetch, uidsToRange } from '../data'
import { uidsWhere } from '../order'
import { internalDateOf } from '../reshape'
import { atom, sequence } from '../wire'
import { and, fileLeaves, type FileLeaf, type Ground, type Keys, keysOf } from './criteria'
import { filesOf, mayHaveFiles } from './files'

// One folder, searched on a connection that has it selected. What IMAP has no key for (files) is found in two
// steps: those that may match, by the other terms and the headers; then the structure of these says which do,
// and the query is asked again with their UIDs in place of the leaf.

export interface FolderHits {
  uidValidity: string
  /** Newest first. */
  uids: number[]
  depth: 'all' | 'newest'
}

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

export const searchFolder = async (
  connection: Connection,
  query: Query,
  ground: Plain,
): Promise<FolderHits> => {
  const uidValidity = connection.selected?.uidValidity ?? ''
  const hasFileLeaf = fileLeaves(query).length > 0
  // Where the leaf would exclude, every message may still match.
  const wide = keysOf(query, {
    ...ground,
    file: (_, sign) => (sign === 'with' ? mayHaveFiles() : 'none'),
  })
  const candidates = await ask(connection, wide)
  if (!hasFileLeaf) return { uidValidity, uids: candidates, depth: 'all' }
  const looked = candidates.slice(0, mostLookedInto)
  const names = await filesOf(connection, looked)
  const file = (leaf: FileLeaf): Keys => uidKeys(looked.filter((uid) => answers(leaf, names.get(uid) ?? [])))
  const uids = await ask(connection, and([uidKeys(looked), keysOf(query, { ...ground, file })]))
  return { uidValidity, uids, depth: looked.length < candidates.length ? 'newest' : 'all' }
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
      if (uid) dates.set(uid, Date.parse(internalDateOf(found.get('INTERNALDATE'))) || 0)
    },
  })
  return dates
}

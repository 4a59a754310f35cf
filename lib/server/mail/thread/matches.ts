import 'server-only'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { type Order, uidsWhere } from '../order'
import { either } from '../search/criteria'
import { atom, text, type Token } from '../wire'
import { type Links, linksOf, threadIdsOf } from './links'

// The messages of a conversation that lie in another folder than the one it was found in.

/** What a conversation is known by elsewhere. */
export interface Mark {
  threadId: string
  /** Message-IDs of its messages, and of those they refer to. */
  ids: ReadonlySet<string>
  /** Message-IDs of its own messages alone. */
  own: readonly string[]
}

/** Newest messages of a folder whose references are looked at for a whole page of rows. */
const mostLookedInto = 3000
/** Message-IDs a search may name: servers bound the length of a command. */
const mostNamed = 20

export const markOf = async (
  connection: Connection,
  who: Account,
  uids: readonly number[],
): Promise<Mark> => {
  if (connection.has('OBJECTID')) {
    const names = await threadIdsOf(connection, who, uids)
    return { threadId: uids.map((uid) => names.get(uid)).find(Boolean) ?? '', ids: new Set(), own: [] }
  }
  const known = await linksOf(connection, who, uids)
  const links = uids.flatMap((uid) => known.get(uid) ?? [])
  const own = links.map(({ id }) => id).filter(Boolean)
  return { threadId: '', ids: new Set([...own, ...links.flatMap(({ refs }) => refs)]), own }
}

const belongs = (mark: Mark, { id, refs }: Links): boolean =>
  mark.ids.has(id) || refs.some((ref) => mark.ids.has(ref))

const byThreadId = async (
  connection: Connection,
  who: Account,
  marks: readonly Mark[],
): Promise<number[][]> => {
  const named = marks.filter(({ threadId }) => threadId !== '')
  if (named.length === 0) return marks.map(() => [])
  const keys = either(named.map(({ threadId }) => [atom('THREADID'), text(threadId)]))
  const uids = await uidsWhere(connection, keys, 'none')
  const names = await threadIdsOf(connection, who, uids)
  return marks.map(({ threadId }) => (threadId ? uids.filter((uid) => names.get(uid) === threadId) : []))
}

/** Of every conversation of a page at once. */
export const matchesOfMany = async (
  connection: Connection,
  who: Account,
  { marks, order }: { marks: readonly Mark[]; order: Order },
): Promise<number[][]> => {
  if (connection.has('OBJECTID')) return byThreadId(connection, who, marks)
  const uids = order.uids.slice(-mostLookedInto)
  const links = await linksOf(connection, who, uids)
  const markOfId = new Map<string, number>()
  marks.forEach(({ ids }, at) => ids.forEach((id) => markOfId.set(id, at)))
  const found: number[][] = marks.map(() => [])
  for (const uid of uids) {
    const link = links.get(uid)
    const at = link && [link.id, ...link.refs].map((id) => markOfId.get(id)).find((one) => one !== undefined)
    if (at !== undefined) found[at]?.push(uid)
  }
  return found
}

const header = (name: string, id: string): Token[] => [atom('HEADER'), atom(name), text(id)]

/** Of one conversation, wherever in the folder: RFC 8474 THREADID, else a search for its Message-IDs. */
export const matchesOfOne = async (connection: Connection, who: Account, mark: Mark): Promise<number[]> => {
  if (connection.has('OBJECTID')) return (await byThreadId(connection, who, [mark])).flat()
  const ids = [...mark.ids].slice(-mostNamed)
  if (ids.length === 0) return []
  const answers = [...new Set([...mark.own, ...ids])].slice(0, mostNamed)
  const keys = either([
    ...ids.map((id) => header('Message-ID', id)),
    ...answers.flatMap((id) => [header('References', id), header('In-Reply-To', id)]),
  ])
  const uids = await uidsWhere(connection, keys, 'none')
  const links = await linksOf(connection, who, uids)
  return uids.filter((uid) => belongs(mark, links.get(uid) ?? { id: '', refs: [] }))
}

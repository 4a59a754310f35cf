import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FlagName, Flags } from '@/lib/model/flags'
import { sameKeyword } from '@/lib/model/label-name'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import type { Account } from './account'
import type { Connection, Selected } from './connection'
import { fetchItems, flagsOfFetch, inPieces, uidOfFetch, uidsToRange } from './data'
import { uidsWhere } from './order'
import { pastGone } from './past-gone'
import { uidsOf } from './place'
import { withSelected } from './pool'
import { flagsOf } from './reshape'
import { atom, sequence, type Token } from './wire'

const imapName: Record<FlagName, string> = {
  seen: '\\Seen',
  flagged: '\\Flagged',
  answered: '\\Answered',
  // Registered with IANA as an IMAP keyword (RFC 5788), understood by every client that has the mark.
  forwarded: '$Forwarded',
}

export interface FlagChange {
  id: MessageId
  flags: Flags
}

/** RFC 9051 section 6.4.6; the answer's FETCH data is what is told to the person's other windows. */
export const store = async (
  connection: Connection,
  uids: number[],
  item: '+FLAGS' | '-FLAGS' | '+FLAGS.SILENT' | '-FLAGS.SILENT',
  names: string[],
): Promise<Map<number, string[]>> => {
  const after = new Map<number, string[]>()
  const keywords = names.map((name) => atom(name))
  await inPieces(uids, async (piece) => {
    const stored = [sequence(uidsToRange(piece)), atom(item), keywords]
    const on = { FETCH: ({ tokens }: { tokens: Token[] }) => noteFlags(fetchItems(tokens), after) }
    await pastGone(connection, () => connection.run('UID STORE', stored, on))
  })
  return after
}

const readFlags = async (
  connection: Connection,
  uids: number[],
  into: Map<number, string[]>,
): Promise<void> => {
  await inPieces(uids, async (piece) => {
    await connection.run('UID FETCH', [sequence(uidsToRange(piece)), [atom('UID'), atom('FLAGS')]], {
      FETCH: ({ tokens }) => noteFlags(fetchItems(tokens), into),
    })
  })
}

const noteFlags = (items: Map<string, Token>, into: Map<number, string[]>): void => {
  const flags = flagsOfFetch(items)
  if (flags) into.set(uidOfFetch(items), flags)
}

const mayKeep = (permanent: Set<string>, name: string): boolean =>
  permanent.size === 0 || permanent.has('\\*') || permanent.has(name)

const mostTold = 10_000

interface Wanted {
  path: string
  ids: readonly MessageId[]
  flag: FlagName
  to: 'on' | 'off'
}

interface Storing {
  uids: number[]
  name: string
  to: 'on' | 'off'
}

const change = async (
  connection: Connection,
  { uids, name, to }: Storing,
): Promise<Map<number, string[]>> => {
  const after = await store(connection, uids, to === 'on' ? '+FLAGS' : '-FLAGS', [name])
  // Some servers say nothing about those that had the flag already.
  await readFlags(
    connection,
    uids.filter((uid) => !after.has(uid)),
    after,
  )
  return after
}

const told = ({ uidValidity }: Selected, after: Map<number, string[]>): FlagChange[] =>
  [...after].map(([uid, names]) => ({ id: messageIdOf(BigInt(uidValidity), uid), flags: flagsOf(names) }))

export const setFlag = (who: Account, { path, ids, flag, to }: Wanted): Promise<FlagChange[]> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const uids = uidsOf(selected, ids)
    const name = imapName[flag]
    if (selected.readOnly || !mayKeep(selected.permanentFlags, name)) throw new AppError('refused-by-server')
    return told(selected, await change(connection, { uids, name, to }))
  })

const carries = (names: readonly string[] | undefined, keyword: string): boolean =>
  names?.some((name) => sameKeyword(name, keyword)) ?? false

interface Labelling extends Omit<Wanted, 'flag'> {
  keyword: string
}

/** A keyword, which the server may know or must learn: it says by `\\*` whether it does (RFC 9051 section 7.1). */
export const setKeyword = (
  who: Account,
  { path, ids, keyword, to }: Labelling,
): Promise<{ changes: FlagChange[]; changed: MessageId[] }> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const uids = uidsOf(selected, ids)
    if (selected.readOnly) throw new AppError('not-allowed')
    const known = [...selected.permanentFlags].some((name) => sameKeyword(name, keyword))
    if (to === 'on' && !known && !mayKeep(selected.permanentFlags, keyword))
      throw new AppError('labels-refused')
    const before = new Map<number, string[]>()
    await readFlags(connection, uids, before)
    const after = await change(connection, { uids, name: keyword, to })
    const idOf = (uid: number) => messageIdOf(BigInt(selected.uidValidity), uid)
    const toggled = uids.filter(
      (uid) => after.has(uid) && carries(before.get(uid), keyword) !== carries(after.get(uid), keyword),
    )
    // A server may say OK, and keep nothing.
    if (to === 'on' && after.size > 0 && [...after.values()].every((names) => !carries(names, keyword)))
      throw new AppError('labels-refused')
    return { changes: told(selected, after), changed: toggled.map(idOf) }
  })

/** Between two pieces of so many, another click has its turn. */
const mostCleared = 1000

export interface Carrying {
  path: string
  uidValidity: string
  uids: number[]
}

/** The messages of a folder with a keyword. */
export const carrying = (
  who: Account,
  { path, keyword }: { path: string; keyword: string },
): Promise<Carrying> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    const uids = await uidsWhere(connection, [atom('KEYWORD'), atom(keyword)], 'none')
    if (uids.length > 0 && selected.readOnly) throw new AppError('not-allowed')
    return { path, uids, uidValidity: selected.uidValidity }
  })

/** Off them again, in pieces; after each it is asked whether to go on. */
export const takeKeyword = async (
  who: Account,
  { path, uids, uidValidity, keyword }: Carrying & { keyword: string },
  after: (done: number) => 'go on' | 'stop',
): Promise<void> => {
  for (let from = 0; from < uids.length; from += mostCleared) {
    await withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
      if (selected.uidValidity !== uidValidity) throw new AppError('mailbox-changed')
      await store(connection, uids.slice(from, from + mostCleared), '-FLAGS.SILENT', [keyword])
    })
    if (after(Math.min(uids.length, from + mostCleared)) === 'stop') return
  }
}

/** Everything that is unread; its ids, as many as an action takes at once. */
export const markAllRead = (who: Account, path: string): Promise<MessageId[]> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    if (selected.readOnly || !mayKeep(selected.permanentFlags, '\\Seen')) throw new AppError('not-allowed')
    const uids = await uidsWhere(connection, [atom('UNSEEN')], 'none')
    await store(connection, uids, '+FLAGS.SILENT', ['\\Seen'])
    return uids.slice(-mostTold).map((uid) => messageIdOf(BigInt(selected.uidValidity), uid))
  })

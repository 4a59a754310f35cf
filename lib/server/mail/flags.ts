import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FlagName, Flags } from '@/lib/model/flags'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import type { Account } from './account'
import type { Connection } from './connection'
import { fetchItems, flagsOfFetch, inPieces, uidOfFetch, uidsToRange } from './data'
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
  item: '+FLAGS' | '-FLAGS' | '+FLAGS.SILENT',
  names: string[],
): Promise<Map<number, string[]>> => {
  const after = new Map<number, string[]>()
  const keywords = names.map((name) => atom(name))
  await inPieces(uids, async (piece) => {
    await connection.run('UID STORE', [sequence(uidsToRange(piece)), atom(item), keywords], {
      FETCH: ({ tokens }) => noteFlags(fetchItems(tokens), after),
    })
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

interface Wanted {
  path: string
  ids: readonly MessageId[]
  flag: FlagName
  to: 'on' | 'off'
}

export const setFlag = (who: Account, { path, ids, flag, to }: Wanted): Promise<FlagChange[]> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const uids = uidsOf(selected, ids)
    const name = imapName[flag]
    if (selected.readOnly || !mayKeep(selected.permanentFlags, name)) throw new AppError('refused-by-server')
    const after = await store(connection, uids, to === 'on' ? '+FLAGS' : '-FLAGS', [name])
    // Some servers say nothing about those that had the flag already.
    await readFlags(
      connection,
      uids.filter((uid) => !after.has(uid)),
      after,
    )
    return [...after].map(([uid, names]) => ({
      id: messageIdOf(BigInt(selected.uidValidity), uid),
      flags: flagsOf(names),
    }))
  })

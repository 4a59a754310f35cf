import 'server-only'
import { AppError } from '@/lib/model/errors'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import type { Account } from './account'
import type { Connection, Selected } from './connection'
import { inPieces, rangeToUids, uidsToRange } from './data'
import { store } from './flags'
import { forgetOrder, knownOrder, noteChange } from './order'
import { pastGone } from './past-gone'
import { uidsOf } from './place'
import { withSelected } from './pool'
import { atom, numbersIn, sequence, stringOf, type Token } from './wire'

// Moving and deleting. Invariant (DESIGN.md decision 12): nothing is expunged but what was asked for.

export interface Moved {
  from: MessageId
  to: MessageId
}

export interface Outcome {
  moved: Moved[]
  /** How many messages the folder they left still has. */
  left: number
}

const mostAtOnce = 100_000

/** COPYUID validity from to (RFC 4315 section 3): in pairs, in the order of both sets. */
const pairsOf = (selected: Selected, tokens: Token[]): Moved[] => {
  const validity = stringOf(tokens[0])
  const from = rangeToUids(stringOf(tokens[1]), mostAtOnce)
  const to = rangeToUids(stringOf(tokens[2]), mostAtOnce)
  if (!/^[1-9]\d{0,9}$/.test(validity) || from.length !== to.length) return []
  return from.map((uid, at) => ({
    from: messageIdOf(BigInt(selected.uidValidity), uid),
    to: messageIdOf(BigInt(validity), to[at] ?? 0),
  }))
}

const transfer = async (
  connection: Connection,
  selected: Selected,
  { command, uids, to }: { command: 'UID MOVE' | 'UID COPY'; uids: number[]; to: string },
): Promise<Moved[]> => {
  const pairs = new Map<MessageId, Moved>()
  const note = (code: string, tokens: Token[]) => {
    if (code === 'COPYUID') for (const pair of pairsOf(selected, tokens)) pairs.set(pair.from, pair)
  }
  // RFC 6851 section 4.3: with MOVE the code comes in an untagged OK, before the expunges.
  await inPieces(uids, async (piece) => {
    const args = [sequence(uidsToRange(piece)), connection.encode(to)]
    const on = { OK: ({ tokens }: { tokens: Token[] }) => note(...codeOf(tokens)) }
    const tagged = await pastGone(connection, () => connection.run(command, args, on, 120_000))
    note(tagged.code, tagged.codeTokens)
  })
  return [...pairs.values()]
}

const codeOf = (tokens: Token[]): [string, Token[]] => {
  const first = tokens[0]
  const section = first && !Array.isArray(first) ? (first.section ?? []) : []
  return [stringOf(section[0]).toUpperCase(), section.slice(1)]
}

/** Whether they are gone, or only flagged and hidden because others would have gone with them. */
export const expunge = async (connection: Connection, uids: number[]): Promise<'gone' | 'hidden'> => {
  await store(connection, uids, '+FLAGS.SILENT', ['\\Deleted'])
  if (connection.has('UIDPLUS')) {
    await inPieces(uids, async (piece) => {
      await connection.run('UID EXPUNGE', [sequence(uidsToRange(piece))], {}, 120_000)
    })
    return 'gone'
  }
  const deleted: number[] = []
  await connection.run('UID SEARCH', [atom('DELETED')], {
    SEARCH: ({ tokens }) => void deleted.push(...numbersIn(tokens).slice(0, mostAtOnce)),
  })
  const ours = new Set(uids)
  if (deleted.some((uid) => !ours.has(uid))) return 'hidden'
  await connection.run('EXPUNGE', [], {}, 120_000)
  return 'gone'
}

interface Wanted {
  path: string
  ids: readonly MessageId[]
}

export const moveTo = (who: Account, { path, ids, to }: Wanted & { to: string }): Promise<Outcome> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const uids = uidsOf(selected, ids)
    if (path === to) return { moved: [], left: selected.exists }
    const command = connection.has('MOVE') ? 'UID MOVE' : 'UID COPY'
    const pairs = await transfer(connection, selected, { command, uids, to })
    if (command === 'UID COPY' && (await expunge(connection, uids)) === 'hidden') forgetOrder(who, path)
    noteChange(who, selected, { type: 'vanished', uids })
    // Moved messages keep their date of arrival, so they may stand anywhere in the other folder's order.
    forgetOrder(who, to)
    return { moved: pairs, left: leftIn(who, selected) }
  })

export const copyTo = (who: Account, { path, ids, to }: Wanted & { to: string }): Promise<Moved[]> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const copied = await transfer(connection, selected, {
      command: 'UID COPY',
      uids: uidsOf(selected, ids),
      to,
    })
    // Copies keep their date of arrival, so they may stand anywhere in the other folder's order.
    forgetOrder(who, to)
    return copied
  })

const leftIn = (who: Account, selected: Selected): number =>
  knownOrder(who, selected.path)?.uids.length ?? selected.exists

export const deleteForGood = (who: Account, { path, ids }: Wanted): Promise<number> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const uids = uidsOf(selected, ids)
    const outcome = await expunge(connection, uids)
    noteChange(who, selected, { type: 'vanished', uids })
    if (outcome === 'gone') return leftIn(who, selected)
    forgetOrder(who, path)
    throw new AppError('no-expunge')
  })

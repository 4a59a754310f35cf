import 'server-only'
import type { Address } from '@/lib/model/address'
import { type ThreadSummary } from '@/lib/model/message'
import { messageIdOf } from '@/lib/model/message-id'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { type Known, knowMessages } from '../facts'
import { currentOrder, type Order, uidsIn } from '../order'
import { withSelected } from '../pool'
import { conversationsIn } from './groups'
import { type Mark, markOf, matchesOfMany } from './matches'

// Conversations as rows: the newest message stands for all, with how many there are and who wrote them. What was
// sent counts too. Cost is that of the rows shown.

type Thread = ThreadSummary

/** Of a long conversation the newest are looked at for who wrote. */
const mostLookedInto = 12
const mostIds = 500
const mostSenders = 6

export interface Told {
  /** The message that stands for all. */
  head: Known
  members: Known[]
  thread: Thread
  mark: Mark
}

const sendersOf = (known: readonly Known[]): Address[] => {
  const found = new Map<string, Address>()
  const byTime = known.toSorted((a, b) => (a.facts.arrived < b.facts.arrived ? -1 : 1))
  for (const { facts } of byTime)
    for (const one of facts.envelope.from.slice(0, 1)) {
      // Who wrote last stands last.
      found.delete(one.address.toLowerCase())
      found.set(one.address.toLowerCase(), one)
    }
  return [...found.values()].slice(-mostSenders)
}

const isUnread = ({ flags }: Known): boolean => !flags.some((name) => name.toLowerCase() === '\\seen')

/** In the folder itself, on its own connection. `uids` are those that stand for their conversations. */
export const tellThreads = async (
  connection: Connection,
  who: Account,
  { uids, order }: { uids: readonly number[]; order: Order },
): Promise<Told[]> => {
  const groups = await conversationsIn(connection, who, order)
  const there = uidsIn(order)
  const validity = BigInt(order.uidValidity)
  const idOf = (uid: number) => messageIdOf(validity, uid)
  const membersOf = (uid: number) =>
    (groups.get(uid) ?? [uid])
      .filter((one) => there.has(one))
      .reverse()
      .slice(0, mostIds)
  const looked = uids.flatMap((uid) => [uid, ...membersOf(uid).slice(0, mostLookedInto)])
  const known = new Map(
    (await knowMessages(connection, who, [...new Set(looked)])).map((one) => [one.facts.uid, one]),
  )
  const told: Told[] = []
  for (const uid of uids) {
    const head = known.get(uid)
    if (!head) continue
    const all = membersOf(uid)
    const members = all.flatMap((one) => known.get(one) ?? [])
    const unread = members.filter(isUnread).map(({ facts }) => idOf(facts.uid))
    const mark = await markOf(connection, who, all.slice(0, mostLookedInto))
    told.push({
      head,
      members,
      mark,
      thread: { ids: all.map(idOf), unread, count: all.length, senders: [] },
    })
  }
  return told
}

/** Adds what lies in Sent. Where that folder does not answer, the rows are told without it. */
export const withSent = async (
  who: Account,
  told: readonly Told[],
  sent: string | null,
): Promise<Thread[]> => {
  const marks = told.map(({ mark }) => mark)
  const found = sent ? await sentOf(who, sent, marks).catch(() => null) : null
  return told.map(({ thread, members }, at) => {
    const theirs = found?.[at] ?? []
    return {
      ...thread,
      count: thread.count + theirs.length,
      senders: sendersOf([...members, ...theirs]),
    }
  })
}

const sentOf = (who: Account, path: string, marks: readonly Mark[]): Promise<Known[][]> =>
  withSelected(who, { path, effect: 'read' }, async (connection) => {
    const order = await currentOrder(connection, who)
    const matches = await matchesOfMany(connection, who, { marks, order })
    const wanted = matches.flatMap((uids) => uids.slice(-mostLookedInto))
    const byUid = new Map((await knowMessages(connection, who, wanted)).map((one) => [one.facts.uid, one]))
    return matches.map((uids) => uids.flatMap((uid) => byUid.get(uid) ?? []))
  })

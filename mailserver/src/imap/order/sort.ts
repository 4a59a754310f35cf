// SORT keys (RFC 5256 section 3) and SORT=DISPLAY (RFC 5957). Ties are broken by the next key, at last by number.
import { decodeWords } from '../../message'
import type { OrderFacts } from '../../store/contract'
import type { Session } from '../session'
import type { Column, Value } from './column'
import { readEnvelope, type Envelope, type Person } from './envelope'
import { sentAt } from './facts'
import { columnOf } from './kept'
import { baseSubject, fold } from './subject'

export const sortNames = [
  'ARRIVAL',
  'CC',
  'DATE',
  'DISPLAYFROM',
  'DISPLAYTO',
  'FROM',
  'SIZE',
  'SUBJECT',
  'TO',
] as const
type SortName = (typeof sortNames)[number]

export interface SortKey {
  name: SortName
  direction: 'up' | 'down'
}

/** RFC 5957 section 3: the name as shown, else the address. */
const shownName = (people: readonly Person[]): string => {
  const [first] = people
  if (!first) return ''
  return fold(first.name ? decodeWords(first.name) : `${first.local}@${first.host}`)
}
const localPart = (people: readonly Person[]): string => fold(people[0]?.local ?? '')

const plainValue: Partial<Record<SortName, (fact: OrderFacts) => Value>> = {
  ARRIVAL: ({ internal }) => internal,
  DATE: sentAt,
  SIZE: ({ size }) => size,
}
const envelopeValue: Partial<Record<SortName, (envelope: Envelope) => Value>> = {
  CC: ({ cc }) => localPart(cc),
  DISPLAYFROM: ({ from }) => shownName(from),
  DISPLAYTO: ({ to }) => shownName(to),
  FROM: ({ from }) => localPart(from),
  SUBJECT: ({ subject }) => baseSubject(subject).text,
  TO: ({ to }) => localPart(to),
}

const valueOf =
  (name: SortName) =>
  (fact: OrderFacts): Value =>
    plainValue[name]?.(fact) ?? envelopeValue[name]?.(readEnvelope(fact.envelope)) ?? 0

/** What of a column is asked for: its ranks beside the wanted UIDs. */
interface Ranked {
  ranks: Int32Array
  direction: SortKey['direction']
}

const compare = (keys: readonly Ranked[]) => (a: number, b: number) => {
  for (const { ranks, direction } of keys) {
    const difference = (ranks[a] as number) - (ranks[b] as number)
    if (difference !== 0) return direction === 'up' ? difference : -difference
  }
  return a - b
}

const ranksOf = (column: Column, uids: readonly number[]): Int32Array =>
  column.positions(uids).map((position) => column.ranks[position] ?? -1)

const breatheEvery = 256

/** Walks the first key in its order; messages equal in it, and only those, are compared by the others. */
const walk = async (
  session: Session,
  uids: readonly number[],
  columns: readonly (SortKey & { column: Column })[],
) => {
  const [first, ...others] = columns as [SortKey & { column: Column }, ...(SortKey & { column: Column })[]]
  const { column, direction } = first
  const indexAt = new Int32Array(column.uids.length).fill(-1)
  for (const [index, position] of column.positions(uids).entries())
    if (position >= 0) indexAt[position] = index
  const byOthers = compare(
    others.map((key) => ({ ranks: ranksOf(key.column, uids), direction: key.direction })),
  )
  const sorted: number[] = []
  const { order, ranks } = column
  const step = direction === 'up' ? 1 : -1
  for (let at = step === 1 ? 0 : order.length - 1; at >= 0 && at < order.length;) {
    const rank = ranks[order[at] as number] as number
    const equal: number[] = []
    for (; at >= 0 && at < order.length && ranks[order[at] as number] === rank; at += step) {
      const index = indexAt[order[at] as number] as number
      if (index >= 0) equal.push(index)
    }
    if (equal.length > 1) equal.sort(byOthers)
    for (const index of equal) sorted.push(uids[index] as number)
    if (rank % breatheEvery === 0) await session.out.breathe()
  }
  return sorted
}

/** `uids` ascend, as a search gives them. */
export const sortMessages = async (
  session: Session,
  uids: readonly number[],
  keys: readonly SortKey[],
): Promise<number[]> => {
  const columns = []
  for (const key of keys) {
    columns.push({ ...key, column: await columnOf(session, { name: key.name, uids }, valueOf(key.name)) })
  }
  return walk(session, uids, columns)
}

// SORT keys (RFC 5256 section 3) and SORT=DISPLAY (RFC 5957). Ties are broken by the next key, at last by number.
import type { SortText } from '../../store/contract'
import type { Session } from '../session'
import { datesOf, ranksOf } from './contents'
import { numbersOf } from './mailbox'
import { hasNaN } from './numbers'
import { orderBy, type By } from './ranking'

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

const texts: Partial<Record<SortName, SortText>> = {
  CC: 'copied',
  DISPLAYFROM: 'shown_sender',
  DISPLAYTO: 'shown_recipient',
  FROM: 'sender',
  SUBJECT: 'subject',
  TO: 'recipient',
}

interface Messages {
  uids: readonly number[]
  contents: Float64Array
}

/** In seconds, as INTERNALDATE shows it. */
export const arrivalsOf = async (session: Session, uids: readonly number[]): Promise<Float64Array> =>
  (await numbersOf(session, uids, 'internal')).map((time) => Math.floor(time / 1000))

/** RFC 5256 section 2.2: without a date that can be read, the moment of arrival. */
export const sentOf = async (
  session: Session,
  uids: readonly number[],
  dates: Float64Array,
): Promise<Float64Array> => {
  if (!hasNaN(dates)) return dates
  const arrivals = await arrivalsOf(session, uids)
  return dates.map((date, at) => (Number.isNaN(date) ? (arrivals[at] as number) : date))
}

const valuesOf = async (session: Session, name: SortName, { uids, contents }: Messages) => {
  const text = texts[name]
  if (text) return ranksOf(session, contents, text)
  if (name === 'ARRIVAL') return arrivalsOf(session, uids)
  if (name === 'SIZE') return numbersOf(session, uids, 'size')
  return sentOf(session, uids, await datesOf(session, contents))
}

/** Those that are still there. */
export const presentOf = async (session: Session, uids: readonly number[]): Promise<Messages> => {
  const contents = await numbersOf(session, uids, 'content')
  if (!hasNaN(contents)) return { uids, contents }
  const isThere = (_: number, at: number) => !Number.isNaN(contents[at])
  return { uids: uids.filter(isThere), contents: contents.filter((content) => !Number.isNaN(content)) }
}

/** `uids` ascend, as a search gives them. */
export const sortMessages = async (
  session: Session,
  found: readonly number[],
  keys: readonly SortKey[],
): Promise<number[]> => {
  const messages = await presentOf(session, found)
  const columns: By[] = []
  for (const { name, direction } of keys) {
    const values = await valuesOf(session, name, messages)
    const known = hasNaN(values) ? values.map((value) => (Number.isNaN(value) ? 0 : value)) : values
    columns.push({ values: known, direction })
  }
  const { uids } = messages
  const order = await orderBy(uids.length, columns, () => session.out.breathe())
  const sorted = new Array<number>(order.length)
  for (let at = 0; at < order.length; at += 1) sorted[at] = uids[order[at] as number] as number
  return sorted
}

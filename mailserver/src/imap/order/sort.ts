// SORT keys (RFC 5256 section 3) and SORT=DISPLAY (RFC 5957). Ties are broken by the next key, at last by number.
import { decodeWords } from '../../message'
import type { OrderFacts } from '../../store/contract'
import type { Session } from '../session'
import { readEnvelope, type Envelope, type Person } from './envelope'
import { factsOf, sentAt } from './facts'
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

type Value = number | string

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

const valuesOf = (fact: OrderFacts, keys: readonly SortKey[]): Value[] => {
  let envelope: Envelope | null = null
  return keys.map(({ name }) => {
    const plain = plainValue[name]
    if (plain) return plain(fact)
    envelope ??= readEnvelope(fact.envelope)
    return envelopeValue[name]?.(envelope) ?? 0
  })
}

interface Entry {
  uid: number
  values: Value[]
}

const compare = (keys: readonly SortKey[]) => (a: Entry, b: Entry) => {
  for (const [at, { direction }] of keys.entries()) {
    const [one, other] = [a.values[at] as Value, b.values[at] as Value]
    if (one === other) continue
    return (one < other ? -1 : 1) * (direction === 'up' ? 1 : -1)
  }
  return a.uid - b.uid
}

const breatheEvery = 500

export const sortMessages = async (
  session: Session,
  uids: readonly number[],
  keys: readonly SortKey[],
): Promise<number[]> => {
  const entries: Entry[] = []
  for (const fact of await factsOf(session, uids)) {
    entries.push({ uid: fact.uid, values: valuesOf(fact, keys) })
    if (entries.length % breatheEvery === 0) await session.out.breathe()
  }
  return entries.sort(compare(keys)).map(({ uid }) => uid)
}

import 'server-only'
import type { Address } from '@/lib/model/address'
import { once } from '../../once'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { fetchItems, inPieces, isFlagNews, uidOfFetch, uidsToRange } from '../data'
import type { Order } from '../order'
import { envelopeOf } from '../reshape'
import { atom, numberOf, sequence } from '../wire'

// Where the server has no SORT, by what it would sort: asked once for each message, and kept for a while. It may
// be dropped at any time without loss (DESIGN.md decision 1).

interface Keys {
  senders: string
  recipients: string
  subject: string
  size: number
}

interface Known {
  uidValidity: string
  keys: Map<number, Keys>
}

/** A mailbox of 100,000 takes some 30 MB. */
const mostKeys = 300_000
const kept = once('mail-sort-keys', () => new Map<string, Known>())

const folded = (words: string): string => words.normalize('NFKD').toLowerCase().slice(0, 120)

/** RFC 5957 section 3: the name as it is shown, else the address. */
const personKey = (people: Address[]): string => folded(people[0]?.name || people[0]?.address || '')

/** RFC 5256 section 2.1, as far as people meet it: answers and forwards stand beside what they answer. */
const subjectKey = (subject: string): string =>
  folded(subject.replace(/^(\s*((re|fwd?|aw|wg|sv|antw)\s*(\[[^\]]*\])?\s*:|\[[^\]]*\]))+\s*/i, '').trim())

const ask = async (connection: Connection, uids: number[], into: Map<number, Keys>): Promise<void> => {
  const items = ['UID', 'ENVELOPE', 'RFC822.SIZE'].map((name) => atom(name))
  await inPieces(uids, async (piece) => {
    await connection.run(
      'UID FETCH',
      [sequence(uidsToRange(piece)), items],
      {
        FETCH: ({ tokens }) => {
          const found = fetchItems(tokens)
          const uid = uidOfFetch(found)
          if (isFlagNews(found)) return
          const { from, to, subject } = envelopeOf(found.get('ENVELOPE'))
          const people = { senders: personKey(from), recipients: personKey(to) }
          if (uid)
            into.set(uid, {
              ...people,
              subject: subjectKey(subject),
              size: numberOf(found.get('RFC822.SIZE')),
            })
        },
      },
      120_000,
    )
  })
}

const remember = (key: string, known: Known): void => {
  kept.delete(key)
  kept.set(key, known)
  let sum = [...kept.values()].reduce((count, { keys }) => count + keys.size, 0)
  for (const [oldest, { keys }] of kept) {
    if (sum <= mostKeys || oldest === key) return
    kept.delete(oldest)
    sum -= keys.size
  }
}

interface Asked {
  who: Account
  order: Order
  sort: 'sender' | 'subject' | 'size'
  people: 'senders' | 'recipients'
  direction: 'usual' | 'reverse'
}

/** First row first; among those that are alike the newest. */
export const sortedHere = async (connection: Connection, asked: Asked): Promise<number[]> => {
  const { who, order, sort, people, direction } = asked
  const key = `${who.key}\n${connection.selected?.path ?? ''}`
  const before = kept.get(key)
  const known =
    before?.uidValidity === order.uidValidity
      ? before
      : { uidValidity: order.uidValidity, keys: new Map<number, Keys>() }
  const strange = order.uids.filter((uid) => !known.keys.has(uid))
  await ask(connection, strange, known.keys)
  remember(key, known)
  const by = sort === 'sender' ? people : sort
  const keyed = order.uids.toReversed().map((uid) => ({ uid, value: known.keys.get(uid)?.[by] ?? '' }))
  const sign = (sort === 'size') === (direction === 'usual') ? -1 : 1
  keyed.sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -sign : sign))
  return keyed.map(({ uid }) => uid)
}

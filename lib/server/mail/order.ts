import 'server-only'
import { AppError } from '@/lib/model/errors'
import { once } from '../once'
import type { Account } from './account'
import type { Change, Connection, Selected } from './connection'
import { rangeToUids } from './data'
import { onPoolChange } from './pool'
import { stir } from './stirred'
import { atom, isList, numbersIn, sequence, stringOf, type Token } from './wire'

// The ordered array of UIDs that a list is a window on (DESIGN.md decision 2), one per account and mailbox.
// Invariants:
// - oldest first, so that what arrives is appended; a page is a slice from the end;
// - `exists` and `uidNext` are the server's at the moment the array was true; where a connection knows
//   others, the array is caught up before it is used;
// - it can be dropped at any time without loss.

export interface Order {
  uidValidity: string
  uids: number[]
  exists: number
  uidNext: number
  state: 'true' | 'doubtful'
  usedAt: number
  /** Another object after each change: what was derived from this array knows by it whether it still holds. */
  stamp: object
}

const mostOrders = 300
const orders = once('mail-orders', () => new Map<string, Order>())

const keyOf = (who: Account, path: string): string => `${who.key}\n${path}`

const keep = (key: string, order: Order): void => {
  orders.set(key, order)
  if (orders.size <= mostOrders) return
  const [oldest] = [...orders].sort(([, a], [, b]) => a.usedAt - b.usedAt)
  if (oldest) orders.delete(oldest[0])
}

export const forgetOrder = (who: Account, path: string): void => void orders.delete(keyOf(who, path))

const sets = new WeakMap<object, ReadonlySet<number>>()

/** The array as a set, made once for each of its states. */
export const uidsIn = ({ stamp, uids }: Order): ReadonlySet<number> => {
  const known = sets.get(stamp) ?? new Set(uids)
  sets.set(stamp, known)
  return known
}

/** What is known without asking, for events and counts. */
export const knownOrder = (who: Account, path: string): Order | undefined => orders.get(keyOf(who, path))

const place = (uids: readonly number[], uid: number): number => {
  // Nearly always ascending, and then found by halves.
  let low = 0
  let high = uids.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const here = uids[middle] ?? 0
    if (here === uid) return middle
    if (here < uid) low = middle + 1
    else high = middle - 1
  }
  return uids.indexOf(uid)
}

const without = (order: Order, gone: readonly number[]): void => {
  order.stamp = {}
  if (gone.length > 50) {
    const set = new Set(gone)
    const before = order.uids.length
    order.uids = order.uids.filter((uid) => !set.has(uid))
    order.exists -= before - order.uids.length
    return
  }
  for (const uid of gone) {
    const at = place(order.uids, uid)
    if (at < 0) continue
    order.uids.splice(at, 1)
    order.exists--
  }
}

/** Idempotent: two connections may tell of the same thing. */
export const noteChange = (who: Account, selected: Selected, change: Change): void => {
  stir(who.key)
  const order = orders.get(keyOf(who, selected.path))
  if (!order) return
  if (order.uidValidity !== selected.uidValidity) return forgetOrder(who, selected.path)
  if (change.type === 'vanished') without(order, change.uids)
  // Without QRESYNC only a sequence number is told, and it counts in another connection's view.
  if (change.type === 'expunged') order.state = 'doubtful'
}
once('mail-orders-listen', () => onPoolChange(noteChange))

/** What the watcher was told has come; an order that knows it already stays as it is. */
export const noteArrived = (who: Account, selected: Selected, uids: readonly number[]): void => {
  const order = orders.get(keyOf(who, selected.path))
  if (!order || order.uidValidity !== selected.uidValidity) return
  for (const uid of uids) {
    if (uid < order.uidNext) continue
    order.uids.push(uid)
    order.uidNext = uid + 1
    order.exists++
    order.stamp = {}
  }
}

/** Where \Deleted messages cannot be expunged one by one, they stay and are hidden (decision 12). */
const shownOnly = (connection: Connection): Token => atom(connection.has('UIDPLUS') ? 'ALL' : 'UNDELETED')

const esearch = (found: number[]) => (tokens: Token[]) => {
  const at = tokens.findIndex((token) => stringOf(token).toUpperCase() === 'ALL')
  if (at >= 0) found.push(...chunked(rangeToUids(stringOf(tokens[at + 1]), 5_000_000)))
}
// push(...) of a whole mailbox would overflow the stack.
function* chunked(uids: number[]): Generator<number> {
  yield* uids
}

/** RFC 6855 section 3: after ENABLE UTF8=ACCEPT a charset must not be named, it is UTF-8 then. */
const charset = (connection: Connection, keys: Token[]): Token[] =>
  connection.enabled('UTF8=ACCEPT') || connection.enabled('IMAP4REV2') || !hasLiteral(keys)
    ? []
    : [atom('CHARSET'), atom('UTF-8')]

// What is not ASCII travels as a literal (wire.ts).
const hasLiteral = (keys: Token[]): boolean =>
  keys.some((key) => (isList(key) ? hasLiteral(key) : key?.type === 'LITERAL'))

/** RFC 5256 section 3: by what to sort; `none` where the order does not matter. */
export type Program = Token[] | 'none'

/**
 * The UIDs that are shown and match `keys`, oldest arrival first unless another program is given: RFC 5267 ESORT,
 * RFC 5256 SORT, RFC 4731 ESEARCH, or what every server has (then by UID).
 */
export const uidsWhere = async (
  connection: Connection,
  keys: Token[] = [],
  program: Program = [atom('ARRIVAL')],
): Promise<number[]> => {
  const found: number[] = []
  const wanted = [shownOnly(connection), ...keys]
  const plain = ({ tokens }: { tokens: Token[] }) => {
    for (const number of numbersIn(tokens)) found.push(number)
  }
  const on = {
    ESEARCH: ({ tokens }: { tokens: Token[] }) => esearch(found)(tokens),
    SORT: plain,
    SEARCH: plain,
  }
  const returned: Token[] = [atom('RETURN'), [atom('ALL')]]
  const sorted: Token[] = program === 'none' ? [] : [program, atom('UTF-8'), ...wanted]
  if (program !== 'none' && connection.has('ESORT'))
    await connection.run('UID SORT', [...returned, ...sorted], on, 60_000)
  else if (program !== 'none' && connection.has('SORT')) await connection.run('UID SORT', sorted, on, 60_000)
  else {
    const search = [...charset(connection, keys), ...wanted]
    const how = connection.has('ESEARCH') ? returned : []
    await connection.run('UID SEARCH', [...how, ...search], on, 60_000)
  }
  return found
}

const mostBuilds = 4

/** The answer to a search is of one moment, and what the server tells beside it of the next: then it is asked again. */
const build = async (connection: Connection, selected: Selected): Promise<Order> => {
  for (let left = mostBuilds; ; left--) {
    const { uidValidity, exists, uidAtLeast, moves } = selected
    const uids = exists === 0 ? [] : await uidsWhere(connection)
    const isStill = selected.moves === moves
    if (!isStill && left > 1) continue
    const top = uids.reduce((most, uid) => Math.max(most, uid), 0)
    const next = Math.max(uidAtLeast, top + 1)
    const state = isStill ? 'true' : 'doubtful'
    return { uidValidity, uids, exists, uidNext: next, state, usedAt: Date.now(), stamp: {} }
  }
}

/** What has come since: `UID n:*` gives at least the last message, hence the filter (RFC 9051 section 6.4.8). */
const append = async (connection: Connection, order: Order, selected: Selected): Promise<void> => {
  const from = order.uidNext
  const { uidAtLeast } = selected
  const fresh: number[] = []
  await connection.run('UID SEARCH', [atom('UID'), sequence(`${from}:*`)], {
    SEARCH: ({ tokens }) => void fresh.push(...numbersIn(tokens).slice(0, 100_000)),
    ESEARCH: ({ tokens }) => esearch(fresh)(tokens),
  })
  const seen = new Set(order.uids.slice(-fresh.length - 1000))
  const arrived = fresh.filter((uid) => uid >= from && !seen.has(uid)).sort((a, b) => a - b)
  for (const uid of arrived) order.uids.push(uid)
  order.stamp = {}
  order.exists += arrived.length
  order.uidNext = Math.max(order.uidNext, (arrived.at(-1) ?? 0) + 1, uidAtLeast)
}

const agrees = (order: Order, selected: Selected): boolean =>
  order.state === 'true' && order.exists === selected.exists && order.uidNext >= selected.uidAtLeast

/** The array, true to what the server says now. Costs one NOOP when nothing happened. */
export const currentOrder = async (connection: Connection, who: Account): Promise<Order> => {
  const selected = connection.selected
  if (!selected) throw new AppError('connection-lost')
  await connection.refresh()
  const key = keyOf(who, selected.path)
  const known = orders.get(key)
  if (known && known.uidValidity === selected.uidValidity) {
    known.usedAt = Date.now()
    if (known.state === 'true' && known.exists < selected.exists) await append(connection, known, selected)
    if (agrees(known, selected)) return known
  }
  const order = await build(connection, selected)
  keep(key, order)
  return order
}

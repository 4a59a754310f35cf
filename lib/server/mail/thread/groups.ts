import 'server-only'
import { once } from '../../once'
import type { Account } from '../account'
import type { Connection } from '../connection'
import type { Order } from '../order'
import { atom, isList, numberOf, type Token } from '../wire'
import { linksOf, threadIdsOf } from './links'

// Which messages of one mailbox belong together: by the server's own name for the thread (RFC 8474), else by its
// THREAD (RFC 5256), else by what they refer to. Messages that stand alone take no memory here.

export type Groups = ReadonlyMap<number, readonly number[]>

interface Held {
  uidValidity: string
  uidNext: number
  groups: Groups
}

const mostHeld = 60
/** Without any help of the server's, conversations are told of the newest messages. */
const mostLookedInto = 20_000
const held = once('mail-groups', () => new Map<string, Held>())

/** Groups of two and more, each under all of its members. */
const groupsOf = (members: Iterable<number[]>): Groups => {
  const groups = new Map<number, readonly number[]>()
  for (const group of members) if (group.length > 1) for (const uid of group) groups.set(uid, group)
  return groups
}

const byName = (uids: readonly number[], nameOf: (uid: number) => string | undefined): Groups => {
  const named = new Map<string, number[]>()
  for (const uid of uids) {
    const name = nameOf(uid)
    if (!name) continue
    const group = named.get(name)
    if (group) group.push(uid)
    else named.set(name, [uid])
  }
  return groupsOf(named.values())
}

/** However a thread branches, its messages are one conversation (RFC 5256 section 4). */
const flat = (token: Token, into: number[]): void => {
  if (isList(token)) for (const inner of token) flat(inner, into)
  else if (numberOf(token)) into.push(numberOf(token))
}

/** REFS goes by references alone; REFERENCES also joins what only has one subject. */
const algorithmOf = (connection: Connection) =>
  ['REFS', 'REFERENCES'].find((name) => connection.has(`THREAD=${name}`))

const byThread = async (connection: Connection, algorithm: string): Promise<Groups> => {
  const members: number[][] = []
  const on = {
    THREAD: ({ tokens }: { tokens: Token[] }) => {
      for (const token of tokens) {
        const group: number[] = []
        flat(token, group)
        members.push(group.sort((a, b) => a - b))
      }
    },
  }
  await connection.run('UID THREAD', [algorithm, 'UTF-8', 'ALL'].map(atom), on, 60_000)
  return groupsOf(members)
}

/** Union of all that name one another, found by halving paths. */
const byLinks = async (connection: Connection, who: Account, order: Order): Promise<Groups> => {
  const uids = order.uids.slice(-mostLookedInto)
  const links = await linksOf(connection, who, uids)
  const above = new Map<string, string>()
  const top = (name: string): string => {
    let here = name
    for (let up = above.get(here); up !== undefined && up !== here; up = above.get(here)) {
      above.set(here, above.get(up) ?? up)
      here = up
    }
    return here
  }
  for (const uid of uids) {
    const known = links.get(uid)
    if (known?.id) for (const ref of known.refs) above.set(top(ref), top(known.id))
  }
  return byName(uids, (uid) => {
    const known = links.get(uid)
    return known?.id ? top(known.id) : undefined
  })
}

const workOut = async (connection: Connection, who: Account, order: Order): Promise<Groups> => {
  if (connection.has('OBJECTID')) {
    const names = await threadIdsOf(connection, who, order.uids)
    return byName(order.uids, (uid) => names.get(uid))
  }
  const algorithm = algorithmOf(connection)
  return algorithm ? byThread(connection, algorithm) : byLinks(connection, who, order)
}

/** As true as `order` is; what has left may still stand in a group. */
export const conversationsIn = async (
  connection: Connection,
  who: Account,
  order: Order,
): Promise<Groups> => {
  const key = `${who.key}\n${connection.selected?.path ?? ''}`
  const { uidValidity, uidNext } = order
  const known = held.get(key)
  const still = known?.uidValidity === uidValidity && known.uidNext === uidNext
  const groups = still ? known.groups : await workOut(connection, who, order)
  held.delete(key)
  held.set(key, { uidValidity, uidNext, groups })
  const oldest = held.keys().next().value
  if (held.size > mostHeld && oldest !== undefined) held.delete(oldest)
  return groups
}

import 'server-only'
import type { MailEvent } from '@/lib/model/events'
import type { Account } from '../mail/account'
import type { Told } from '../mail/told'
import { watch } from '../mail/watch'
import { gauge } from '../metrics'
import { once } from '../once'

// Facts, fanned out to every window of the person they concern. Invariants:
// - an account is watched while somebody listens, and a little longer, so that a reload costs nothing;
// - each fact has a number; who comes back with the last number they saw is given what they missed, or told
//   that everything may be stale.

export type Listener = (numbered: Numbered) => void
export interface Numbered {
  id: number
  event: MailEvent
}

interface Room {
  listeners: Set<Listener>
  watcher: { stop: () => void } | null
  lingering: NodeJS.Timeout | null
  recent: Numbered[]
  last: number
}

const lingerMs = 60_000
const mostRecent = 200
const mostListeners = 50
// Several accounts per person come later; until then everybody's only account is the first (decision 6).
const ownAccount = 0

const rooms = once('events-hub', () => new Map<string, Room>())

gauge('posthorn_web_watched_accounts', 'Accounts whose mailbox is watched.', () => rooms.size)

const roomOf = (key: string): Room => {
  const room = rooms.get(key) ?? { listeners: new Set(), watcher: null, lingering: null, recent: [], last: 0 }
  rooms.set(key, room)
  return room
}

const publishEvent = (key: string, event: MailEvent): void => {
  const room = rooms.get(key)
  if (!room) return
  const numbered = { id: ++room.last, event }
  room.recent.push(numbered)
  if (room.recent.length > mostRecent) room.recent.shift()
  for (const listener of room.listeners) listener(numbered)
}

/** After the fact, never before. */
export const publish = (key: string, ...facts: Told[]): void => {
  for (const fact of facts) publishEvent(key, { ...fact, account: ownAccount } as MailEvent)
}

/**
 * A new window drew its page before it listened. Where the account is watched already it is told to look once
 * more; where the watch begins with it, the watcher says so when it is ready.
 */
const missed = (room: Room, after: number | null): Numbered[] => {
  const lookAgain: Numbered = {
    id: room.last,
    event: { type: 'stale', account: ownAccount, folder: 'inbox' },
  }
  if (after === null) return room.watcher ? [lookAgain] : []
  if (after === room.last) return []
  const kept = room.recent.filter(({ id }) => id > after)
  return after < room.last && kept[0]?.id === after + 1 ? kept : [lookAgain]
}

const leave = (key: string, room: Room, listener: Listener): void => {
  room.listeners.delete(listener)
  if (room.listeners.size > 0 || room.lingering) return
  room.lingering = setTimeout(() => {
    room.lingering = null
    if (room.listeners.size > 0) return
    room.watcher?.stop()
    rooms.delete(key)
  }, lingerMs).unref()
}

/** The password that opened it is another one now: the next connection must not come with the old one. */
export const watchAnew = (who: Account): void => {
  const room = rooms.get(who.key)
  if (!room?.watcher) return
  room.watcher.stop()
  room.watcher = watch(who, (told) => publish(who.key, told))
}

interface Subscription {
  /** The number of the last fact this window has seen; null for a new one. */
  after: number | null
  listener: Listener
}

/** Gives what takes the listener away again. */
export const subscribe = (who: Account, { after, listener }: Subscription): (() => void) => {
  const room = roomOf(who.key)
  if (room.lingering) clearTimeout(room.lingering)
  room.lingering = null
  if (room.listeners.size >= mostListeners) room.listeners.delete([...room.listeners][0] as Listener)
  for (const numbered of missed(room, after)) listener(numbered)
  room.listeners.add(listener)
  room.watcher ??= watch(who, (told) => publish(who.key, told))
  return () => leave(who.key, room, listener)
}

import 'server-only'
import { AppError } from '@/lib/model/errors'
import { once } from '../once'

// So many at once and no more, by a name they share; the others wait, who came first before who came later. Invariants:
// - a place is given back however it ended, and then the next one is looked at;
// - nobody waits longer than `patienceMs` for all their places, and no more than `mostWaiting` wait at all.

const patienceMs = 15_000
const mostWaiting = 2000
const comeAgainSeconds = 5

interface Room {
  inside: number
  waiting: Set<() => void>
}

const rooms = (): Map<string, Room> => once('sign-in-rooms', () => new Map<string, Room>())
const waitingNow = once('sign-in-waiting', () => ({ many: 0 }))

export interface Place {
  key: string
  /** What it is when it is looked, for it may change while one waits. */
  most: () => number
}

const tooBusy = () => new AppError('too-busy', '', { retryAfterSeconds: comeAgainSeconds })

const turnIn = (room: Room, until: number): Promise<void> =>
  new Promise((done, failed) => {
    if (waitingNow.many >= mostWaiting) return failed(tooBusy())
    const end = () => {
      clearTimeout(timer)
      room.waiting.delete(wake)
      waitingNow.many--
    }
    const wake = () => {
      end()
      done()
    }
    const giveUp = () => {
      end()
      failed(tooBusy())
    }
    const timer = setTimeout(giveUp, Math.max(0, until - performance.now()))
    waitingNow.many++
    room.waiting.add(wake)
  })

const enter = async ({ key, most }: Place, until: number): Promise<() => void> => {
  const room = rooms().get(key) ?? { inside: 0, waiting: new Set() }
  rooms().set(key, room)
  const look = () => {
    if (room.inside < most()) for (const wake of room.waiting) return wake()
    if (room.inside === 0 && room.waiting.size === 0 && rooms().get(key) === room) rooms().delete(key)
  }
  while (room.inside >= most()) await turnIn(room, until)
  room.inside++
  // Of several places that became free at once, the next one's.
  look()
  return () => {
    room.inside--
    look()
  }
}

/** A place in each, in this order; what it gives leaves them all. Fails with 'too-busy'. */
export const comeIn = async (places: readonly Place[]): Promise<() => void> => {
  const until = performance.now() + patienceMs
  const left: (() => void)[] = []
  const leave = () => {
    for (const one of left.splice(0)) one()
  }
  try {
    for (const place of places) left.push(await enter(place, until))
  } catch (error) {
    leave()
    throw error
  }
  return leave
}

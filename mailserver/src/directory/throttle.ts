// Guessing passwords gets slower with every failure and then stops for a while. Counted per client address; for
// clients on this machine (a webmail is one address for everybody) per address and login together.
import { isLoopback } from '../core/network'
import type { Clock } from '../core/clock'

const forgetAfter = 15 * 60_000
const freeTries = 3
const banAfter = 20
const longestDelay = 16_000
const mostKept = 50_000

interface Record {
  failures: number
  last: number
}

export interface Throttle {
  /** Milliseconds to wait before answering, or 'banned'. */
  check(peer: string, login: string): number | 'banned'
  failed(peer: string, login: string): number
  succeeded(peer: string, login: string): void
}

/** `nameOf`: whoever is meant by a login, however it is spelt. */
export const createThrottle = (clock: Clock, nameOf: (login: string) => string): Throttle => {
  const keyOf = (peer: string, login: string): string =>
    isLoopback(peer) ? `${peer} ${nameOf(login)}` : peer
  const kept = new Map<string, Record>()
  const get = (key: string): Record | undefined => {
    const found = kept.get(key)
    if (found && clock.now() - found.last > forgetAfter) {
      kept.delete(key)
      return undefined
    }
    return found
  }
  return {
    check: (peer, login) => {
      const failures = get(keyOf(peer, login))?.failures ?? 0
      if (failures >= banAfter) return 'banned'
      return failures < freeTries ? 0 : Math.min(longestDelay, 250 * 2 ** (failures - freeTries))
    },
    failed: (peer, login) => {
      const key = keyOf(peer, login)
      const failures = (get(key)?.failures ?? 0) + 1
      kept.delete(key)
      kept.set(key, { failures, last: clock.now() })
      // Insertion order is age order, so the first one is the longest quiet.
      if (kept.size > mostKept) kept.delete(kept.keys().next().value as string)
      return failures
    },
    succeeded: (peer, login) => void kept.delete(keyOf(peer, login)),
  }
}

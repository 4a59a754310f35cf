import 'server-only'
import { AppError } from '@/lib/model/errors'
import { timeNow } from '../clock'
import { networkOf } from '../limits'
import { once } from '../once'

// Guessing is made slow before IMAP is asked: the mail server sees one client for everybody, and its own
// penalty would hit the wrong ones. Counted per account and per client address; five are free, then each
// failure doubles the wait. A try counts from its start, so that many at once are not many for free.
const free = 5
const firstWaitMs = 4000
const longestWaitMs = 60_000
const forgetAfterMs = 15 * 60_000
const mostEntries = 20_000

interface Tries {
  failures: number
  last: number
}

const table = (): Map<string, Tries> => once('sign-in-tries', () => new Map<string, Tries>())

const waitMs = ({ failures, last }: Tries, now: number): number => {
  if (failures < free) return 0
  const wait = Math.min(firstWaitMs * 2 ** (failures - free), longestWaitMs)
  return Math.max(0, last + wait - now)
}

const recall = (key: string, now: number): Tries => {
  const tries = table().get(key)
  return tries && now - tries.last < forgetAfterMs ? tries : { failures: 0, last: 0 }
}

const remember = (key: string, tries: Tries): void => {
  const map = table()
  map.delete(key)
  if (tries.failures <= 0) return
  map.set(key, tries)
  if (map.size > mostEntries) for (const oldest of map.keys()) return void map.delete(oldest)
}

export interface Admission {
  /** The password was right: the account starts afresh. */
  succeeded(): void
  /** The wait counts from the answer: a mail server that delays its own makes ours no shorter. */
  failed(): void
  /** The server could not be asked: nobody guessed anything. */
  takeBack(): void
}

/** Fails with 'too-many-tries' while the account or the client has to wait. */
export const admitTry = (user: string, address: string, now = timeNow()): Admission => {
  const keys = [`account ${user.toLowerCase()}`, `client ${networkOf(address)}`]
  const wait = Math.max(...keys.map((key) => waitMs(recall(key, now), now)))
  if (wait > 0) throw new AppError('too-many-tries', '', { retryAfterSeconds: Math.ceil(wait / 1000) })
  for (const key of keys) remember(key, { failures: recall(key, now).failures + 1, last: now })
  const giveBack = (key: string) => {
    const { failures, last } = recall(key, timeNow())
    remember(key, { failures: failures - 1, last })
  }
  return {
    succeeded: () => {
      table().delete(keys[0]!)
      giveBack(keys[1]!)
    },
    failed: () => {
      for (const key of keys) remember(key, { ...recall(key, timeNow()), last: timeNow() })
    },
    takeBack: () => keys.forEach(giveBack),
  }
}

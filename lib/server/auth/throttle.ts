import 'server-only'
import { AppError } from '@/lib/model/errors'
import { timeNow } from '../clock'
import { networkOf } from '../limits'
import { once } from '../once'
import { personOfAddress } from './person'
import { comeIn } from './waiting-room'

// Guessing is made slow before IMAP is asked: the mail server sees one client for everybody, and its own
// penalty would hit the wrong ones. Counted per account and per client address; five are free, then each
// failure doubles the wait. Invariants:
// - only a refused password counts: an office that comes at nine, through one address, has guessed nothing;
// - of one account no more passwords are asked about at once than it has tries left, so that many at once are not many for
//   free; of one address a few more (waiting-room.ts). The others wait for their turn.
const free = 5
const firstWaitMs = 4000
const longestWaitMs = 60_000
const forgetAfterMs = 15 * 60_000
const mostEntries = 20_000
/** Of one address, while it has tries left: enough for an office, and for a guesser no more than what a few minutes give. */
const mostOfClient = 16

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

const recall = (key: string): Tries => {
  const tries = table().get(key)
  return tries && timeNow() - tries.last < forgetAfterMs ? tries : { failures: 0, last: 0 }
}

const remember = (key: string, tries: Tries): void => {
  const map = table()
  map.delete(key)
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

const refuseGuesser = (keys: readonly string[]): void => {
  const wait = Math.max(...keys.map((key) => waitMs(recall(key), timeNow())))
  if (wait > 0) throw new AppError('too-many-tries', '', { retryAfterSeconds: Math.ceil(wait / 1000) })
}

/**
 * Fails with 'too-many-tries' while the account or the client has to wait for what was refused before, and with 'too-busy' when
 * its turn did not come. Whoever is admitted says how it ended.
 */
export const admitTry = async (user: string, address: string): Promise<Admission> => {
  const [account, client] = [`account ${personOfAddress(user)}`, `client ${networkOf(address)}`]
  const keys = [account, client]
  refuseGuesser(keys)
  const leave = await comeIn([
    { key: account, most: () => Math.max(1, free - recall(account).failures) },
    {
      key: client,
      most: () => (recall(client).failures < free ? mostOfClient - recall(client).failures : 1),
    },
  ])
  try {
    // Those before may have guessed.
    refuseGuesser(keys)
  } catch (error) {
    leave()
    throw error
  }
  return {
    succeeded: () => {
      table().delete(account)
      leave()
    },
    failed: () => {
      for (const key of keys) remember(key, { failures: recall(key).failures + 1, last: timeNow() })
      leave()
    },
    takeBack: leave,
  }
}

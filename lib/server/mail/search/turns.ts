import 'server-only'
import { AppError } from '@/lib/model/errors'
import { once } from '../../once'
import type { Account } from '../account'

// What the searches of one account ask its mail server at the same time. Invariants:
// - never more than `mostAtOnce` pieces, however many searches go on or were given up: the account's last connection
//   stays free for what the person clicks meanwhile;
// - a place is free again when the server has answered, not when nobody waits any more.

const mostAtOnce = 2
/** A piece takes about half a second: a folder that has not answered by then is none to wait for. */
const stuckMs = 5000

interface Asking {
  folder: string
  since: number
}

interface Turns {
  asking: Set<Asking>
  waiting: Set<() => void>
}

const turns = once('search-turns', () => new Map<string, Turns>())

/** What an earlier ask of it, perhaps of a search that was given up, still waits for. */
export const isStuck = (who: Account, folder: string): boolean =>
  [...(turns.get(who.key)?.asking ?? [])].some(
    (one) => one.folder === folder && performance.now() - one.since > stuckMs,
  )

const woken = ({ waiting }: Turns, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const wake = () => {
      waiting.delete(wake)
      signal.removeEventListener('abort', wake)
      done()
    }
    waiting.add(wake)
    signal.addEventListener('abort', wake)
  })

interface Wish {
  folder: string
  signal: AbortSignal
}

export const inTurn = async <T>(
  who: Account,
  { folder, signal }: Wish,
  ask: () => Promise<T>,
): Promise<T> => {
  const mine = turns.get(who.key) ?? { asking: new Set(), waiting: new Set() }
  turns.set(who.key, mine)
  while (mine.asking.size >= mostAtOnce && !signal.aborted) await woken(mine, signal)
  if (signal.aborted) throw new AppError('server-slow')
  const one = { folder, since: performance.now() }
  mine.asking.add(one)
  try {
    return await ask()
  } finally {
    mine.asking.delete(one)
    // All of them: who is woken first may be one that was given up.
    for (const wake of [...mine.waiting]) wake()
    if (mine.asking.size === 0 && mine.waiting.size === 0) turns.delete(who.key)
  }
}

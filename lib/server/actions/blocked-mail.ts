import 'server-only'
import { subscribe } from '../events/hub'
import type { Account } from '../mail/account'
import { takeUnwanted } from '../mail/from'
import { findFolder } from '../mail/mailboxes'
import { log } from '../log'
import { once } from '../once'
import { listSenders } from '../user/senders'
import { moveMessages } from './move-messages'

// New mail of blocked senders goes from the inbox to Junk, while a window is open and when one is opened: a
// server that knows nothing of Sieve can be asked for no more.

interface Guard {
  /** As they are known now: a password that was changed since is never tried again. */
  who: Account
  windows: number
  leave: () => void
  state: 'idle' | 'busy' | 'again'
}

const guards = once('blocked-mail', () => new Map<string, Guard>())
/** One SEARCH for each: those that were blocked last come first. */
const mostSenders = 200

const sweep = async (guard: Guard): Promise<void> => {
  const blocked = (await listSenders(guard.who.key))
    .filter(({ rule }) => rule === 'blocked')
    .sort((a, b) => b.since.localeCompare(a.since))
    .slice(0, mostSenders)
  if (blocked.length === 0) return
  const path = await findFolder(guard.who, 'inbox')
  const ids = await takeUnwanted(guard.who, path, blocked)
  if (ids.length > 0) await moveMessages({ who: guard.who, folder: 'inbox', ids, to: 'junk' })
}

const run = async (guard: Guard): Promise<void> => {
  if (guard.state !== 'idle') return void (guard.state = 'again')
  do {
    guard.state = 'busy'
    await sweep(guard).catch((err: unknown) =>
      log().warn({ event: 'blocked-mail', err }, 'mail of blocked senders was not filed'),
    )
  } while ((guard.state as Guard['state']) === 'again')
  guard.state = 'idle'
}

const begin = (who: Account): Guard => {
  const guard: Guard = { who, windows: 0, leave: () => undefined, state: 'idle' }
  guards.set(who.key, guard)
  guard.leave = subscribe(who, {
    after: null,
    // `stale` is also what the watcher says when it begins: what came while nobody looked is seen to then.
    listener: ({ event }) => {
      if ((event.type === 'arrived' || event.type === 'stale') && event.folder === 'inbox') void run(guard)
    },
  })
  return guard
}

/** The password is another one now. */
export const guardAnew = (who: Account): void => {
  const guard = guards.get(who.key)
  if (guard) guard.who = who
}

/** For as long as the window's stream is open. */
export const guardInbox = (who: Account, signal: AbortSignal): void => {
  if (signal.aborted) return
  const guard = guards.get(who.key) ?? begin(who)
  guard.windows++
  const end = () => {
    if (--guard.windows > 0) return
    guards.delete(who.key)
    guard.leave()
  }
  signal.addEventListener('abort', end, { once: true })
}

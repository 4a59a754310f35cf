import 'server-only'
import { config } from '../config'
import { gauge } from '../metrics'
import { once } from '../once'
import type { Account } from './account'
import type { Change, Connection, Selected } from './connection'

// Who works for whom, and for how many there is room. Invariant: all accounts together have at most `imap_connections`, and
// who has none takes the place of the one that was unused longest; a second one is a comfort, for which nobody goes.

export type Urgency = 'interactive' | 'background'

export interface Job {
  path: string | null
  urgency: Urgency
  effect: 'read' | 'write'
  run: (connection: Connection) => Promise<unknown>
  done: (value: unknown) => void
  failed: (cause: unknown) => void
  tries: number
  /** When it began to wait, by `performance.now()`; null for what waits as long as it takes. */
  waitsSince: number | null
  /** When nobody waits for it any more it is not tried again. */
  signal?: AbortSignal | undefined
}

export interface Worker {
  connection: Connection | null
  path: string | null
  usedAt: number
  state: 'idle' | 'busy'
  /** `leaves`: what it has open goes by another name now; it finishes its work and is not used again. */
  fate?: 'leaves'
}

export interface Crew {
  who: Account
  workers: Worker[]
  waiting: Job[]
  sweeper: NodeJS.Timeout | null
}

/** A search over all folders keeps two of them busy; the third is for the click meanwhile. */
export const workersPerAccount = 3

interface Pool {
  crews: Map<string, Crew>
  /** Those that wait for their first connection, in the order they came, and when the next of them has waited too long. */
  hungry: Map<Crew, NodeJS.Timeout | undefined>
  listeners: Set<(who: Account, selected: Selected, change: Change) => void>
}
export const pool = once<Pool>('mail-pool', () => ({
  crews: new Map(),
  hungry: new Map(),
  listeners: new Set(),
}))

const countWorkers = (): number =>
  [...pool.crews.values()].reduce((sum, crew) => sum + crew.workers.length, 0)

gauge('posthorn_web_imap_workers', 'Working connections to the mail server, watchers aside.', countWorkers)

export const dismiss = (crew: Crew, worker: Worker): void => {
  crew.workers = crew.workers.filter((other) => other !== worker)
  const { connection } = worker
  // First: what is closed here leaves no place for others than who closed it.
  worker.connection = null
  connection?.close()
}

/** The place of the worker that was unused longest, whosever it is. */
const makeRoom = (): 'made' | 'none' => {
  let longest: { crew: Crew; worker: Worker } | null = null
  for (const crew of pool.crews.values())
    for (const worker of crew.workers)
      if (worker.state === 'idle' && (!longest || worker.usedAt < longest.worker.usedAt))
        longest = { crew, worker }
  if (!longest) return 'none'
  dismiss(longest.crew, longest.worker)
  return 'made'
}

export const mayHire = ({ workers }: Crew): boolean => {
  if (workers.length >= workersPerAccount) return false
  if (countWorkers() < config().imapConnections) return true
  return workers.length === 0 && makeRoom() === 'made'
}

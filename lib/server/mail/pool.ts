import 'server-only'
import { AppError } from '@/lib/model/errors'
import { once } from '../once'
import type { Account } from './account'
import { type Change, connect, type Connection, type Selected } from './connection'
import {
  type Crew,
  dismiss,
  type Job,
  mayHire,
  pool,
  type Urgency,
  type Worker,
  workersPerAccount,
} from './crews'
import { stir } from './stirred'
import type { Comer } from './turnstile'

// Working connections (DESIGN.md decision 3). Invariants:
// - per account at most `workersPerAccount`, each doing one job at a time, each keeping the mailbox it selected;
// - all accounts together have at most so many (crews.ts): while all are at work, who has none waits their turn, and a
//   person is told after a while when to come again; a job, for which nobody waits, waits on;
// - a person who waits goes before work in the background;
// - a job that only reads is tried again on another connection when its connection broke; a job that
//   writes never is, because what it did is unknown.

const mostWaiting = 200
const patienceMs = 15_000
const comeAgainSeconds = 5
const idleMs = 5 * 60_000
const sweepMs = 60_000

/** Hears what any working connection is told about its selected mailbox. */
export const onPoolChange = (listener: (who: Account, selected: Selected, change: Change) => void): void =>
  void pool.listeners.add(listener)

const crewOf = (who: Account, urgency: Urgency): Crew => {
  const crew = pool.crews.get(who.key) ?? { who, workers: [], waiting: [], sweeper: null }
  // The latest sign-in's password is the one that new connections use; what works in the background may have begun
  // before it, and each try with an older one would count as a guess.
  if (urgency === 'interactive' && who.asks !== 'job') crew.who = who
  pool.crews.set(who.key, crew)
  return crew
}

const sweep = (crew: Crew): void => {
  const now = performance.now()
  for (const worker of crew.workers.filter(({ state, usedAt }) => state === 'idle' && now - usedAt > idleMs))
    dismiss(crew, worker)
  if (crew.workers.length > 0 || crew.waiting.length > 0) return
  if (crew.sweeper) clearInterval(crew.sweeper)
  // The person may have signed in again since.
  if (pool.crews.get(crew.who.key) === crew) pool.crews.delete(crew.who.key)
}

const hire = (crew: Crew): Worker | null => {
  if (!mayHire(crew)) return null
  const worker: Worker = { connection: null, path: null, usedAt: performance.now(), state: 'idle' }
  crew.workers.push(worker)
  keepSwept(crew)
  return worker
}

const keepSwept = (crew: Crew): void => {
  crew.sweeper ??= setInterval(() => sweep(crew), sweepMs).unref()
}

/** One who has the mailbox open; else, when it is the only one or all others are at work, any who is free. */
const freeFor = (crew: Crew, job: Job): Worker | null => {
  const free = crew.workers.filter(({ state }) => state === 'idle')
  const fitting = free.find(({ path }) => job.path === null || path === job.path)
  if (fitting) return fitting
  const fresh = free.find(({ path }) => path === null)
  if (fresh) return fresh
  // Background work never takes the place of the last worker: the person clicks next.
  const hired = hire(crew)
  if (hired) return hired
  return free.sort((a, b) => a.usedAt - b.usedAt)[0] ?? null
}

const sate = (crew: Crew): void => {
  clearTimeout(pool.hungry.get(crew))
  pool.hungry.delete(crew)
}

const sendAway = (crew: Crew): void => {
  const now = performance.now()
  const isLate = ({ waitsSince }: Job) => waitsSince !== null && now - waitsSince >= patienceMs
  const late = crew.waiting.filter(isLate)
  crew.waiting = crew.waiting.filter((job) => !isLate(job))
  for (const job of late) job.failed(new AppError('too-busy', '', { retryAfterSeconds: comeAgainSeconds }))
  if (crew.waiting.length > 0) return starve(crew)
  sate(crew)
  keepSwept(crew)
}

/** Keeps its place among those that wait, and looks again when the next of its own has waited too long. */
const starve = (crew: Crew): void => {
  if (crew.workers.length > 0) return
  const since = Math.min(...crew.waiting.map(({ waitsSince }) => waitsSince ?? Infinity))
  const left = Math.max(0, since + patienceMs - performance.now())
  clearTimeout(pool.hungry.get(crew))
  pool.hungry.set(crew, left < Infinity ? setTimeout(() => sendAway(crew), left) : undefined)
}

/** A place has become free, or may be taken: theirs who wait longest. */
const feedHungry = (): void => {
  for (const crew of [...pool.hungry.keys()]) {
    dispatch(crew)
    if (pool.hungry.has(crew)) return
  }
}

const nextJob = (crew: Crew): Job | undefined =>
  crew.waiting.find(({ urgency }) => urgency === 'interactive') ?? crew.waiting[0]

const dispatch = (crew: Crew): void => {
  for (let job = nextJob(crew); job; job = nextJob(crew)) {
    const busyInBackground = crew.workers.length - crew.workers.filter(({ state }) => state === 'idle').length
    if (job.urgency === 'background' && busyInBackground > 0) return
    const worker = freeFor(crew, job)
    if (!worker) return starve(crew)
    sate(crew)
    crew.waiting.splice(crew.waiting.indexOf(job), 1)
    void work(crew, worker, job)
  }
}

const connectFor = (crew: Crew, worker: Worker, comer: Comer): Promise<Connection> =>
  connect(crew.who, {
    comer,
    onChange: (selected, change) =>
      pool.listeners.forEach((listener) => listener(crew.who, selected, change)),
    onClose: () => {
      if (worker.state !== 'idle' || !worker.connection) return
      dismiss(pool.crews.get(crew.who.key) ?? crew, worker)
      feedHungry()
    },
  })

const open = async (crew: Crew, worker: Worker, { waitsSince }: Job): Promise<Connection> => {
  if (worker.connection?.alive) return worker.connection
  worker.path = null
  const comer = waitsSince === null ? 'job' : 'person'
  const { password } = crew.who.credentials
  const connection = await connectFor(crew, worker, comer).catch((cause: unknown) => {
    // It was changed meanwhile: what refused the old one has said nothing of the new one.
    if (crew.who.credentials.password === password) throw cause
    throw new AppError('connection-lost', '', { cause })
  })
  // The account was closed while this one was on its way: nothing of it stays open.
  if (!crew.workers.includes(worker)) {
    connection.close()
    throw new AppError('connection-lost')
  }
  worker.connection = connection
  return connection
}

const jobAccounts = once('job-accounts', () => new Set<Account>())

/** For work that goes on after its request: it waits its turn, and has the password of whoever signs in meanwhile. */
export const asJob = async <T>(who: Account, work: (who: Account) => Promise<T>): Promise<T> => {
  const one: Account = { ...who, asks: 'job' }
  jobAccounts.add(one)
  try {
    return await work(one)
  } finally {
    jobAccounts.delete(one)
  }
}

/**
 * Proves a password on a connection of its own, never on one that an earlier password opened, and keeps it:
 * who signs in asks for a list next.
 */
export const openAnew = async (who: Account): Promise<void> => {
  const worker: Worker = { connection: null, path: null, usedAt: performance.now(), state: 'idle' }
  const proving: Crew = { who, workers: [], waiting: [], sweeper: null }
  const connection = await connectFor(proving, worker, 'person')
  const crew = crewOf(who, 'interactive')
  for (const one of jobAccounts) if (one.key === who.key) one.credentials = who.credentials
  if (!connection.alive || !mayHire(crew)) return connection.close()
  worker.connection = connection
  crew.workers.push(worker)
  keepSwept(crew)
  dispatch(crew)
}

const prepare = async (crew: Crew, worker: Worker, job: Job): Promise<Connection> => {
  const connection = await open(crew, worker, job)
  if (job.path !== null && connection.selected?.path !== job.path) {
    worker.path = null
    await connection.select(job.path)
    worker.path = job.path
    // What arrived since the last command is not in this connection's view yet (RFC 9051 section 7.4.1): a
    // MOVE or STORE of it would do nothing and say OK. It also tells a connection that is gone before it writes.
  } else if (job.effect === 'write' && job.path !== null) await connection.run('NOOP')
  return connection
}

/**
 * A mailbox that was deleted under several connections ends each of them when it is used again (RFC 9051 section
 * 6.3.5), so what lost its connection may have to try as many; what was slow is not made slower.
 */
const mayTryAgain = (cause: unknown, tries: number): boolean => {
  if (!(cause instanceof AppError)) return false
  if (cause.code === 'connection-lost') return tries < workersPerAccount
  return cause.code === 'server-slow' && tries === 0
}

const sinceNow = ({ waitsSince }: Pick<Job, 'waitsSince'>): number | null =>
  waitsSince === null ? null : performance.now()

const work = async (crew: Crew, worker: Worker, job: Job): Promise<void> => {
  worker.state = 'busy'
  // When it begins and when it ends: whoever reads meanwhile reads what may not stand any more.
  const stirs = job.effect === 'write'
  if (stirs) stir(crew.who.key)
  let started = false
  try {
    const connection = await prepare(crew, worker, job)
    started = true
    job.done(await job.run(connection))
  } catch (cause) {
    const isOpen = pool.crews.get(crew.who.key) === crew
    const again = mayTryAgain(cause, job.tries) && (job.effect === 'read' || !started) && !job.signal?.aborted
    if (again && isOpen) crew.waiting.unshift({ ...job, tries: job.tries + 1, waitsSince: sinceNow(job) })
    else job.failed(cause)
  }
  if (stirs) stir(crew.who.key)
  worker.state = 'idle'
  worker.usedAt = performance.now()
  if (!worker.connection?.alive || worker.fate === 'leaves') dismiss(crew, worker)
  feedHungry()
  dispatch(crew)
}

interface Wish {
  path: string | null
  urgency?: Urgency
  effect: 'read' | 'write'
  signal?: AbortSignal
}

/** Runs `run` on a connection that has `path` selected, or on any when `path` is null. */
export const withConnection = <T>(
  who: Account,
  { path, urgency = 'interactive', effect, signal }: Wish,
  run: (connection: Connection) => Promise<T>,
): Promise<T> =>
  new Promise<T>((done, failed) => {
    const crew = crewOf(who, urgency)
    if (crew.waiting.length >= mostWaiting && who.asks !== 'job')
      return failed(new AppError('too-busy', '', { retryAfterSeconds: 5 }))
    const settle = done as (value: unknown) => void
    const waitsSince = who.asks === 'job' ? null : performance.now()
    crew.waiting.push({ path, urgency, effect, run, done: settle, failed, tries: 0, waitsSince, signal })
    dispatch(crew)
  })

export const withSelected = <T>(
  who: Account,
  wish: Wish & { path: string },
  run: (connection: Connection, selected: Selected) => Promise<T>,
): Promise<T> =>
  withConnection(who, wish, (connection) => {
    if (!connection.selected) throw new AppError('connection-lost')
    return run(connection, connection.selected)
  })

/** These names mean other mailboxes from now on, or none: no connection goes on with what it has open under them. */
export const closePaths = (key: string, paths: ReadonlySet<string>): void => {
  const crew = pool.crews.get(key)
  for (const worker of [...(crew?.workers ?? [])]) {
    const open = worker.connection?.selected?.path ?? worker.path
    if (!crew || open === null || !paths.has(open)) continue
    if (worker.state === 'idle') dismiss(crew, worker)
    else worker.fate = 'leaves'
  }
}

/** At sign-out, or when a password was refused: nothing of this account stays open. */
export const closeAccount = (key: string): void => {
  const crew = pool.crews.get(key)
  if (!crew) return
  for (const job of crew.waiting.splice(0)) job.failed(new AppError('connection-lost'))
  for (const worker of [...crew.workers]) dismiss(crew, worker)
  if (crew.sweeper) clearInterval(crew.sweeper)
  sate(crew)
  pool.crews.delete(key)
  feedHungry()
}

import 'server-only'
import { randomUUID } from 'node:crypto'
import type { BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import { publish } from '../events/hub'
import { log } from '../log'
import type { Account } from '../mail/account'
import { asJob } from '../mail/pool'
import { once } from '../once'
import { recount } from './counts'

// Work on many messages that goes on after its request was answered. It goes on in pieces, each of them whole, so
// that a person's own clicks come between and a stop is a stop. It lives in this process only: after a restart
// what was done is done, and the rest is as it was.

export interface LongJob {
  who: Account
  job: BulkJob
  wish: 'go on' | 'stop'
  /** `unseen`: nobody is told of it yet, for it may be over before anybody would look. */
  shown: 'seen' | 'unseen'
}

const mostAtOnce = 3
const running = once('bulk-jobs', () => new Map<string, LongJob>())

export const tell = ({ who, job, shown }: LongJob): void => {
  if (shown === 'seen') publish(who.key, { type: 'bulk', job: { ...job } })
}

/** From here on it is told of. */
export const showJob = (one: LongJob): void => {
  one.shown = 'seen'
  tell(one)
}

const held = once('bulk-places', () => new Set<{ key: string }>())

const refuseMore = ({ key }: Account): void => {
  const own = [...running.values()].filter(({ who }) => who.key === key).length
  const waiting = [...held].filter((place) => place.key === key).length
  if (own + waiting >= mostAtOnce) throw new AppError('too-busy', '', { retryAfterSeconds: 10 })
}

/** The place of a job that cannot begin yet; what it gives lets go of it. */
export const holdPlace = (who: Account): (() => void) => {
  refuseMore(who)
  const place = { key: who.key }
  held.add(place)
  return () => void held.delete(place)
}

export const beginJob = (
  who: Account,
  about: Pick<BulkJob, 'folder' | 'action' | 'total'>,
  shown: LongJob['shown'] = 'seen',
): LongJob => {
  refuseMore(who)
  const job: BulkJob = { id: randomUUID(), ...about, done: 0, state: 'running', problem: null }
  const one: LongJob = { who, job, wish: 'go on', shown }
  running.set(job.id, one)
  tell(one)
  return one
}

/** Does the work in the name of `one.who`, and tells how it ended. */
export const carryOut = async (one: LongJob, work: () => Promise<void>): Promise<void> => {
  const { job, who } = one
  try {
    await asJob(who, async (asking) => {
      one.who = asking
      await work()
    })
    job.state = one.wish === 'stop' ? 'cancelled' : 'done'
  } catch (cause) {
    job.state = 'failed'
    job.problem = cause instanceof AppError ? cause.code : 'internal'
    if (job.problem === 'internal') log().error({ event: 'bulk-failed', err: cause }, 'a bulk action failed')
  }
  running.delete(job.id)
  publish(who.key, { type: 'stale', folder: job.folder })
  recount(who, job.folder)
  tell(one)
}

/** What was done until now stays done. */
export const cancelBulk = async (who: Account, id: string): Promise<Record<string, never>> => {
  const one = running.get(id)
  if (!one || one.who.key !== who.key) throw new AppError('not-found')
  one.wish = 'stop'
  return {}
}

import 'server-only'
import { AppError } from '@/lib/model/errors'
import { envelopeOf } from '../actions/outbox'
import { submitMessage } from '../actions/submit-message'
import { unseal, serverKey } from '../auth/vault'
import { timeNow } from '../clock'
import { crashPoint } from '../crash-point'
import { log } from '../log'
import { count } from '../metrics'
import { tellJobChange } from '../user/job-news'
import { changed, type JobChange, type JobRow, keepLease, leaseNextJob, nextDue } from '../user/jobs'
import { freeDeadLeases, leaseHolder } from './lease'
import { outcomeOf } from './outcome'

// Takes due jobs, a few at a time. Any number of processes may run this: a row is worked on by whoever holds
// its lease, and a lease that is not renewed (its process died) is free again after `leaseMs`.

const leaseMs = 20_000
const renewEveryMs = 5_000
const mostAtOnce = 4
const lookAgainMs = 30_000

class LeaseLost extends Error {}

export interface Runner {
  /** Something may be due. */
  wake(): void
  /** Takes nothing new; what runs is waited for. */
  stop(): Promise<void>
}

export const startRunner = (): Runner => {
  const by = leaseHolder()
  const running = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | null = null
  let looking: 'no' | 'yes' | 'again' = 'no'
  let stopped = false

  const look = async (): Promise<void> => {
    while (!stopped && running.size < mostAtOnce) {
      const row = await leaseNextJob({ by, forMs: leaseMs, busy: [...running.keys()] })
      if (!row) break
      const work = carry(row, by)
        .catch((error: unknown) => log().error({ event: 'outbox-failed', err: error }, 'a send broke off'))
        .finally(() => {
          running.delete(row.id)
          wake()
        })
      running.set(row.id, work)
    }
    const due = await nextDue({ busy: [...running.keys()] })
    const wait = due === null ? lookAgainMs : Math.max(10, Math.min(due - timeNow(), lookAgainMs))
    if (!stopped) timer = setTimeout(wake, wait).unref()
  }
  const wake = (): void => {
    if (stopped) return
    if (looking !== 'no') {
      looking = 'again'
      return
    }
    if (timer) clearTimeout(timer)
    looking = 'yes'
    look()
      .catch((error: unknown) => {
        log().error({ event: 'outbox-failed', err: error }, 'the outbox cannot be read')
        timer = setTimeout(wake, lookAgainMs).unref()
      })
      .finally(() => {
        const again = looking === 'again'
        looking = 'no'
        if (again) wake()
      })
  }
  const begun = freeDeadLeases().catch((error: unknown) =>
    log().error({ event: 'outbox-failed', err: error }, 'old leases cannot be read'),
  )
  void begun.then(wake)
  return {
    wake,
    stop: async () => {
      stopped = true
      if (timer) clearTimeout(timer)
      await Promise.allSettled(running.values())
    },
  }
}

const carry = async (leased: JobRow, by: string): Promise<void> => {
  let row = leased
  crashPoint('leased')
  if (row.state === 'sending') tellJobChange(row)
  const write = async (change: JobChange): Promise<void> => {
    if (!(await changed(row.id, by, change))) throw new LeaseLost()
    row = { ...row, ...change }
    tellJobChange(row)
  }
  const renewal = setInterval(() => {
    keepLease(row.id, { by, forMs: leaseMs }).catch(() => undefined)
  }, renewEveryMs)
  try {
    await attempt(row, write)
  } catch (error) {
    if (error instanceof LeaseLost) return log().warn({ event: 'lease-lost', job: row.id }, 'lease lost')
    await settle(row, error, write)
  } finally {
    clearInterval(renewal)
    await changed(row.id, by, { lease_until: 0 }).catch(() => undefined)
  }
}

type Write = (change: JobChange) => Promise<void>

const attempt = async (row: JobRow, write: Write): Promise<void> => {
  const password = unseal(row.sealed_password, serverKey(), row.id)
  if (password === null) throw new AppError('wrong-password')
  const { from: address, client } = envelopeOf(row)
  const credentials = { user: row.login, password }
  const who = { key: row.owner, address, name: row.name, credentials, ...(client ? { client } : {}) }
  await submitMessage({ row, who, note: (step, change) => write({ ...change, step }) })
  count('sends', 'sent')
  log().info({ event: 'sent', job: row.id }, 'message sent')
}

const settle = async (row: JobRow, error: unknown, write: Write): Promise<void> => {
  const change = outcomeOf(row, error)
  const { code, answer } = error instanceof AppError ? error : { code: 'internal', answer: '' }
  count('sends', code)
  const details = { job: row.id, code, state: change.state, ...(code === 'internal' ? { err: error } : {}) }
  log().warn({ event: 'send-failed', ...details, answer: answer.slice(0, 100) }, 'send failed')
  await write(change).catch((cause: unknown) =>
    log().error({ event: 'outbox-failed', err: cause }, 'the outcome of a send could not be written'),
  )
}

// Brings queued messages to their recipients: what is due is handed to the delivery, and what comes back is
// written down. Each message is worked on by one task at a time.
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import type { Committer } from './committer'
import type { QueueStatements } from './database'
import type { Deliver, MakeReport, Report } from './index'
import type { Envelope, Outcome, QueuedMessage, WaitingRecipient } from './model'
import { nextTry } from './schedule'
import type { Spool, SpoolFile } from './spool'

interface RunnerParts {
  config: Config
  clock: Clock
  log: Log
  deliver: Deliver
  report: MakeReport
  step: (name: string) => void
  messages: Map<string, QueuedMessage>
  spool: Spool
  committer: Committer
  rows: QueueStatements
  insert: (file: SpoolFile, accepted: { envelope: Envelope; size: number; prefix: number }) => QueuedMessage
}

const mostAtOnce = 64
const lookEvery = 30_000

export interface Runner {
  start(message: QueuedMessage): void
  wake(): void
  idle(): Promise<void>
  stop(): Promise<void>
}

const settle = (
  parts: RunnerParts,
  message: QueuedMessage,
  recipient: WaitingRecipient,
  outcome: Outcome,
): Report | null => {
  const { config, clock, log } = parts
  const age = clock.now() - message.receivedAt
  const tooOld = age >= config.queue_lifetime_hours * 3_600_000
  const soft = outcome.kind === 'failed' && config.soft_bounce
  log.info(outcome.kind, {
    queue: message.id,
    to: recipient.address,
    ...(recipient.original === recipient.address ? {} : { original: recipient.original }),
    by: outcome.by,
    seconds: Math.round(age / 100) / 10,
    reply: outcome.reply,
  })
  if (outcome.kind === 'delivered') return { recipient, kind: 'delivered', outcome }
  if ((outcome.kind === 'failed' && !soft) || tooOld) return { recipient, kind: 'failed', outcome }
  recipient.attempts += 1
  recipient.due = clock.now() + nextTry(recipient.attempts)
  recipient.lastReply = outcome.reply
  const warnAfter = config.delay_warning_hours * 3_600_000
  const warn = !recipient.warned && warnAfter > 0 && age >= warnAfter
  if (warn) recipient.warned = true
  return warn ? { recipient, kind: 'delayed', outcome } : null
}

/** Writes down what came of a try; the report about it, if any, is queued in the same transaction. */
const record = async (
  parts: RunnerParts,
  message: QueuedMessage,
  tried: readonly [WaitingRecipient, Outcome][],
) => {
  const { committer, rows, spool, step, messages } = parts
  const reports = tried.flatMap(([recipient, outcome]) => settle(parts, message, recipient, outcome) ?? [])
  const gone = new Set(reports.filter(({ kind }) => kind !== 'delayed').map(({ recipient }) => recipient.row))
  const left = message.recipients.filter(({ row }) => !gone.has(row))
  const made = await parts.report(message, spool.path(message.id), reports)
  const write = () => {
    for (const [recipient] of tried) {
      if (gone.has(recipient.row)) rows.dropRecipient(recipient.row)
      else rows.postpone(recipient)
    }
    if (left.length === 0) rows.dropMessage(message.id)
  }
  let report: QueuedMessage | undefined
  if (made) {
    const file = await spool.create()
    await file.write(made.bytes)
    await file.finish()
    await spool.sync()
    step('report-spooled')
    await committer.durable(() => {
      report = parts.insert(file, { envelope: made.envelope, size: made.bytes.length, prefix: made.prefix })
      write()
    })
    step('report-committed')
  } else if (left.length === 0) {
    // Nobody waits for this one: a crash before it repeats deliveries that the store recognises.
    committer.lazily(() => {
      write()
      setImmediate(() => void spool.remove(message.id))
    })
  } else await committer.durable(write)
  message.recipients = left
  if (left.length === 0) {
    messages.delete(message.id)
    if (made) await spool.remove(message.id)
  }
  return report
}

export const createRunner = (parts: RunnerParts): Runner => {
  const { clock, log, deliver, messages, spool, step } = parts
  const active = new Map<string, Promise<void>>()
  const waiting = new Set<string>()
  const idleListeners = new Set<() => void>()
  let stopped = false
  let cancel = () => {}

  const tryOnce = async (message: QueuedMessage) => {
    const due = message.recipients.filter((recipient) => recipient.due <= clock.now())
    if (due.length === 0 || message.held) return
    step('delivering')
    const outcomes = await deliver({ message, recipients: due, file: spool.path(message.id) })
    step('delivered')
    const report = await record(
      parts,
      message,
      due.map((recipient, index) => [recipient, outcomes[index] as Outcome]),
    )
    if (report) start(report)
  }
  const fill = () => {
    for (const id of waiting) {
      if (active.size >= mostAtOnce || stopped) break
      waiting.delete(id)
      const message = messages.get(id)
      if (!message || active.has(id)) continue
      const task = tryOnce(message)
        .catch((error: unknown) => log.error('delivery-broke', { queue: id, error: String(error) }))
        .finally(() => {
          active.delete(id)
          fill()
        })
      active.set(id, task)
    }
    if (active.size === 0 && waiting.size === 0) {
      for (const listener of idleListeners) listener()
      idleListeners.clear()
    }
  }
  const start = (message: QueuedMessage) => {
    waiting.add(message.id)
    fill()
  }
  const wake = () => {
    cancel()
    if (stopped) return
    const now = clock.now()
    for (const message of messages.values()) {
      if (!message.held && message.recipients.some(({ due }) => due <= now)) waiting.add(message.id)
    }
    fill()
    cancel = clock.after(lookEvery, wake)
  }
  return {
    start,
    wake,
    idle: () =>
      active.size === 0 && waiting.size === 0
        ? Promise.resolve()
        : new Promise((done) => void idleListeners.add(done)),
    stop: async () => {
      stopped = true
      cancel()
      await Promise.allSettled(active.values())
    },
  }
}

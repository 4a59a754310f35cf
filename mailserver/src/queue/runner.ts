// Brings queued messages to their recipients: what is due is handed to the delivery, one task per message and
// destination, and what comes of it is written down at once.
import { canonical } from '../directory/addresses'
import { here, createLanes } from './lanes'
import type { QueueParts } from './index'
import type { Committer } from './committer'
import type { QueueStatements } from './database'
import type { Report } from './index'
import type { Envelope, Outcome, QueuedMessage, WaitingRecipient } from './model'
import { nextTry } from './schedule'
import type { Spool, SpoolFile } from './spool'

export interface RunnerParts extends Required<QueueParts> {
  messages: Map<string, QueuedMessage>
  spool: Spool
  committer: Committer
  rows: QueueStatements
  insert: (file: SpoolFile, accepted: { envelope: Envelope; size: number; prefix: number }) => QueuedMessage
}

const lookEvery = 30_000

export interface Runner {
  start(message: QueuedMessage): void
  wake(): void
  idle(): Promise<void>
  stop(): Promise<void>
}

const laneOf = (recipient: WaitingRecipient): string =>
  recipient.target.kind === 'foreign' ? (canonical(recipient.address).split('@').pop() ?? '') : here

/** Decides what an outcome means for a recipient; answers what is to be reported, if anything is final or late. */
const settle = (
  { config, clock, log }: RunnerParts,
  message: QueuedMessage,
  [recipient, outcome]: readonly [WaitingRecipient, Outcome],
): Report | null => {
  const age = clock.now() - message.receivedAt
  log.info(outcome.kind, {
    queue: message.id,
    to: recipient.address,
    ...(recipient.original === recipient.address ? {} : { original: recipient.original }),
    by: outcome.by,
    seconds: Math.round(age / 100) / 10,
    reply: outcome.reply,
  })
  if (outcome.kind === 'delivered') return { recipient, kind: 'delivered', outcome }
  const tooOld = age >= config.queue_lifetime_hours * 3_600_000
  if (tooOld || (outcome.kind === 'failed' && !config.soft_bounce))
    return { recipient, kind: 'failed', outcome }
  recipient.attempts += 1
  recipient.due = clock.now() + nextTry(recipient.attempts)
  recipient.lastReply = outcome.reply
  const warnAfter = config.delay_warning_hours * 3_600_000
  if (recipient.warned || warnAfter === 0 || age < warnAfter) return null
  recipient.warned = true
  return { recipient, kind: 'delayed', outcome }
}

/** Writes down what came of a try; the report about it, if any, is queued in the same transaction. */
const record = async (
  parts: RunnerParts,
  message: QueuedMessage,
  tried: readonly (readonly [WaitingRecipient, Outcome])[],
): Promise<QueuedMessage | null> => {
  const { committer, rows, spool, step } = parts
  const reports = tried.flatMap((each) => settle(parts, message, each) ?? [])
  const final = new Set(reports.filter(({ kind }) => kind !== 'delayed').map(({ recipient }) => recipient))
  const write = () => {
    for (const [recipient] of tried) {
      if (final.has(recipient)) rows.dropRecipient(recipient.row)
      else rows.postpone(recipient)
    }
  }
  const made = await parts.report(message, spool.path(message.id), reports)
  let report: QueuedMessage | null = null
  if (made) {
    const file = await spool.create()
    await file.write(made.bytes)
    const size = await file.finish()
    await spool.sync()
    step('report-spooled')
    await committer.durable(() => {
      report = parts.insert(file, {
        envelope: made.envelope,
        size,
        prefix: made.prefix,
      })
      write()
    })
    step('report-committed')
  } else if (tried.every(([{ target }]) => target.kind === 'mailbox')) {
    // Nobody waits for this one: a crash before it repeats deliveries that the store recognises.
    committer.lazily(write)
  } else await committer.durable(write)
  message.recipients = message.recipients.filter((recipient) => !final.has(recipient))
  return report
}

export const createRunner = (parts: RunnerParts): Runner => {
  const { clock, log, deliver, messages, spool, step, committer, rows } = parts
  const lanes = createLanes((key, error) => log.error('delivery-broke', { queue: key, error: String(error) }))
  const working = new Map<string, number>()
  let cancel = () => {}

  const tryOnce = async (message: QueuedMessage, lane: string) => {
    const due = message.recipients.filter((each) => each.due <= clock.now() && laneOf(each) === lane)
    if (due.length === 0 || message.held) return
    step('delivering')
    const outcomes = await deliver({
      message,
      recipients: due,
      file: spool.path(message.id),
    })
    step('delivered')
    const report = await record(
      parts,
      message,
      due.map((recipient, index) => [recipient, outcomes[index] as Outcome] as const),
    )
    if (report) start(report)
  }
  const leave = (message: QueuedMessage) => {
    const left = (working.get(message.id) ?? 1) - 1
    if (left > 0) return void working.set(message.id, left)
    working.delete(message.id)
    if (message.recipients.length > 0 || !messages.delete(message.id)) return
    committer.lazily(() => {
      rows.dropMessage(message.id)
      setImmediate(() => void spool.remove(message.id))
    })
  }
  const start = (message: QueuedMessage) => {
    const now = clock.now()
    for (const lane of new Set(message.recipients.filter(({ due }) => due <= now).map(laneOf))) {
      lanes.add(lane, `${message.id} ${lane}`, async () => {
        working.set(message.id, (working.get(message.id) ?? 0) + 1)
        try {
          await tryOnce(message, lane)
        } finally {
          leave(message)
        }
      })
    }
  }
  const wake = () => {
    cancel()
    for (const message of messages.values()) if (!message.held) start(message)
    cancel = clock.after(lookEvery, wake)
  }
  return {
    start,
    wake,
    idle: lanes.idle,
    stop: () => {
      cancel()
      return lanes.stop()
    },
  }
}

// Brings queued messages to their recipients: what is due is handed to the delivery, one task per message and
// destination, and what comes of it is written down at once.
import { rename } from 'node:fs/promises'
import { canonical } from '../directory/addresses'
import { createFresh } from './fresh'
import { here, createLanes } from './lanes'
import type { QueueParts } from './index'
import type { Committer } from './committer'
import type { QueueStatements } from './database'
import type { Accepted, Report } from './index'
import type { Outcome, QueuedMessage, WaitingRecipient } from './model'
import { nextTry } from './schedule'
import { isWhole, type Spool, type SpoolFile } from './spool'

export interface RunnerParts extends Required<QueueParts> {
  messages: Map<string, QueuedMessage>
  /** Found at the start: their bytes may not have reached the disk. */
  unproven: Set<string>
  spool: Spool
  committer: Committer
  rows: QueueStatements
  keep: (file: SpoolFile, accepted: Accepted, alongside: () => void) => Promise<QueuedMessage>
}

const lookEvery = 30_000

export interface Runner {
  /** What was accepted: it is the queue's from here on. `bytes` where they are still at hand. */
  admit(message: QueuedMessage, bytes: Buffer | null): void
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
    const file = spool.create()
    await file.write(made.bytes)
    step('report-written')
    const { envelope, prefix } = made
    const sealed = file.seal()
    // The rows that go with it are all that is left of the message: the report is on disk before they change.
    await Promise.all([sealed.synced, spool.sync()])
    step('report-spooled')
    report = await parts.keep(file, { envelope, sealed, prefix }, write)
    step('report-committed')
  } else if (tried.every(([{ target }]) => target.kind === 'mailbox')) {
    // Nobody waits for this one: a crash before it repeats deliveries that the store recognises.
    committer.lazily(write)
  } else await committer.durable(write)
  message.recipients = message.recipients.filter((recipient) => !final.has(recipient))
  return report
}

/**
 * A message found at the start whose bytes are not what was sealed was never acknowledged: its rows reached the disk
 * before a power cut, its bytes did not. A missing file is that, or one whose last delivery was about to be written down.
 */
const prove = async ({ spool, unproven, committer, rows, log }: RunnerParts, message: QueuedMessage) => {
  const { id, size, sum } = message
  const file = spool.path(id)
  if (sum === null || (await isWhole(file, { size, sum }))) {
    unproven.delete(id)
    return true
  }
  log.warn('spool-torn', { queue: id, size })
  await rename(file, `${spool.aside}/${id}`).catch(() => {})
  message.recipients = []
  await committer.durable(() => rows.forget(id))
  return false
}

export const createRunner = (parts: RunnerParts): Runner => {
  const { clock, log, deliver, messages, spool, step, committer, rows } = parts
  const lanes = createLanes((key, error) => log.error('delivery-broke', { queue: key, error: String(error) }))
  const working = new Map<string, number>()
  const fresh = createFresh()
  let cancel = () => {}

  const tryOnce = async (message: QueuedMessage, lane: string) => {
    const due = message.recipients.filter((each) => each.due <= clock.now() && laneOf(each) === lane)
    if (due.length === 0 || message.held) return
    if (parts.unproven.has(message.id) && !(await prove(parts, message))) return
    step('delivering')
    const file = spool.path(message.id)
    const outcomes = await deliver({ message, recipients: due, file, bytes: fresh.get(message.id) })
    step('delivered')
    const report = await record(
      parts,
      message,
      due.map((recipient, index) => [recipient, outcomes[index] as Outcome] as const),
    )
    step('recorded')
    if (report) admit(report, null)
  }
  const leave = (message: QueuedMessage) => {
    const left = (working.get(message.id) ?? 1) - 1
    if (left > 0) return void working.set(message.id, left)
    working.delete(message.id)
    fresh.forget(message.id)
    if (message.recipients.length > 0 || !messages.delete(message.id)) return
    committer.lazily(() => {
      rows.dropMessage(message.id)
      setImmediate(() => {
        step('forgotten')
        void spool.remove(message.id).then(() => step('removed'))
      })
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
  const admit = (message: QueuedMessage, bytes: Buffer | null) => {
    messages.set(message.id, message)
    if (bytes) fresh.keep(message.id, bytes)
    start(message)
  }
  const wake = () => {
    cancel()
    for (const message of messages.values()) if (!message.held) start(message)
    cancel = clock.after(lookEvery, wake)
  }
  return {
    admit,
    wake,
    idle: lanes.idle,
    stop: () => {
      cancel()
      return lanes.stop()
    },
  }
}

// What came of a try: decided once, and written down, again and again if it must be.
//
// Invariant: a recipient changes in memory only after its row has; until then the verdict is kept beside it, and a disk
// that is full repeats the writing, never the delivery.
import type { Report } from './index'
import type { Outcome, QueuedMessage, WaitingRecipient } from './model'
import type { RunnerParts } from './runner'
import { nextTry } from './schedule'

export interface Verdict {
  recipient: WaitingRecipient
  /** How it waits on; null where nothing more is owed. */
  after: WaitingRecipient | null
  /** What is to be reported, if anything is final or late. */
  report: Report | null
}

/** Decides what an outcome means for a recipient. */
export const judge = (
  { config, clock, log }: Pick<RunnerParts, 'config' | 'clock' | 'log'>,
  message: QueuedMessage,
  [recipient, outcome]: readonly [WaitingRecipient, Outcome],
): Verdict => {
  const age = clock.now() - message.receivedAt
  log.info(outcome.kind, {
    queue: message.id,
    to: recipient.address,
    ...(recipient.original === recipient.address ? {} : { original: recipient.original }),
    by: outcome.by,
    seconds: Math.round(age / 100) / 10,
    reply: outcome.reply,
  })
  if (outcome.kind === 'delivered')
    return { recipient, after: null, report: { recipient, kind: 'delivered', outcome } }
  const tooOld = age >= config.queue_lifetime_hours * 3_600_000
  if (tooOld || (outcome.kind === 'failed' && !config.soft_bounce))
    return { recipient, after: null, report: { recipient, kind: 'failed', outcome } }
  const attempts = recipient.attempts + 1
  const due = clock.now() + nextTry(attempts)
  const after = { ...recipient, attempts, due, lastReply: outcome.reply }
  const warnAfter = config.delay_warning_hours * 3_600_000
  if (recipient.warned || warnAfter === 0 || age < warnAfter) return { recipient, after, report: null }
  return { recipient, after: { ...after, warned: true }, report: { recipient, kind: 'delayed', outcome } }
}

type Made = NonNullable<Awaited<ReturnType<RunnerParts['report']>>>

const queueReport = async (
  { spool, step, keep }: RunnerParts,
  { envelope, bytes, prefix }: Made,
  write: () => void,
): Promise<QueuedMessage> => {
  const file = spool.create()
  try {
    await file.write(bytes)
    step('report-written')
    const sealed = file.seal()
    // The rows that go with it are all that is left of the message: the report is on disk before they change.
    const { synced } = await file.stand()
    await Promise.all([synced, spool.sync()])
    step('report-spooled')
    const report = await keep(file, { envelope, sealed, prefix }, write)
    step('report-committed')
    return report
  } catch (error) {
    // It is made anew with the next writing.
    await file.discard().catch(() => {})
    throw error
  }
}

/** Writes verdicts down; the report about them, if any, is queued in the same transaction. */
export const record = async (
  parts: RunnerParts,
  message: QueuedMessage,
  verdicts: readonly Verdict[],
): Promise<QueuedMessage | null> => {
  const { committer, rows, spool } = parts
  const reports = verdicts.flatMap(({ report }) => report ?? [])
  const write = () => {
    for (const { recipient, after } of verdicts) {
      if (after) rows.postpone(after)
      else rows.dropRecipient(recipient.row)
    }
  }
  const made = await parts.report(message, spool.path(message.id), reports)
  let report: QueuedMessage | null = null
  if (made) report = await queueReport(parts, made, write)
  else if (verdicts.every(({ recipient }) => recipient.target.kind === 'mailbox')) {
    // Nobody waits for this one: a crash before it repeats deliveries that the store recognises.
    committer.lazily(write)
  } else await committer.durable(write)
  for (const { recipient, after } of verdicts) if (after) Object.assign(recipient, after)
  const final = new Set(verdicts.filter(({ after }) => !after).map(({ recipient }) => recipient))
  message.recipients = message.recipients.filter((recipient) => !final.has(recipient))
  return report
}

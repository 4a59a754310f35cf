// Brings queued messages to their recipients: what is due is handed to the delivery, one task per message and
// destination, and what comes of it is written down at once.
import { canonical } from '../directory/addresses'
import { createFresh } from './fresh'
import { here, createLanes } from './lanes'
import type { QueueParts } from './index'
import type { Committer } from './committer'
import type { QueueStatements } from './database'
import type { Accepted } from './index'
import type { Outcome, QueuedMessage, WaitingRecipient } from './model'
import { judge, record, type Verdict } from './record'
import type { Prove } from './prove'
import type { Spool, SpoolFile } from './spool'

export interface RunnerParts extends Required<QueueParts> {
  messages: Map<string, QueuedMessage>
  prove: Prove
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

export const createRunner = (parts: RunnerParts): Runner => {
  const { clock, log, deliver, messages, spool, step, committer, rows } = parts
  const lanes = createLanes((key, error) => log.error('delivery-broke', { queue: key, error: String(error) }))
  /** By the message itself: another one may come under the name of one that was torn. */
  const working = new Map<QueuedMessage, number>()
  const fresh = createFresh()
  /** What was delivered, or not, and could not be written down yet. */
  const verdicts = new WeakMap<WaitingRecipient, Verdict>()
  let cancel = () => {}

  const writeDown = async (message: QueuedMessage, recipients: readonly WaitingRecipient[]) => {
    const report = await record(
      parts,
      message,
      recipients.map((recipient) => verdicts.get(recipient) as Verdict),
    )
    for (const recipient of recipients) verdicts.delete(recipient)
    step('recorded')
    if (report) admit(report, null)
  }
  const tryOnce = async (message: QueuedMessage, lane: string) => {
    const due = message.recipients.filter((each) => each.due <= clock.now() && laneOf(each) === lane)
    if (due.length === 0 || message.held) return
    if (!(await parts.prove(message))) return
    const [untold, untried] = [
      due.filter((each) => verdicts.has(each)),
      due.filter((each) => !verdicts.has(each)),
    ]
    if (untold.length > 0) await writeDown(message, untold)
    if (untried.length === 0) return
    step('delivering')
    const file = spool.path(message.id)
    const outcomes = await deliver({ message, recipients: untried, file, bytes: fresh.get(message.id) })
    step('delivered')
    untried.forEach((recipient, index) =>
      verdicts.set(recipient, judge(parts, message, [recipient, outcomes[index] as Outcome])),
    )
    await writeDown(message, untried)
  }
  const leave = (message: QueuedMessage) => {
    const left = (working.get(message) ?? 1) - 1
    if (left > 0) return void working.set(message, left)
    working.delete(message)
    fresh.forget(message.id)
    if (message.recipients.length > 0 || messages.get(message.id) !== message) return
    messages.delete(message.id)
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
        working.set(message, (working.get(message) ?? 0) + 1)
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

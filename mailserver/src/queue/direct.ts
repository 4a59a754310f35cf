// Mail for one mailbox of this site needs no place of its own in the queue: the journal holds it from before its 250
// until it lies in the mailbox. What cannot be delivered at once is handed to the queue.
//
// Invariants:
//  - An entry is settled only when its delivery is durable, or when the queue has the message on disk and the
//    entry is revoked: a death in between repeats a delivery that the store knows by its id, never a report.
//  - Memory holds what the journal has room for, no more.
import type { Accepted, Deliver } from './index'
import type { Clock } from '../core/clock'
import type { Log } from '../core/log'
import type { Journal, Owed } from './journal'
import type { JournalEntry } from './journal-records'
import { asQueued, type NewRow, type Outcome, type QueuedMessage, type WaitingRecipient } from './model'
import type { Prove } from './prove'

export interface DirectParts {
  clock: Clock
  log: Log
  journal: Journal
  deliver: Deliver
  delivered: (message: QueuedMessage, recipient: WaitingRecipient, outcome: Outcome) => void
  /** On disk in the queue when it resolves. */
  keep: (id: string, accepted: Accepted) => Promise<QueuedMessage>
  admit: (message: QueuedMessage) => void
  step: (name: string) => void
}

export interface Direct {
  takes(accepted: Accepted): boolean
  accept(id: string, accepted: Accepted): Promise<void>
  idle(): Promise<void>
  /** What cannot be delivered now is found by the next start. */
  stop(): Promise<void>
}

/** Who comes alone is delivered at once; of many, those of so many milliseconds share their commits. */
const pace = 20
const againAfter = 30_000

export const rowOf = (id: string, { envelope, sealed, prefix }: Accepted): NewRow => {
  const { size, sum, at } = sealed
  return { ...envelope, id, receivedAt: at, size, prefix, sum }
}

interface One {
  id: string
  accepted: Accepted
  owed: Owed
}

class Straight implements Direct {
  private waiting: One[] = []
  private timer: NodeJS.Timeout | null = null
  private last = -pace
  private readonly active = new Set<Promise<void>>()
  private state: 'open' | 'stopped' = 'open'

  constructor(private readonly parts: DirectParts) {}

  takes({ envelope, sealed }: Accepted): boolean {
    const [recipient, ...more] = envelope.recipients
    if (!recipient || more.length > 0 || recipient.target.kind !== 'mailbox' || !sealed.bytes) return false
    // Who wants to hear of a success is told by a report, and reports are the queue's.
    return !recipient.notify.includes('success') && this.parts.journal.takes(sealed.bytes.length)
  }

  async accept(id: string, accepted: Accepted): Promise<void> {
    const { bytes, ...sealed } = accepted.sealed
    const owed = await this.parts.journal.add({ id, head: { ...accepted, sealed }, bytes: bytes as Buffer })
    this.parts.step('committed')
    this.waiting.push({ id, accepted, owed })
    this.soon()
  }

  private soon() {
    if (this.state === 'stopped' || this.waiting.length === 0) return
    this.timer ??= setTimeout(() => this.begin(), Math.max(0, this.last + pace - performance.now()))
  }

  private begin() {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.last = performance.now()
    for (const one of this.waiting.splice(0)) {
      const task: Promise<void> = this.bring(one).finally(() => this.active.delete(task))
      this.active.add(task)
    }
  }

  private async bring(one: One): Promise<void> {
    const { step, journal } = this.parts
    if (!(await this.deliver(one).catch(() => false))) return this.handOver(one)
    journal.settle(one.owed)
    step('direct-settled')
  }

  private async deliver({ id, accepted }: One): Promise<boolean> {
    const { step, deliver, delivered } = this.parts
    const message = asQueued(rowOf(id, accepted))
    const [recipient] = message.recipients
    step('direct-delivering')
    const { bytes } = accepted.sealed
    const [outcome] = await deliver({ message, recipients: message.recipients, file: null, bytes })
    step('direct-delivered')
    if (!recipient || outcome?.kind !== 'delivered') return false
    delivered(message, recipient, outcome)
    return true
  }

  /** The queue tries at once, says what is wrong, and waits or reports. */
  private async handOver(one: One): Promise<void> {
    const { step, journal, keep, admit, clock } = this.parts
    try {
      const message = await keep(one.id, one.accepted)
      step('direct-kept')
      // The next start may find it once more, and the queue's beside it.
      await journal.revoke(one.owed).catch((error: unknown) => this.tell(one, error))
      step('direct-revoked')
      admit(message)
    } catch (error) {
      this.tell(one, error)
      if (this.state === 'open') clock.after(againAfter, () => void this.bring(one))
    }
  }

  private tell({ id }: One, error: unknown) {
    this.parts.log.error('hand-over-failed', { queue: id, error: String(error) })
  }

  async idle(): Promise<void> {
    while (this.waiting.length + this.active.size > 0) {
      this.begin()
      await Promise.allSettled(this.active)
    }
  }

  async stop(): Promise<void> {
    this.state = 'stopped'
    await this.idle()
  }
}

export const createDirect = (parts: DirectParts): Direct => new Straight(parts)

interface Recovery {
  journal: Journal
  messages: Map<string, QueuedMessage>
  prove: Prove
  keep: DirectParts['keep']
}

const perRound = 64

/** What the last run owed becomes the queue's before anything else is taken. */
export const recover = async ({ journal, messages, prove, keep }: Recovery): Promise<void> => {
  const { found } = journal
  const take = async ({ id, head, bytes }: JournalEntry): Promise<void> => {
    const known = messages.get(id)
    if (known && (await prove(known))) return
    const accepted = head as Accepted
    const message = await keep(id, { ...accepted, sealed: { ...accepted.sealed, bytes } })
    messages.set(id, message)
  }
  for (let at = 0; at < found.length; at += perRound)
    await Promise.all(found.slice(at, at + perRound).map(take))
  if (found.length > 0) journal.forget()
}

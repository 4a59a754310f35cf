// One queue for everything accepted.
//
// Invariants:
//  - `accept` resolves only when the bytes, their directory entry and the rows are on disk (250 means on disk). The
//    three go there side by side, and nothing is delivered before. For what goes straight into one mailbox the journal
//    is all three (direct.ts).
//  - A recipient's row is dropped only after its delivery is durable where it was delivered; a crash in between
//    repeats the delivery under the same delivery id, which the store knows.
//  - A failed recipient's row is dropped in the transaction that queues its bounce.
import { fdatasync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { createCommitter } from './committer'
import { openQueueDatabase, queueStatements } from './database'
import { createDirect, recover, rowOf } from './direct'
import { openJournal } from './journal'
import { asQueued, type Envelope, type Outcome, type QueuedMessage, type WaitingRecipient } from './model'
import { createProver } from './prove'
import { judge } from './record'
import { createRunner } from './runner'
import { createSharedSync, newQueueId, openSpool, type Sealed, type SpoolFile } from './spool'

/** What brings one message to some of its recipients; answers one outcome per recipient. */
export type Deliver = (work: {
  message: QueuedMessage
  recipients: readonly WaitingRecipient[]
  /** Null where it has none: then `bytes` are at hand. */
  file: string | null
  /** The whole message, where it is small and still at hand. */
  bytes: Buffer | null
}) => Promise<readonly Outcome[]>

/** The bytes and envelope of a report about these outcomes, or null when nobody is to be told. */
export interface Report {
  recipient: WaitingRecipient
  kind: 'failed' | 'delayed' | 'delivered'
  outcome: Outcome
}
export type MakeReport = (
  message: QueuedMessage,
  file: string,
  reports: readonly Report[],
) => Promise<{ envelope: Envelope; bytes: Buffer; prefix: number } | null>

export interface Accepted {
  envelope: Envelope
  sealed: Sealed
  prefix: number
}

export interface Queue {
  newId(): string
  create(id?: string): SpoolFile
  accept(file: SpoolFile, message: Accepted): Promise<void>
  messages(): readonly QueuedMessage[]
  /** It waits here and is on disk: whoever has a copy may let it go. */
  holds(id: string): Promise<boolean>
  /** Nothing that waits, nothing under way: for tests and for the demo's first fill. */
  idle(): Promise<void>
  /** Finishes what is under way, keeps the rest for the next start. */
  stop(): Promise<void>
}

export interface QueueParts {
  config: Config
  clock: Clock
  log: Log
  deliver: Deliver
  report: MakeReport
  /** Named durable steps, for the crash tests. */
  step?: (name: string) => void
}

const lookEvery = 1000
const syncData = promisify(fdatasync)

const followRows = (
  messages: Map<string, QueuedMessage>,
  stored: readonly QueuedMessage[],
  forget: (id: string) => void,
) => {
  const byId = new Map(stored.map((message) => [message.id, message]))
  for (const [id, message] of messages) {
    const row = byId.get(id)
    if (!row) {
      messages.delete(id)
      forget(id)
      continue
    }
    message.held = row.held
    for (const recipient of message.recipients) {
      recipient.due = row.recipients.find((each) => each.row === recipient.row)?.due ?? recipient.due
    }
  }
}

export const openQueue = async (parts: QueueParts): Promise<Queue> => {
  const { config, clock, log, step = () => {} } = parts
  const folder = join(config.home, 'mail', 'spool')
  const db = openQueueDatabase(folder, 'by the committer')
  const spool = await openSpool(folder, clock.now)
  const rows = queueStatements(db)
  // The log exists from the first write on, and under this name for as long as the database is open.
  db.pragma('user_version = 1')
  const walFile = await open(join(folder, 'queue.db-wal'), 'r+')
  const onLost = (error: unknown) => log.error('queue-write-failed', { error: String(error) })
  const committer = createCommitter({
    db,
    syncLog: createSharedSync(() => syncData(walFile.fd)),
    onLost,
  })
  const messages = new Map<string, QueuedMessage>()
  const unproven = new Set<string>()

  /** Bytes, directory and rows, each on its way to the disk; or none of them. */
  const keep = async (file: SpoolFile, accepted: Accepted, alongside = () => {}): Promise<QueuedMessage> => {
    let message: QueuedMessage | undefined
    const { synced } = await file.stand()
    step('written')
    const all = await Promise.allSettled([
      synced.then(() => step('file-synced')),
      spool.sync().then(() => step('folder-synced')),
      committer
        .durable(() => {
          const row = rowOf(file.id, accepted)
          message = asQueued(row, rows.insert(row))
          alongside()
        })
        .then(() => step('rows-synced')),
    ])
    const failed = all.find((each) => each.status === 'rejected')
    if (message && !failed) return message
    if (message) committer.lazily(() => rows.forget(file.id))
    throw failed?.reason
  }
  const prove = createProver({ messages, unproven, spool, committer, rows, log })
  const runner = createRunner({
    ...parts,
    step,
    messages,
    prove,
    spool,
    committer,
    rows,
    keep,
  })

  for (const message of rows.load()) {
    // Killed between the last delivery and the end of its book-keeping: nothing is owed any more.
    if (message.recipients.length === 0) {
      committer.lazily(() => rows.dropMessage(message.id))
      continue
    }
    messages.set(message.id, message)
    unproven.add(message.id)
  }
  for (const id of spool.ids()) if (!messages.has(id)) await spool.remove(id)
  const keepEntry = async (id: string, accepted: Accepted) => {
    const file = spool.create(id)
    try {
      await file.write(accepted.sealed.bytes as Buffer)
      file.seal(accepted.sealed.at)
      return await keep(file, accepted)
    } catch (error) {
      // It was acknowledged and is tried again, under this name.
      await file.discard()
      throw error
    }
  }
  const journal = openJournal(join(folder, 'journal'), {
    step,
    onBroken: (error) => log.error('journal-broken', { error: String(error) }),
  })
  await recover({ journal, messages, prove, keep: keepEntry })
  const direct = createDirect({
    ...parts,
    step,
    journal,
    keep: keepEntry,
    admit: (message) => runner.admit(message, null),
    delivered: (message, recipient, outcome) => void judge(parts, message, [recipient, outcome]),
  })
  if (messages.size > 0) log.info('queue-loaded', { messages: messages.size })
  runner.wake()

  // Another process changed rows (`queue hold|release|delete|flush`): what is in memory follows.
  const version = db.prepare('PRAGMA data_version').pluck()
  let seen = version.get()
  const follow = () => {
    cancel = clock.after(lookEvery, follow)
    const now = version.get()
    if (now === seen) return
    seen = now
    committer.flush()
    followRows(messages, rows.load(), (id) => void spool.remove(id))
    runner.wake()
  }
  let cancel = clock.after(lookEvery, follow)

  return {
    newId: () => newQueueId(clock.now()),
    create: (id) => spool.create(id),
    accept: async (file, accepted) => {
      if (direct.takes(accepted)) return direct.accept(file.id, accepted)
      const message = await keep(file, accepted)
      step('committed')
      runner.admit(message, accepted.sealed.bytes)
    },
    messages: () => [...messages.values()],
    holds: async (id) => {
      const message = messages.get(id)
      return message ? prove(message) : false
    },
    idle: async () => {
      await direct.idle()
      await runner.idle()
    },
    stop: async () => {
      cancel()
      await direct.stop()
      journal.close()
      await runner.stop()
      committer.flush()
      await walFile.close()
      db.close()
      await spool.close()
    },
  }
}

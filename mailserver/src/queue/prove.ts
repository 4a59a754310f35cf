// What was found at the start: is it whole, and is it on disk? A kill leaves bytes and rows that the kernel still holds
// but that were never synced; whoever takes them for durable loses them with the next power cut.
//
// Invariant: a message leaves `unproven` only when its file, its directory entry and its rows are on disk, or are gone.
import { open, rename } from 'node:fs/promises'
import type { Log } from '../core/log'
import type { Committer } from './committer'
import type { QueueStatements } from './database'
import type { QueuedMessage } from './model'
import { isWhole, type Spool } from './spool'

export interface ProverParts {
  messages: Map<string, QueuedMessage>
  /** Found at the start: their bytes may not have reached the disk. */
  unproven: Set<string>
  spool: Spool
  committer: Committer
  rows: QueueStatements
  log: Log
}

/** False: it was never acknowledged, and is forgotten. */
export type Prove = (message: QueuedMessage) => Promise<boolean>

const syncAt = async (path: string): Promise<void> => {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * A message found at the start whose bytes are not what was sealed was never acknowledged: its rows reached the disk
 * before a power cut, its bytes did not. A missing file is that, or one whose last delivery was about to be written down.
 */
const examine = async (
  { messages, unproven, spool, committer, rows, log }: ProverParts,
  message: QueuedMessage,
): Promise<boolean> => {
  const { id, size, sum } = message
  const file = spool.path(id)
  if (sum === null || (await isWhole(file, { size, sum }))) {
    // The log is synced with any commit, an empty one too.
    await Promise.all([syncAt(file), spool.sync(), committer.durable(() => {})])
    unproven.delete(id)
    return true
  }
  log.warn('spool-torn', { queue: id, size })
  await rename(file, `${spool.aside}/${id}`).catch(() => {})
  await committer.durable(() => rows.forget(id))
  // From here on the name is free: what sendmail left may be taken again under it.
  message.recipients = []
  messages.delete(id)
  unproven.delete(id)
  return false
}

/** Callers that come while a message is examined share the answer. */
export const createProver = (parts: ProverParts): Prove => {
  const running = new Map<string, Promise<boolean>>()
  return (message) => {
    const { id } = message
    if (!parts.unproven.has(id)) return Promise.resolve(parts.messages.get(id) === message)
    const known = running.get(id)
    if (known) return known
    const found = examine(parts, message).finally(() => running.delete(id))
    running.set(id, found)
    return found
  }
}

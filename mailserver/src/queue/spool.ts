// Spool files: one per message, on the file system of the mailboxes, so that local delivery is a hard link.
//
// Invariants: a file is written once and never changed; it is removed only after the last recipient's row is.
// A file without a row was never acknowledged and is swept at start.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const base32 = (value: number): string => {
  let text = ''
  for (let left = value; left > 0; left = Math.floor(left / 32)) text = alphabet[left % 32] + text
  return text
}

/** Grows with time, so that ids sort by age; the random end makes it unguessable and unique. */
export const newQueueId = (now: number): string =>
  base32(now) + Array.from(randomBytes(4), (byte) => alphabet[byte % 32]).join('')

export interface SpoolFile {
  id: string
  path: string
  write(chunk: Buffer): Promise<void>
  /** Closed without a promise of durability: for what is about to be read and written anew. */
  close(): Promise<number>
  /** Bytes on disk; the directory entry is the queue's to make durable. */
  finish(): Promise<number>
  discard(): Promise<void>
}

export interface Spool {
  create(id?: string): Promise<SpoolFile>
  path(id: string): string
  remove(id: string): Promise<void>
  /** Makes new directory entries durable; callers that come while one runs share the next. */
  sync(): Promise<void>
  ids(): string[]
  close(): Promise<void>
}

/** fsync that is shared: callers that come while one runs wait for the next, which covers them all. */
export const createSharedSync = (handle: FileHandle) => {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const run = (): Promise<void> => {
    running = handle.sync().finally(() => (running = null))
    return running
  }
  return (): Promise<void> => {
    if (!running) return run()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null
        return run()
      })
    return next
  }
}

export const openSpool = async (folder: string, now: () => number): Promise<Spool> => {
  const messages = join(folder, 'messages')
  mkdirSync(messages, { recursive: true, mode: 0o700 })
  const directory = await open(messages)
  const path = (id: string) => join(messages, id)
  return {
    path,
    sync: createSharedSync(directory),
    remove: (id) => rm(path(id), { force: true }),
    ids: () => readdirSync(messages),
    close: () => directory.close(),
    create: async (id = newQueueId(now())) => {
      const file = path(id)
      const handle = await open(file, 'wx', 0o600)
      let size = 0
      return {
        id,
        path: file,
        write: async (chunk) => {
          let written = 0
          while (written < chunk.length) {
            written += (await handle.write(chunk, written, chunk.length - written)).bytesWritten
          }
          size += chunk.length
        },
        close: async () => {
          await handle.close()
          return size
        },
        finish: async () => {
          await handle.sync()
          await handle.close()
          return size
        },
        discard: async () => {
          await handle.close().catch(() => {})
          await rm(file, { force: true })
        },
      }
    },
  }
}

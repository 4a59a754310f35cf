import 'server-only'
import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { config } from '../config'
import type { Account } from '../mail/account'
import { findFolder } from '../mail/mailboxes'
import { isMbox, type Letter, lettersIn } from '../mail/mbox-read'
import { type Budget, isZip, packedIn, piecesOf } from '../mail/unzip'
import { ownFailure } from '../own-failure'
import { fileMessage, importMessage, mostImported } from './import-message'
import { beginJob, carryOut, holdPlace, type LongJob, tell } from './long-job'

// Messages out of one file: a message, an mbox, or a zip of both. The file is on disk before anything is done with
// it, under no name: whatever ends this process ends the file as well. Invariants: one message in memory; a file, a
// message, what a zip gives and how many messages there are, each has a bound.

const largestFile = 1024 * 1024 * 1024
const mostUnpacked = 4 * largestFile
const mostMessages = 100_000
/** One refusal is about one message, as many as this are about all of them. */
const mostRefused = 10
const tellEveryMs = 200

interface Arriving {
  who: Account
  folder: FolderId
  name: string
  body: AsyncIterable<Uint8Array>
}

interface Spooled {
  file: FileHandle
  size: number
}

const spool = async (body: AsyncIterable<Uint8Array>): Promise<Spooled> => {
  const home = join(config().home, 'imports')
  await mkdir(home, { recursive: true, mode: 0o700 })
  const path = join(home, randomUUID())
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > largestFile) throw new AppError('too-large')
      await file.writeFile(chunk)
    }
    return { file, size }
  } catch (cause) {
    await file.close()
    if (cause instanceof AppError) throw cause
    throw ownFailure(cause) ?? new AppError('connection-lost', '', { cause })
  }
}

interface Importing extends Spooled {
  one: LongJob
  path: string
  told: number
  /** By the server, in a row. */
  refused: number
}

const progress = (at: Importing, read: number): void => {
  at.one.job.read = Math.min(at.one.job.total, read)
  if (Date.now() - at.told < tellEveryMs) return
  at.told = Date.now()
  tell(at.one)
}

/** What cannot be a message is left out and counted. */
const unreadable = (cause: unknown): boolean =>
  cause instanceof AppError && (cause.code === 'bad-request' || cause.code === 'too-large')

const refusedOnce = (at: Importing, cause: unknown): boolean =>
  cause instanceof AppError && cause.code === 'refused-by-server' && ++at.refused < mostRefused

const take = async (at: Importing, letter: Letter): Promise<void> => {
  const { path } = at
  const { job, who } = at.one
  if (job.done >= mostMessages) throw new AppError('too-large')
  try {
    if (letter === 'too-large') throw new AppError('too-large')
    await fileMessage(who, { path, bytes: letter })
    job.done++
    at.refused = 0
  } catch (cause) {
    if (!unreadable(cause) && !refusedOnce(at, cause)) throw cause
    job.skipped = (job.skipped ?? 0) + 1
  }
}

const takeMbox = async (
  at: Importing,
  source: AsyncIterable<Buffer>,
  read: (bytes: number) => void,
): Promise<void> => {
  async function* counted() {
    for await (const chunk of source) {
      read(chunk.length)
      yield chunk
    }
  }
  for await (const letter of lettersIn(counted(), mostImported)) {
    if (at.one.wish === 'stop') return
    await take(at, letter)
  }
}

const isLetterFile = (name: string): boolean =>
  /\.(eml|mbox|mbx)$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name)

const wholeOf = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const takeZip = async (at: Importing): Promise<void> => {
  const { one } = at
  const left: Budget = { bytes: mostUnpacked }
  let read = 0
  for (const { name, packed, bytes } of await packedIn(at.file, at.size)) {
    if (one.wish === 'stop') return
    if (!isLetterFile(name)) continue
    try {
      if (/\.eml$/i.test(name)) await take(at, await wholeOf(bytes(mostImported, left)))
      else await takeMbox(at, bytes(largestFile, left), () => progress(at, read))
    } catch (cause) {
      // One that is broken or too large leaves the others as they are; nothing left to unpack ends it.
      if (!unreadable(cause) || left.bytes < 0 || one.job.done >= mostMessages) throw cause
      one.job.skipped = (one.job.skipped ?? 0) + 1
    }
    read += packed
    progress(at, read)
  }
}

const takeAll = async (at: Importing, kind: 'zip' | 'mbox'): Promise<void> => {
  try {
    if (kind === 'zip') return await takeZip(at)
    let read = 0
    await takeMbox(at, piecesOf(at.file, { start: 0, length: at.size }), (bytes) =>
      progress(at, (read += bytes)),
    )
  } finally {
    await at.file.close()
  }
}

const longestName = 200

/** Null when it was one message, which is there now; else the job that goes on. */
export const importFile = async (arriving: Arriving): Promise<BulkJob | null> => {
  // Files that are still coming fill the disk as well: as many come at once as there may be jobs.
  const letGo = holdPlace(arriving.who)
  try {
    const path = await findFolder(arriving.who, arriving.folder)
    return await begin(arriving, { path, letGo })
  } finally {
    letGo()
  }
}

interface Place {
  path: string
  letGo: () => void
}

const begin = async (
  { who, folder, name, body }: Arriving,
  { path, letGo }: Place,
): Promise<BulkJob | null> => {
  const { file, size } = await spool(body)
  try {
    const head = Buffer.alloc(300)
    await file.read(head, 0, head.length, 0)
    const kind = isZip(head) ? 'zip' : isMbox(head) ? 'mbox' : 'message'
    if (kind === 'message') {
      if (size > mostImported) throw new AppError('too-large')
      const bytes = Buffer.alloc(size)
      await file.read(bytes, 0, size, 0)
      await importMessage({ who, folder, bytes })
      await file.close()
      return null
    }
    const action = { kind: 'import', name: name.slice(0, longestName) } as const
    letGo()
    const one = beginJob(who, { folder, action, total: size })
    void carryOut(one, () => takeAll({ one, path, file, size, told: 0, refused: 0 }, kind))
    return { ...one.job }
  } catch (cause) {
    await file.close()
    throw cause
  }
}

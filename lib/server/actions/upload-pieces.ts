import 'server-only'
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { UploadState } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import { syncFolder } from '../files'
import type { Account } from '../mail/account'
import { once } from '../once'
import { ownFailure } from '../own-failure'
import { findUploads } from '../user/uploads'
import { refuseMore, register, uploadPath, uploadsFolder } from './upload'

// A file that comes in pieces, so that one that broke off goes on where it stopped, on another connection or after
// a restart. Invariants: what lies in `.part` is the beginning of the file, without a hole; only the piece that
// follows it is written; the whole is durable before it is told.

export interface Piece {
  who: Account
  /** Made up by the browser for one file. */
  id: string
  name: string
  type: string
  /** Of the whole file. */
  size: number
  /** Where this piece begins. */
  from: number
  /** Fails when its sender is gone, and when it is told that nothing more will come. */
  body: ((over: AbortSignal) => AsyncIterable<Uint8Array>) | null
}

/** Nobody reaches the file of somebody else, whatever the browser made up. */
const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length)
const idFor = (who: Account, id: string): string => digest(`${who.key} ${id}`, 32)

const mostUnfinished = 50
const partOf = (who: Account, id: string): string =>
  join(uploadsFolder(), `${digest(who.key, 16)}.${id}.part`)

interface Turn {
  ended: Promise<unknown>
  over: AbortController
}

const working = once('upload-pieces', () => new Map<string, Turn>())

/** A browser that tries again may be faster than the end of its broken connection: nothing more will come by that. */
const inTurn = async <T>(key: string, work: (over: AbortSignal) => Promise<T>): Promise<T> => {
  const before = working.get(key)
  before?.over.abort()
  const over = new AbortController()
  const begin = () => work(over.signal)
  const ended = (before?.ended ?? Promise.resolve()).then(begin, begin)
  const mine: Turn = { ended, over }
  working.set(key, mine)
  try {
    return await ended
  } finally {
    if (working.get(key) === mine) working.delete(key)
  }
}

export const putPiece = (piece: Piece): Promise<UploadState> => {
  const id = idFor(piece.who, piece.id)
  return inTurn(id, (over) => take(piece, id, over))
}

const take = async (piece: Piece, id: string, over: AbortSignal): Promise<UploadState> => {
  const { who, size, from, body } = piece
  const [known] = await findUploads(who.key, [id])
  if (known)
    return { received: known.size, upload: { id, name: known.name, type: known.type, size: known.size } }
  if (size > config().uploadMegabytes * 1_000_000) throw new AppError('too-large')
  const part = partOf(who, id)
  const before = await sizeOf(part)
  if (before === 0) await refuseTooMany(who)
  const received = body && from === before ? await append(part, body(over), size) : before
  if (received < size) return { received, upload: null }
  await finish(part, id)
  return { received, upload: await register(piece.who, { ...piece, id }) }
}

const sizeOf = async (path: string): Promise<number> =>
  stat(path).then(
    (found) => found.size,
    () => 0,
  )

const refuseTooMany = async (who: Account): Promise<void> => {
  await refuseMore(who)
  await mkdir(uploadsFolder(), { recursive: true, mode: 0o700 })
  const mine = (await readdir(uploadsFolder())).filter((name) => name.startsWith(`${digest(who.key, 16)}.`))
  if (mine.length >= mostUnfinished) throw new AppError('too-busy')
}

/** What came of a piece that broke off stays. */
const append = async (part: string, body: AsyncIterable<Uint8Array>, size: number): Promise<number> => {
  const handle = await open(part, 'a', 0o600)
  try {
    let { size: received } = await handle.stat()
    for await (const chunk of body) {
      if (received + chunk.length > size) throw new AppError('bad-request', 'size')
      await handle.writeFile(chunk)
      received += chunk.length
    }
    return received
  } catch (cause) {
    if (!(cause instanceof AppError))
      throw ownFailure(cause) ?? new AppError('connection-lost', '', { cause })
    if (cause.code === 'bad-request') await rm(part, { force: true })
    throw cause
  } finally {
    await handle.close()
  }
}

const finish = async (part: string, id: string): Promise<void> => {
  const path = uploadPath(id)
  const handle = await open(part, 'a', 0o600)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, path)
  await syncFolder(dirname(path))
}

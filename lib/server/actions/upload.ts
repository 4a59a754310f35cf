import 'server-only'
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Upload } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { timeNow } from '../clock'
import { config } from '../config'
import { beginFile } from '../files'
import type { Account } from '../mail/account'
import { ownFailure } from '../own-failure'
import { referencedUploads } from '../user/jobs'
import {
  addUpload,
  findUploads,
  knownUploads,
  removeUploads,
  totalSizeOf,
  uploadsBefore,
} from '../user/uploads'

// Attachments on their way into a message: a file under data/uploads and a row that says whose it is. Both
// are durable before the browser is told; the file comes first, so a row without file does not exist.

const expireAfterMs = 7 * 24 * 3_600_000
/** One person's unsent attachments; a full disk would stop everybody. */
const mostPerPerson = 20

export const uploadsFolder = (): string => join(config().home, 'uploads')
export const uploadPath = (id: string): string => join(uploadsFolder(), id)

interface Arriving {
  who: Account
  name: string
  type: string
  body: AsyncIterable<Uint8Array>
}

export const storeUpload = async ({ who, name, type, body }: Arriving): Promise<Upload> => {
  await refuseMore(who)
  const id = randomBytes(18).toString('base64url')
  const size = await receive(id, body, limit())
  return register(who, { id, name, type, size })
}

const limit = (): number => config().uploadMegabytes * 1_000_000

export const refuseMore = async (who: Account): Promise<void> => {
  if ((await totalSizeOf(who.key)) > limit() * mostPerPerson) throw new AppError('over-quota')
}

/** The file is there already: from here on it is somebody's. */
export const register = async (who: Account, { id, name, type, size }: Upload): Promise<Upload> => {
  const upload: Upload = { id, name: plainName(name), type: plainType(type), size }
  await addUpload({ ...upload, owner: who.key, created_at: timeNow() })
  return upload
}

/** A file that is still being written with, to be looked at by who added it. */
export const readUpload = async (
  who: Account,
  id: string,
): Promise<Upload & { stream: ReadableStream<Uint8Array> }> => {
  const [row] = await findUploads(who.key, [id])
  if (!row) throw new AppError('not-found')
  const { name, type, size } = row
  const stream = Readable.toWeb(createReadStream(uploadPath(id))) as ReadableStream<Uint8Array>
  return { id, name, type, size, stream }
}

const receive = async (id: string, body: AsyncIterable<Uint8Array>, limit: number): Promise<number> => {
  const file = await beginFile(uploadPath(id))
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) throw new AppError('too-large')
      await file.write(chunk)
    }
    await file.keep()
    return size
  } catch (cause) {
    await file.discard()
    if (cause instanceof AppError) throw cause
    throw ownFailure(cause) ?? new AppError('connection-lost', '', { cause })
  }
}

/** A file name, not a path, and nothing that could leave the header it will stand in. */
const plainName = (name: string): string =>
  name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 255) || 'attachment'

// RFC 2045 section 5.1, without parameters; a multipart or a message would be parsed by whoever receives it.
const plainType = (type: string): string => {
  const essence = type.split(';')[0]!.trim().toLowerCase()
  const isPlain = /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(essence)
  return isPlain && !/^(multipart|message)\//.test(essence) ? essence : 'application/octet-stream'
}

export const dropUpload = async (who: Account, id: string): Promise<void> => {
  const gone = await removeUploads(who.key, [id])
  if (gone.length === 0) throw new AppError('not-found')
  await rm(uploadPath(id), { force: true })
}

export interface StoredUpload extends Upload {
  path: string
}

/** In the order asked for, under the names asked for; one that is missing is said, not left out of the message. */
export const openUploads = async (
  who: Account,
  wanted: readonly Pick<Upload, 'id' | 'name' | 'cid'>[],
): Promise<StoredUpload[]> => {
  const ids = wanted.map(({ id }) => id)
  const rows = new Map((await findUploads(who.key, ids)).map((row) => [row.id, row]))
  return wanted.map(({ id, name, cid }) => {
    const row = rows.get(id)
    if (!row) throw new AppError('not-found', 'attachment')
    const { type, size } = row
    return {
      id,
      name: plainName(name || row.name),
      type,
      size,
      path: uploadPath(id),
      ...(cid ? { cid } : {}),
    }
  })
}

/** Expired ones that no pending message names, and files of uploads that broke off. */
export const removeOldUploads = async (now = timeNow()): Promise<void> => {
  const needed = await referencedUploads()
  const old = (await uploadsBefore(now - expireAfterMs)).filter(({ id }) => !needed.has(id))
  for (const { id, owner } of old) {
    await removeUploads(owner, [id])
    await rm(uploadPath(id), { force: true })
  }
  await mkdir(uploadsFolder(), { recursive: true, mode: 0o700 })
  const names = await readdir(uploadsFolder())
  const known = await knownUploads(names)
  for (const name of names.filter((name) => !known.has(name))) {
    const path = join(uploadsFolder(), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    // Files have the machine's time, which may have been set back since (lib/server/clock.ts).
    if (Math.min(now, Date.now()) - mtimeMs > 3_600_000) await rm(path, { force: true })
  }
}

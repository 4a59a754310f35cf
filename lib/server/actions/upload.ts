import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Upload } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import { beginFile } from '../files'
import type { Account } from '../mail/account'
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

const folder = (): string => join(config().home, 'uploads')
export const uploadPath = (id: string): string => join(folder(), id)

interface Arriving {
  who: Account
  name: string
  type: string
  body: AsyncIterable<Uint8Array>
}

export const storeUpload = async ({ who, name, type, body }: Arriving): Promise<Upload> => {
  const limit = config().uploadMegabytes * 1_000_000
  if ((await totalSizeOf(who.key)) > limit * mostPerPerson) throw new AppError('over-quota')
  const id = randomBytes(18).toString('base64url')
  const size = await receive(id, body, limit)
  const upload: Upload = { id, name: plainName(name), type: plainType(type), size }
  await addUpload({ ...upload, owner: who.key, created_at: Date.now() })
  return upload
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
    throw new AppError('connection-lost', '', { cause })
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

/** In the order asked for; one that is missing is said, not left out of the message. */
export const openUploads = async (who: Account, ids: string[]): Promise<StoredUpload[]> => {
  const rows = new Map((await findUploads(who.key, ids)).map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = rows.get(id)
    if (!row) throw new AppError('not-found', 'attachment')
    return { id, name: row.name, type: row.type, size: row.size, path: uploadPath(id) }
  })
}

/** Expired ones that no pending message names, and files of uploads that broke off. */
export const removeOldUploads = async (now = Date.now()): Promise<void> => {
  const needed = await referencedUploads()
  const old = (await uploadsBefore(now - expireAfterMs)).filter(({ id }) => !needed.has(id))
  for (const { id, owner } of old) {
    await removeUploads(owner, [id])
    await rm(uploadPath(id), { force: true })
  }
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  const names = await readdir(folder())
  const known = await knownUploads(names)
  for (const name of names.filter((name) => !known.has(name))) {
    const path = join(folder(), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > 3_600_000) await rm(path, { force: true })
  }
}

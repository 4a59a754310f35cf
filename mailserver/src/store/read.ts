// The bytes of a message. Files move (a flag is a rename): whoever misses one waits for the lane and asks again.
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathOf, recordOf, type Context } from './context'
import { StoreError } from './contract'
import { withCrlf } from './facts'
import { isMissing } from './maildir'

interface File {
  path: string
  ends: 'crlf' | 'lf'
}

export const fileOf = (ctx: Context, mailbox: number, uid: number): File => {
  const row = ctx
    .q<{ name: string; ends: 'crlf' | 'lf' }>('select name, ends from message where mailbox = ? and uid = ?')
    .get(mailbox, uid)
  if (!row) throw new StoreError('nonexistent', 'no such message')
  return { path: join(pathOf(ctx, recordOf(ctx, mailbox)), row.name), ends: row.ends }
}

interface Which {
  mailbox: number
  uid: number
}

const withFile = async <T>(ctx: Context, which: Which, job: (file: File) => Promise<T>): Promise<T> => {
  try {
    return await job(fileOf(ctx, which.mailbox, which.uid))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  await ctx.lane.idle()
  try {
    return await job(fileOf(ctx, which.mailbox, which.uid))
  } catch (error) {
    if (isMissing(error)) throw new StoreError('nonexistent', 'the message is gone')
    throw error
  }
}

export const readWhole = (ctx: Context, which: Which): Promise<Buffer> =>
  withFile(ctx, which, async ({ path, ends }) => {
    const bytes = await readFile(path)
    return ends === 'lf' ? withCrlf(bytes) : bytes
  })

export const readPiece = (
  ctx: Context,
  which: Which,
  range: { start: number; end: number },
): Promise<Buffer> =>
  withFile(ctx, which, async ({ path, ends }) => {
    if (ends === 'lf') return withCrlf(await readFile(path)).subarray(range.start, range.end)
    const handle = await open(path)
    try {
      const { size } = await handle.stat()
      const length = Math.max(0, Math.min(range.end, size) - range.start)
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await handle.read(bytes, 0, length, range.start)
      return bytes.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  })

export const streamWhole = (ctx: Context, which: Which): Readable =>
  Readable.from(chunks(ctx, which), { objectMode: false })

async function* chunks(ctx: Context, which: Which): AsyncGenerator<Buffer> {
  const source = await withFile(ctx, which, async ({ path, ends }) =>
    ends === 'lf' ? withCrlf(await readFile(path)) : { handle: await open(path) },
  )
  if (Buffer.isBuffer(source)) yield source
  else yield* createReadStream('', { fd: source.handle, autoClose: true, highWaterMark: 256 * 1024 })
}

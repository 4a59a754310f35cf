// The bytes of a message. Files move (a flag is a rename): whoever misses one waits for the lane and asks again.
import { closeSync, createReadStream, fstatSync, openSync, read } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { pathOf, type Context } from './context'
import { StoreError } from './contract'
import { withCrlf } from './facts'
import { isMissing } from './maildir'

interface File {
  path: string
  ends: 'crlf' | 'lf'
}

export const fileOf = (ctx: Context, mailbox: number, uid: number): File => {
  const row = ctx
    .q<{ name: string; ends: 'crlf' | 'lf'; folder: string | null }>(
      `select message.name, ends, folder from message join mailbox on mailbox.id = message.mailbox
       where mailbox = ? and uid = ?`,
    )
    .get(mailbox, uid)
  if (!row) throw new StoreError('nonexistent', 'no such message')
  return { path: join(pathOf(ctx, row), row.name), ends: row.ends }
}

const readAt = promisify(read)

/**
 * Only the reading goes through the thread pool: opening costs less than the way there and back, which for a file
 * would be gone four times.
 */
const bytesOf = async (path: string, { start, end }: { start: number; end: number }): Promise<Buffer> => {
  const file = openSync(path, 'r')
  try {
    const length = Math.max(0, Math.min(end, fstatSync(file).size) - start)
    const bytes = Buffer.allocUnsafeSlow(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await readAt(file, bytes, filled, length - filled, start + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}

const wholeOf = async ({ path, ends }: File): Promise<Buffer> => {
  const bytes = await bytesOf(path, { start: 0, end: Infinity })
  return ends === 'lf' ? withCrlf(bytes) : bytes
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

export const readWhole = (ctx: Context, which: Which): Promise<Buffer> => withFile(ctx, which, wholeOf)

export const readPiece = (
  ctx: Context,
  which: Which,
  range: { start: number; end: number },
): Promise<Buffer> =>
  withFile(ctx, which, async (file) =>
    file.ends === 'lf' ? (await wholeOf(file)).subarray(range.start, range.end) : bytesOf(file.path, range),
  )

export const streamWhole = (ctx: Context, which: Which): Readable =>
  Readable.from(chunks(ctx, which), { objectMode: false })

async function* chunks(ctx: Context, which: Which): AsyncGenerator<Buffer> {
  const source = await withFile(ctx, which, async ({ path, ends }) =>
    ends === 'lf' ? wholeOf({ path, ends }) : { handle: await open(path) },
  )
  if (Buffer.isBuffer(source)) yield source
  else yield* createReadStream('', { fd: source.handle, autoClose: true, highWaterMark: 256 * 1024 })
}

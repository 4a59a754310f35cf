// The bytes of a message. Files move (a flag is a rename): whoever misses one waits for the lane and asks again.
import { closeSync, createReadStream, fstatSync, openSync, read, readSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { pathOf, type Context } from './context'
import { largeMessage, StoreError } from './contract'
import { decodePart, readMessage, type Decoded, type Part } from '../message'
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

/** One read of the disk at most: the way to the thread pool and back costs many times what the page cache does. */
const readHere = 64 * 1024

/** Opening, and the reading of what is small, are done here; a long read goes through the thread pool. */
const bytesOf = async (path: string, { start, end }: { start: number; end: number }): Promise<Buffer> => {
  const file = openSync(path, 'r')
  try {
    const length = Math.max(0, Math.min(end, fstatSync(file).size) - start)
    const bytes = Buffer.allocUnsafeSlow(length)
    let filled = 0
    while (filled < length) {
      const place = [file, bytes, filled, length - filled, start + filled] as const
      const bytesRead = length <= readHere ? readSync(...place) : (await readAt(...place)).bytesRead
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}

const keepFor = 10_000

/** The last large message that had to be given CRLF: its pieces are asked for one after the other. */
let converted: { path: string; bytes: Promise<Buffer>; timer: NodeJS.Timeout } | null = null

const convertedOf = (ctx: Context, path: string): Promise<Buffer> => {
  if (converted?.path !== path) {
    if (converted) clearTimeout(converted.timer)
    const forget = () => {
      if (converted === mine) converted = null
    }
    const bytes = ctx.text.heavy({ what: 'wire', path, ends: 'lf' })
    const mine = { path, bytes, timer: setTimeout(forget, keepFor).unref() }
    converted = mine
    bytes.catch(forget)
  }
  converted.timer.refresh()
  return converted.bytes
}

const wholeOf = async (ctx: Context, { path, ends }: File): Promise<Buffer> => {
  if (ends === 'crlf') return bytesOf(path, { start: 0, end: Infinity })
  const { size } = await stat(path)
  return size > largeMessage ? convertedOf(ctx, path) : withCrlf(await bytesOf(path, { start: 0, end: size }))
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
  withFile(ctx, which, (file) => wholeOf(ctx, file))

export const readPiece = (
  ctx: Context,
  which: Which,
  range: { start: number; end: number },
): Promise<Buffer> =>
  withFile(ctx, which, async (file) =>
    file.ends === 'lf'
      ? (await wholeOf(ctx, file)).subarray(range.start, range.end)
      : bytesOf(file.path, range),
  )

const isLarge = async ({ path }: File) => (await stat(path)).size > largeMessage

/** The MIME tree. */
export const readTree = (ctx: Context, which: Which): Promise<Part> =>
  withFile(ctx, which, async (file) =>
    (await isLarge(file)) ? ctx.text.heavy({ what: 'tree', ...file }) : readMessage(await wholeOf(ctx, file)),
  )

export const readDecoded = (ctx: Context, which: Which, part: readonly number[]): Promise<Decoded> =>
  withFile(ctx, which, async (file) => {
    if (await isLarge(file)) return ctx.text.heavy({ what: 'decode', part, ...file })
    const bytes = await wholeOf(ctx, file)
    return decodePart(bytes, readMessage(bytes), part)
  })

export const streamWhole = (ctx: Context, which: Which): Readable =>
  Readable.from(chunks(ctx, which), { objectMode: false })

async function* chunks(ctx: Context, which: Which): AsyncGenerator<Buffer> {
  const source = await withFile(ctx, which, async ({ path, ends }) =>
    ends === 'lf' ? wholeOf(ctx, { path, ends }) : { handle: await open(path) },
  )
  if (Buffer.isBuffer(source)) yield source
  else yield* createReadStream('', { fd: source.handle, autoClose: true, highWaterMark: 256 * 1024 })
}

import 'server-only'
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { AppError } from '@/lib/model/errors'

// What a zip archive holds (PKWARE APPNOTE 6.3), read from its directory at the end. Names are only looked at, never
// used as paths. Invariants against archives made to exhaust us: what lies in it never overlaps (4.4.7), so that a
// few bytes are not unpacked again and again; and whoever reads counts what comes out, against a limit of its own
// and against what is left for the whole archive.

export interface Packed {
  name: string
  /** As it lies in the archive. */
  packed: number
  /** What comes out, at most `most` bytes. */
  bytes: (most: number, left: Budget) => AsyncGenerator<Buffer>
}

/** How much may still come out of the whole archive. */
export interface Budget {
  bytes: number
}

const mostDirectory = 64 * 1024 * 1024
const endSize = 22
const longestComment = 65_535
const headSize = 30

const broken = () => new AppError('bad-request', 'zip')

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

const pieceBytes = 64 * 1024

/** A part of a file in pieces; a stream of the file's own would close it behind the first reader. */
export async function* piecesOf(
  file: FileHandle,
  { start, length }: { start: number; length: number },
): AsyncGenerator<Buffer> {
  for (let at = start; at < start + length;) {
    const piece = await readAt(file, at, Math.min(pieceBytes, start + length - at))
    if (piece.length === 0) return
    at += piece.length
    yield piece
  }
}

interface Directory {
  count: number
  offset: number
  length: number
}

/** 4.3.16, which stands last but for a comment. */
const findDirectory = async (file: FileHandle, size: number): Promise<Directory> => {
  const from = Math.max(0, size - endSize - longestComment)
  const tail = await readAt(file, from, size - from)
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (at < 0 || at + endSize > tail.length) throw broken()
  const [count, length, offset] = [
    tail.readUInt16LE(at + 10),
    tail.readUInt32LE(at + 12),
    tail.readUInt32LE(at + 16),
  ]
  // ZIP64 (4.5.3) begins where these run out.
  if (count === 0xffff || length > mostDirectory) throw new AppError('too-large')
  if (offset + length > size) throw broken()
  return { count, offset, length }
}

interface Entry {
  name: string
  method: number
  sum: number
  packed: number
  offset: number
}

/** 4.3.12, without folders and without what is encrypted. */
const readDirectory = (bytes: Buffer, count: number): Entry[] => {
  const entries: Entry[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken()
    const flags = bytes.readUInt16LE(at + 8)
    const [named, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const name = bytes.toString(flags & 0x0800 ? 'utf8' : 'latin1', at + 46, at + 46 + named)
    if (!(flags & 1) && !name.endsWith('/'))
      entries.push({
        name,
        method: bytes.readUInt16LE(at + 10),
        sum: bytes.readUInt32LE(at + 16),
        packed: bytes.readUInt32LE(at + 20),
        offset: bytes.readUInt32LE(at + 42),
      })
    at += 46 + named + extra + comment
  }
  return entries
}

const refuseOverlaps = (entries: readonly Entry[], end: number): void => {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  inOrder.forEach(({ offset, packed }, index) => {
    if (offset + headSize + packed > (inOrder[index + 1]?.offset ?? end)) throw broken()
  })
}

async function* unpack(file: FileHandle, { method, packed, offset }: Entry): AsyncGenerator<Buffer> {
  const head = await readAt(file, offset, headSize)
  if (head.length < headSize || head.readUInt32LE(0) !== 0x04034b50) throw broken()
  const start = offset + headSize + head.readUInt16LE(26) + head.readUInt16LE(28)
  const raw = piecesOf(file, { start, length: packed })
  if (method === 0) return yield* raw
  if (method !== 8) throw broken()
  // The pipeline ends both with whichever fails; what failed is met where it is read.
  yield* pipeline(Readable.from(raw), createInflateRaw(), () => undefined) as AsyncIterable<Buffer>
}

async function* counted(
  file: FileHandle,
  entry: Entry,
  limits: { most: number; left: Budget },
): AsyncGenerator<Buffer> {
  let [size, sum] = [0, 0]
  try {
    for await (const chunk of unpack(file, entry)) {
      size += chunk.length
      limits.left.bytes -= chunk.length
      if (size > limits.most || limits.left.bytes < 0) throw new AppError('too-large')
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : broken()
  }
  if (sum !== entry.sum) throw broken()
}

export const packedIn = async (file: FileHandle, size: number): Promise<Packed[]> => {
  const { count, offset, length } = await findDirectory(file, size)
  const entries = readDirectory(await readAt(file, offset, length), count)
  refuseOverlaps(entries, offset)
  return entries.map((entry) => ({
    name: entry.name,
    packed: entry.packed,
    bytes: (most, left) => counted(file, entry, { most, left }),
  }))
}

export const isZip = (head: Buffer): boolean => head.readUInt32LE(0) === 0x04034b50

// How the journal's records lie in its files: whole ones under one key count, from the start of a file to the first that is not.
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** key, length of head, length of body, checksum of both lengths and both */
export const keyLength = 16
const prologue = keyLength + 12

export interface JournalEntry {
  id: string
  /** Whatever the queue must know of it, as JSON. */
  head: unknown
  bytes: Buffer
}

export const record = (key: Buffer, head: Buffer, body: Buffer): Buffer[] => {
  const front = Buffer.alloc(prologue)
  key.copy(front)
  front.writeUInt32BE(head.length, keyLength)
  front.writeUInt32BE(body.length, keyLength + 4)
  const sum = crc32(body, crc32(head, crc32(front.subarray(keyLength, keyLength + 8))))
  front.writeUInt32BE(sum, keyLength + 8)
  return [front, head, body]
}

export interface Line {
  order: number
  id: string
  head?: unknown
  revoked?: true
}

/** Whole records under one key, from the start of the file. */
const readPart = (bytes: Buffer): { line: Line; body: Buffer }[] => {
  const found: { line: Line; body: Buffer }[] = []
  const key = bytes.subarray(0, keyLength)
  if (key.every((byte) => byte === 0)) return []
  for (let at = 0; at + prologue <= bytes.length;) {
    if (!bytes.subarray(at, at + keyLength).equals(key)) break
    const lengths = bytes.subarray(at + keyLength, at + keyLength + 8)
    const start = at + prologue
    const middle = start + lengths.readUInt32BE(0)
    const end = middle + lengths.readUInt32BE(4)
    if (end > bytes.length) break
    if (crc32(bytes.subarray(start, end), crc32(lengths)) !== bytes.readUInt32BE(at + keyLength + 8)) break
    const line = JSON.parse(bytes.toString('utf8', start, middle)) as Line
    found.push({ line, body: bytes.subarray(middle, end) })
    at = end
  }
  return found
}

export const readAll = (paths: readonly string[]): JournalEntry[] => {
  const records = paths.flatMap((path) => readPart(readFileSync(path)))
  const revoked = new Set(records.filter(({ line }) => line.revoked).map(({ line }) => line.id))
  return records
    .filter(({ line }) => !line.revoked && !revoked.has(line.id))
    .sort((a, b) => a.line.order - b.line.order)
    .map(({ line: { id, head }, body }) => ({ id, head, bytes: Buffer.from(body) }))
}

import 'server-only'
import { Readable } from 'node:stream'
import { constants, crc32, createDeflateRaw } from 'node:zlib'

// A zip archive as it is made (PKWARE APPNOTE 6.3): one file after the other, nothing kept but names and sums.
// Sizes follow each file (4.4.4 bit 3), so no file is held; names are UTF-8 (bit 11).

export interface Entry {
  /** Clean: no path, no control character. See `distinctNames`. */
  name: string
  bytes: () => AsyncIterable<Uint8Array>
}

interface Written {
  name: Buffer
  offset: number
  sum: number
  packed: number
  size: number
}

const largest = 0xffffffff
const flags = 0x0808
const deflated = 8

/** MS-DOS date and time (4.4.6): two-second steps, years from 1980. */
const dosTime = (when: Date): number => {
  const year = Math.min(Math.max(when.getUTCFullYear() - 1980, 0), 127)
  const date = (year << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate()
  const time = (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1)
  return ((date << 16) | time) >>> 0
}

const fields = (...all: [bytes: 2 | 4, value: number][]): Buffer => {
  const out = Buffer.alloc(all.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of all)
    at = bytes === 2 ? out.writeUInt16LE(value, at) : out.writeUInt32LE(value, at)
  return out
}

const localHeader = (name: Buffer, time: number): Buffer =>
  Buffer.concat([
    fields([4, 0x04034b50], [2, 20], [2, flags], [2, deflated], [4, time]),
    fields([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    name,
  ])

const descriptor = ({ sum, packed, size }: Written): Buffer =>
  fields([4, 0x08074b50], [4, sum], [4, packed], [4, size])

const centralHeader = ({ name, offset, sum, packed, size }: Written, time: number): Buffer =>
  Buffer.concat([
    fields([4, 0x02014b50], [2, 20], [2, 20], [2, flags], [2, deflated], [4, time]),
    fields([4, sum], [4, packed], [4, size], [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0]),
    fields([4, 0], [4, offset]),
    name,
  ])

const ending = (count: number, size: number, offset: number): Buffer =>
  fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0])

const tooLarge = (bytes: number): void => {
  if (bytes > largest) throw new Error('the archive would need ZIP64')
}

/** What comes through is counted into `written`; attachments are mostly packed already, so speed counts. */
async function* packed(entry: Entry, written: Written): AsyncGenerator<Buffer> {
  async function* counted() {
    for await (const chunk of entry.bytes()) {
      written.sum = crc32(chunk, written.sum)
      written.size += chunk.length
      yield chunk
    }
  }
  const source = Readable.from(counted())
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED })
  source.once('error', (cause) => deflate.destroy(cause))
  try {
    for await (const chunk of source.pipe(deflate) as AsyncIterable<Buffer>) {
      written.packed += chunk.length
      yield chunk
    }
  } finally {
    source.destroy()
  }
}

export async function* zip(entries: readonly Entry[], when: Date): AsyncGenerator<Buffer> {
  const time = dosTime(when)
  const all: Written[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const written: Written = { name, offset, sum: 0, packed: 0, size: 0 }
    const header = localHeader(name, time)
    yield header
    yield* packed(entry, written)
    yield descriptor(written)
    offset += header.length + written.packed + 16
    tooLarge(Math.max(offset, written.size))
    all.push(written)
  }
  const central = Buffer.concat(all.map((one) => centralHeader(one, time)))
  yield Buffer.concat([central, ending(all.length, central.length, offset)])
}

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Each name once, whatever case the file system keeps: `plan.pdf`, `plan (2).pdf`. */
export const distinctNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>()
  return names.map((given) => {
    const name = reserved.test(given) ? `_${given}` : given
    const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length
    let shown = name
    for (let count = 2; taken.has(folded(shown)); count++)
      shown = `${name.slice(0, dot)} (${count})${name.slice(dot)}`
    taken.add(folded(shown))
    return shown
  })
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase()

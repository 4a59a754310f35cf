import 'server-only'

// What the bytes are, whatever the answer called them. Only rasters that browsers decode without executing
// anything; and none so large that decoding it would be the attack.

export interface Raster {
  type: string
  width: number
  height: number
}

const mostPixels = 60_000_000
const longestSide = 20_000

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

const png = (b: Buffer): Raster | null =>
  b.length > 24 && b.readUInt32BE(0) === 0x89504e47 && ascii(b, 12, 16) === 'IHDR'
    ? { type: 'image/png', width: b.readUInt32BE(16), height: b.readUInt32BE(20) }
    : null

const gif = (b: Buffer): Raster | null =>
  b.length > 10 && /^GIF8[79]a$/.test(ascii(b, 0, 6))
    ? { type: 'image/gif', width: b.readUInt16LE(6), height: b.readUInt16LE(8) }
    : null

const bmp = (b: Buffer): Raster | null =>
  b.length > 26 && ascii(b, 0, 2) === 'BM'
    ? { type: 'image/bmp', width: Math.abs(b.readInt32LE(18)), height: Math.abs(b.readInt32LE(22)) }
    : null

/** The frame header tells the size: SOF0 to SOF15, but DHT, JPG and DAC (ITU T.81 table B.1). */
const jpeg = (b: Buffer): Raster | null => {
  if (b.length < 10 || b.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < b.length && b[at] === 0xff;) {
    const marker = b[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', width: b.readUInt16BE(at + 7), height: b.readUInt16BE(at + 5) }
    at += 2 + b.readUInt16BE(at + 2)
  }
  return null
}

/** RFC 9649 section 2: VP8, VP8L and VP8X each say their size in their own way. */
const webp = (b: Buffer): Raster | null => {
  if (b.length < 30 || ascii(b, 0, 4) !== 'RIFF' || ascii(b, 8, 12) !== 'WEBP') return null
  const type = 'image/webp'
  const kind = ascii(b, 12, 16)
  if (kind === 'VP8 ')
    return { type, width: b.readUInt16LE(26) & 0x3fff, height: b.readUInt16LE(28) & 0x3fff }
  if (kind === 'VP8X') return { type, width: b.readUIntLE(24, 3) + 1, height: b.readUIntLE(27, 3) + 1 }
  if (kind !== 'VP8L') return null
  const bits = b.readUInt32LE(21)
  return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** ISO/IEC 23008-12: the `ispe` property holds the size; its place varies, its name does not. */
const avif = (b: Buffer): Raster | null => {
  if (b.length < 32 || ascii(b, 4, 8) !== 'ftyp' || !/avif|avis/.test(ascii(b, 8, 32))) return null
  const at = b.subarray(0, 4096).indexOf('ispe')
  if (at < 0 || at + 16 > b.length) return null
  return { type: 'image/avif', width: b.readUInt32BE(at + 8), height: b.readUInt32BE(at + 12) }
}

export const rasterOf = (bytes: Buffer): Raster | null => {
  const found = png(bytes) ?? gif(bytes) ?? jpeg(bytes) ?? webp(bytes) ?? avif(bytes) ?? bmp(bytes)
  if (!found || found.width > longestSide || found.height > longestSide) return null
  return found.width * found.height > mostPixels ? null : found
}

import 'server-only'

// Content transfer encodings (RFC 2045 section 6) of whole, bounded pieces. Lenient: what is broken gives
// what can be read.
export const decodeTransfer = (bytes: Buffer, encoding: string): Buffer => {
  if (encoding === 'base64') return fromBase64(bytes)
  if (encoding === 'quoted-printable') return fromQuotedPrintable(bytes)
  return bytes
}

/** Padding amid the text ends one encoded piece, not the whole: some mailers encode in pieces. */
const fromBase64 = (bytes: Buffer): Buffer => {
  const clean = bytes.toString('latin1').replace(/[^A-Za-z0-9+/=]+/g, '')
  const firstPad = clean.indexOf('=')
  if (firstPad < 0 || firstPad >= clean.length - 2) return Buffer.from(clean, 'base64')
  return Buffer.concat(clean.split(/=+/).map((piece) => Buffer.from(piece, 'base64')))
}

const equals = 0x3d

const fromQuotedPrintable = (bytes: Buffer): Buffer => {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte !== equals) {
      out[length++] = byte
      continue
    }
    const softBreak = softBreakAt(bytes, at + 1)
    const value = softBreak ? -1 : hexAt(bytes, at + 1)
    if (softBreak) at += softBreak
    else if (value >= 0) {
      out[length++] = value
      at += 2
    } else out[length++] = byte
  }
  return out.subarray(0, length)
}

/** Length of `[blanks] CRLF` at this place, or of what is left when the text ends in `=`; 0 for none. */
const softBreakAt = (bytes: Buffer, from: number): number => {
  let at = from
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++
  if (at >= bytes.length) return Math.max(1, at - from)
  if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) return at + 2 - from
  return bytes[at] === 0x0a || bytes[at] === 0x0d ? at + 1 - from : 0
}

const digits = new Int8Array(256).fill(-1)
for (const digit of '0123456789abcdefABCDEF') digits[digit.charCodeAt(0)] = parseInt(digit, 16)

const hexAt = (bytes: Buffer, at: number): number => {
  const [high = -1, low = -1] = [digits[bytes[at] ?? 0], digits[bytes[at + 1] ?? 0]]
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

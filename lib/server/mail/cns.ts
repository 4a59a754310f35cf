import 'server-only'
import iconv from 'iconv-lite'

// CNS 11643 plane 1, the traditional characters of ISO-2022-CN (RFC 1922), by way of Big5: its first level holds
// the same characters in nearly the same order. Each run: first and last in Big5, first in CNS.
const runs: readonly (readonly [number, number, number])[] = [
  [0xa140, 0xa1f5, 0x2121],
  [0xa1f6, 0xa1f6, 0x2258],
  [0xa1f7, 0xa1f7, 0x2257],
  [0xa1f8, 0xa2ae, 0x2259],
  [0xa2af, 0xa3bf, 0x2421],
  [0xa440, 0xacfd, 0x4421],
  [0xacfe, 0xacfe, 0x5753],
  [0xad40, 0xafcf, 0x5323],
  [0xafd0, 0xbbc7, 0x5754],
  [0xbbc8, 0xbe51, 0x6b51],
  [0xbe52, 0xbe52, 0x6b50],
  [0xbe53, 0xc1aa, 0x6f5c],
  [0xc1ab, 0xc2ca, 0x7536],
  [0xc2cb, 0xc2cb, 0x7535],
  [0xc2cc, 0xc360, 0x7737],
  [0xc361, 0xc3b8, 0x782e],
  [0xc3b9, 0xc3b9, 0x7865],
  [0xc3ba, 0xc3ba, 0x7864],
  [0xc3bb, 0xc455, 0x7866],
  [0xc456, 0xc456, 0x782d],
  [0xc457, 0xc67e, 0x7962],
]

const inCns = (code: number): number => ((code >> 8) - 0x21) * 94 + (code & 0xff) - 0x21
const inBig5 = (code: number): number => {
  const low = code & 0xff
  return ((code >> 8) - 0xa1) * 157 + (low < 0x7f ? low - 0x40 : low - 0xa1 + 63)
}
const big5At = (index: number): Buffer => {
  const low = index % 157
  return Buffer.from([0xa1 + Math.floor(index / 157), low < 63 ? low + 0x40 : low - 63 + 0xa1])
}

const charOf = (code: number): string => {
  for (const [first, last, start] of runs) {
    const offset = inCns(code) - inCns(start)
    if (offset >= 0 && offset <= inBig5(last) - inBig5(first))
      return iconv.decode(big5At(inBig5(first) + offset), 'big5')
  }
  return '\ufffd'
}

/** Bytes without their eighth bit, two for a character. */
export const decodeCns = (bytes: Buffer): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) text += charOf(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
  return text
}

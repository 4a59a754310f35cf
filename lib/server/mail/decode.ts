import 'server-only'
import iconv from 'iconv-lite'
import { charsetOf, guessCharset } from './charset'
import { decodeIso2022 } from './iso2022'

// Text out of foreign bytes. Every result is bounded and free of what could disturb a line of ours: control
// characters, and the bidirectional embeddings and overrides that make a name read backwards.

const unwanted =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}\ufeff]+/gu

/** One line that can stand in a list, a heading or a file name. */
export const oneLine = (text: string, most = 2000): string =>
  text
    .slice(0, most * 4)
    .replace(unwanted, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .replace(/\p{Surrogate}/gu, '\ufffd')

const utf8 = new TextDecoder('utf-8', { fatal: true })

const asUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

const sevenBitName = /^(cs)?iso-?2022|^hz|utf-?7$|^csunicode11utf7/
/** Japanese in seven bits under any label: nothing else has these escapes (RFC 1468). */
const japaneseEscape = /\x1b\$[@B]/

/** What is valid UTF-8 and not plain ASCII is UTF-8, whatever its label says: nothing else looks like it. */
export const decodeBytes = (bytes: Buffer, label: string): string => {
  const charset = charsetOf(label)
  // The 7-bit encodings are valid UTF-8 as they stand, so their label has the word.
  if (sevenBitName.test(charset)) return sevenBit(bytes, charset)
  if (/^utf-?(16|32)/.test(charset)) return iconv.decode(bytes, charset)
  const asLabelled = asUtf8(bytes)
  if (asLabelled !== null) return japaneseEscape.test(asLabelled) ? decodeIso2022(bytes, false) : asLabelled
  return iconv.decode(bytes, charsetOfWide(bytes, charset))
}

/** For bytes that are not UTF-8. */
const charsetOfWide = (bytes: Buffer, charset: string): string => {
  if (charset === 'utf-8') return mostLikely(bytes)
  // These two are what is said when nothing is known.
  if (charset === 'windows-1252' || !iconv.encodingExists(charset)) return guessCharset(bytes, 'windows-1252')
  const isBroken = iconv.decode(bytes.subarray(0, 4000), charset).slice(0, -1).includes('\ufffd')
  return isBroken ? guessCharset(bytes, charset) : charset
}

// Labelled UTF-8 but not: a few broken bytes in UTF-8 text stay UTF-8; text without any is something else.
const mostLikely = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  const broken = text.split('\ufffd').length - 1
  const wide = text.replace(/[\u0000-\u007f\ufffd]/g, '').length
  return wide >= broken ? 'utf-8' : guessCharset(bytes, 'windows-1252')
}

const sevenBit = (bytes: Buffer, charset: string): string => {
  if (charset.includes('2022')) return decodeIso2022(bytes, charset.includes('kr'))
  if (!charset.startsWith('hz')) return iconv.decode(bytes, 'utf-7')
  // RFC 1843: ~{ and ~} switch to two-byte GB2312 and back, ~~ is one tilde, and ~ at the end joins lines.
  return iconv.decode(shifted(bytes), 'gbk').replaceAll('~\n', '').replaceAll('~~', '~')
}

/** The eighth bit says in one code what a shift says in the other. */
const shifted = (bytes: Buffer): Buffer => {
  const high = (_: string, inside: string) =>
    inside.replace(/[\x21-\x7e]/g, (char) => String.fromCharCode(char.charCodeAt(0) | 0x80))
  return Buffer.from(bytes.toString('latin1').replace(/~\{([^]*?)(?:~\}|(?=\r?\n)|$)/g, high), 'latin1')
}

const longestHeader = 100_000

const encodedWord = /=\?([\w.:+-]{1,60})(?:\*[\w-]{0,30})?\?([bq])\?([^?]*)\?=/gi
const runOfWords = /(?:=\?[\w.:+-]{1,60}(?:\*[\w-]{0,30})?\?[bq]\?[^?]*\?=)+/gi

const bytesOfWord = (encoding: string, text: string): Buffer => {
  if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64')
  const plain = text
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

/** Neighbours in one charset are one text: mailers cut characters in two (RFC 2047 section 5 forbids it). */
const decodeRun = (run: string): string => {
  const pieces: { charset: string; bytes: Buffer[] }[] = []
  for (const [, charset = '', encoding = '', text = ''] of run.matchAll(encodedWord)) {
    const last = pieces.at(-1)
    const bytes = bytesOfWord(encoding, text)
    if (last?.charset === charset.toLowerCase()) last.bytes.push(bytes)
    else pieces.push({ charset: charset.toLowerCase(), bytes: [bytes] })
  }
  return pieces.map(({ charset, bytes }) => decodeBytes(Buffer.concat(bytes), charset)).join('')
}

/** A header's text: raw 8-bit (RFC 6532, or older sins), then encoded words (RFC 2047) in all their misuse. */
export const decodeHeader = (bytes: Buffer | null): string => {
  if (!bytes) return ''
  const raw = decodeBytes(bytes.subarray(0, longestHeader), 'utf-8')
  if (!raw.includes('=?')) return raw
  // White space between two encoded words belongs to neither (section 6.2).
  return raw
    .replace(/\?=\s+(?==\?[\w.:+-]{1,60}(?:\*[\w-]{0,30})?\?[bq]\?)/gi, '?=')
    .replace(runOfWords, decodeRun)
}

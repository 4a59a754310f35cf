import 'server-only'
import iconv from 'iconv-lite'
import libmime from 'libmime'

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

// Labels in the wild, beyond what iconv-lite knows. ISO-8859-1 means windows-1252, as in every browser
// (WHATWG Encoding section 4.2).
const aliases: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  latin1: 'windows-1252',
  'ks_c_5601-1987': 'cp949',
  'x-gbk': 'gbk',
  gb2312: 'gbk',
  unicode: 'utf-16le',
  'iso-8859-8-i': 'iso-8859-8',
  'x-sjis': 'shift_jis',
  'x-user-defined': 'windows-1252',
}

const asUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/** What is valid UTF-8 and not plain ASCII is UTF-8, whatever its label says: nothing else looks like it. */
export const decodeBytes = (bytes: Buffer, label: string): string => {
  const charset = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
  const known = aliases[charset] ?? charset
  // The 7-bit encodings are valid UTF-8 as they stand, so their label has the word.
  if (/^(iso-2022-|hz-|utf-7|unicode-1-1-utf-7|csiso2022)/.test(known)) return sevenBit(bytes, known)
  if (/^utf-(16|32)/.test(known)) return iconv.decode(bytes, known)
  const asLabelled = asUtf8(bytes)
  if (asLabelled !== null) return asLabelled
  if (known.startsWith('utf-8') || known === 'utf8' || !iconv.encodingExists(known))
    return iconv.decode(bytes, /^utf-?8$/.test(known) ? mostLikely(bytes) : 'windows-1252')
  return iconv.decode(bytes, known)
}

// Labelled UTF-8 but not: a few broken bytes in UTF-8 text stay UTF-8; text without any is windows-1252.
const mostLikely = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  const broken = text.split('\ufffd').length - 1
  const wide = text.replace(/[\u0000-\u007f\ufffd]/g, '').length
  return wide >= broken ? 'utf-8' : 'windows-1252'
}

const sevenBit = (bytes: Buffer, charset: string): string => {
  const name = charset === 'unicode-1-1-utf-7' ? 'utf-7' : charset
  if (iconv.encodingExists(name)) return iconv.decode(bytes, name)
  return asUtf8(bytes) ?? iconv.decode(bytes, 'windows-1252')
}

const longestHeader = 100_000

/** A header's text: raw 8-bit (RFC 6532, or older sins), then encoded words (RFC 2047) in all their misuse. */
export const decodeHeader = (bytes: Buffer | null): string => {
  if (!bytes) return ''
  const raw = decodeBytes(bytes.subarray(0, longestHeader), 'utf-8')
  if (!raw.includes('=?')) return raw
  try {
    return libmime.decodeWords(mended(raw))
  } catch {
    return raw
  }
}

// Encoded words glued together or to text, which RFC 2047 section 5 forbids and mailers send.
const mended = (raw: string): string => raw.replace(/\?==\?/g, '?= =?')

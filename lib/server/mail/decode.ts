import 'server-only'
import iconv from 'iconv-lite'

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
  if (/^(iso-?2022-|hz|utf-?7|unicode-1-1-utf-7|csiso2022|csunicode11utf7)/.test(known))
    return sevenBit(bytes, known)
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
  if (charset.includes('utf-7')) return iconv.decode(bytes, 'utf-7')
  if (/^(cs)?iso-?2022-?jp/.test(charset)) return new TextDecoder('iso-2022-jp').decode(bytes)
  // RFC 1843: ~{ and ~} switch to two-byte GB2312 and back, and ~~ is one tilde.
  if (charset.startsWith('hz'))
    return iconv.decode(shifted(bytes, /~\{([^]*?)(?:~\}|$)/g), 'gbk').replaceAll('~~', '~')
  // RFC 1557 and RFC 1922: shift out and shift in, after the escape that says which set.
  const plain = Buffer.from(bytes.toString('latin1').replace(/\x1b[$][)*+][A-Z]/g, ''), 'latin1')
  return iconv.decode(shifted(plain, /\x0e([^\x0f]*)(?:\x0f|$)/g), charset.includes('kr') ? 'cp949' : 'gbk')
}

/** The eighth bit says in one code what a shift says in the other. */
const shifted = (bytes: Buffer, pattern: RegExp): Buffer => {
  const high = (_: string, inside: string) =>
    inside.replace(/[\x21-\x7e]/g, (char) => String.fromCharCode(char.charCodeAt(0) | 0x80))
  return Buffer.from(bytes.toString('latin1').replace(pattern, high), 'latin1')
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

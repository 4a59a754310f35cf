// RFC 2047 encoded words in header text. Bounded: an encoded word is at most 75 characters by section 2; we accept
// longer ones (they are common) up to the length of the field, which the header reader bounds.
import { decodeCharset } from './charset'

const word = /=\?([^?\s*]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\r\n]*)\?=/g

interface Piece {
  charset: string
  bytes: Buffer[]
}

const bytesOf = (encoding: string, text: string): Buffer =>
  encoding === 'b' || encoding === 'B'
    ? Buffer.from(text, 'base64')
    : Buffer.from(
        text
          .replace(/_/g, ' ')
          .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      )

/**
 * RFC 2047 section 6.2: white space between two encoded words is not shown. Neighbours of one charset are joined
 * before decoding, because senders split multi-byte characters across words.
 */
export const decodeWords = (text: string): string => {
  if (!text.includes('=?')) return text
  let out = ''
  let at = 0
  let open: Piece | null = null
  const close = () => {
    if (open) out += decodeCharset(Buffer.concat(open.bytes), open.charset)
    open = null
  }
  for (const match of text.matchAll(word)) {
    const gap = text.slice(at, match.index)
    const bytes = bytesOf(match[2]!, match[3]!)
    const charset = match[1]!.toLowerCase()
    const before = open as Piece | null
    if (before && /^\s*$/.test(gap)) {
      if (before.charset === charset) before.bytes.push(bytes)
      else {
        close()
        open = { charset, bytes: [bytes] }
      }
    } else {
      close()
      out += gap
      open = { charset, bytes: [bytes] }
    }
    at = match.index + match[0].length
  }
  close()
  return out + text.slice(at)
}

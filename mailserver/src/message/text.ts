// What a person would read in a message: decoded text parts, for preview and search.
//
// Invariant: decoded text is bounded per message (`mostText`), however the bytes were compressed or encoded.
import libqp from 'libqp'
import { decodeCharset } from './charset'
import { firstValue, valueOf } from './header'
import { decodeParameter, parameter, parseParameterised } from './parameters'
import { htmlText } from './html-text'
import type { Part } from './part'
import { decodeWords } from './words'

export const mostText = 32 * 1024 * 1024

export const encodingName = (bytes: Buffer, part: Part): string =>
  parseParameterised(
    firstValue(bytes, part.fields, 'content-transfer-encoding') ?? '7bit',
  ).value.toLowerCase()

/** RFC 2045 section 6: the body without its transfer encoding; null for an encoding we do not know. */
export const decodeBody = (body: Buffer, encoding: string): Buffer | null => {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding === 'quoted-printable') return libqp.decode(body.toString('latin1'))
  return ['7bit', '8bit', 'binary', ''].includes(encoding) ? body : null
}

export const partText = (bytes: Buffer, part: Part): string => {
  const body = bytes.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + mostText))
  const decoded = decodeBody(body, encodingName(bytes, part)) ?? body
  return decodeCharset(decoded, parameter(part.contentType, 'charset') ?? '')
}

/** As a person sees it: of HTML the text, without tags. */
const shownText = (bytes: Buffer, part: Part): string => {
  const text = partText(bytes, part)
  return part.subtype.toLowerCase() === 'html' ? htmlText(text) : text
}

/** One line a field: an encoded line end cannot make another. */
export const headerText = (bytes: Buffer, part: Part): string =>
  part.fields
    .map((field) => `${field.name}: ${decodeWords(valueOf(bytes, field)).replace(/[\r\n]+/g, ' ')}\n`)
    .join('')

export const fileNameOf = (bytes: Buffer, part: Part): string | null => {
  const raw = firstValue(bytes, part.fields, 'content-disposition')
  return (
    (raw ? decodeParameter(parseParameterised(raw), 'filename') : null) ??
    decodeParameter(part.contentType, 'name')
  )
}

/** Everything SEARCH BODY looks at: text parts, attachment names, and the headers of enclosed messages. */
export const bodyText = (bytes: Buffer, message: Part): string => {
  const pieces: string[] = []
  let length = 0
  const add = (text: string) => {
    if (length < mostText) pieces.push(text)
    length += text.length
  }
  const walk = (part: Part, isRoot: boolean) => {
    const name = isRoot ? null : fileNameOf(bytes, part)
    if (name) add(name)
    if (part.kind === 'leaf' && part.type.toLowerCase() === 'text') add(shownText(bytes, part))
    if (part.kind === 'message' && part.children[0]) add(headerText(bytes, part.children[0]))
    for (const child of part.children) walk(child, part.kind === 'message')
  }
  walk(message, true)
  return pieces.join('\n')
}

const firstText = (part: Part, subtype: string): Part | null => {
  if (part.kind === 'leaf') {
    return part.type.toLowerCase() === 'text' && part.subtype.toLowerCase() === subtype ? part : null
  }
  for (const child of part.children) {
    const found = firstText(child, subtype)
    if (found) return found
  }
  return null
}

const previewSource = 8 * 1024

/** RFC 8970 section 3: at most 200 characters of the text, white space collapsed, no markup. */
export const previewText = (bytes: Buffer, message: Part): string => {
  const part = firstText(message, 'plain') ?? firstText(message, 'html')
  if (!part) return ''
  const short = { ...part, bodyEnd: Math.min(part.bodyEnd, part.bodyStart + previewSource) }
  const text = shownText(bytes, short)
  const shown = part.subtype.toLowerCase() === 'html' ? text : text.replace(/^>.*$/gm, ' ')
  const line = shown.replace(/[\s\u200b-\u200f\u034f\u00ad\ufeff\p{Cc}]+/gu, ' ').trim()
  return [...line.slice(0, 400)].slice(0, 200).join('')
}

// The MIME tree of a message, as offsets into its bytes (RFC 2045, RFC 2046).
//
// Invariants:
//  - A child lies within its parent's body; offsets count bytes from the start of the buffer.
//  - Depth and number of parts are bounded; past the bound a part is a leaf, never an error.
//  - Time is bounded by depth times size: each level searches its own body once.
import { firstValue, readHeader, lineEnd, type Field } from './header'
import { parameter, parseParameterised, type Parameterised } from './parameters'

export const bounds = { depth: 30, parts: 1_000 } as const

export interface Part {
  kind: 'leaf' | 'multipart' | 'message'
  /** As written by the sender, without comments; `text` / `plain` where missing. */
  type: string
  subtype: string
  contentType: Parameterised
  fields: readonly Field[]
  start: number
  /** Where the blank line after the header starts (= bodyStart when there is none). */
  blank: number
  bodyStart: number
  bodyEnd: number
  /** Line ends within the body. */
  lines: number
  /** Of a multipart its parts; of message/rfc822 the one message inside. */
  children: readonly Part[]
}

interface Walk {
  bytes: Buffer
  parts: number
}

interface Span {
  start: number
  end: number
  depth: number
  /** The default type within multipart/digest is message/rfc822 (RFC 2046 section 5.1.5). */
  inDigest: boolean
}

export const countLines = (bytes: Buffer, start: number, end: number): number => {
  let lines = 0
  for (let at = bytes.indexOf(10, start); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

const contentTypeOf = (bytes: Buffer, fields: readonly Field[], inDigest: boolean) => {
  const fallback = inDigest ? 'message/rfc822' : 'text/plain'
  const given = firstValue(bytes, fields, 'content-type')
  const parsed = parseParameterised(given ?? fallback)
  const [type = '', subtype = ''] = parsed.value.split('/').map((half) => half.trim())
  // RFC 2045 section 5.2: what cannot be read as a type is plain text.
  if (!/^[^\s"\\]+$/.test(type) || !/^[^\s"\\]+$/.test(subtype)) {
    return { type: 'text', subtype: 'plain', contentType: parseParameterised('text/plain') }
  }
  return { type, subtype, contentType: parsed }
}

/** RFC 2046 section 5.1.1: the delimiter stands at a line's start and only white space may follow it. */
const delimiterAt = (walk: Walk, at: number, length: number, span: { start: number; end: number }) => {
  const { bytes } = walk
  if (at !== span.start && bytes[at - 1] !== 10) return null
  const next = lineEnd(bytes, at, span.end)
  const rest = bytes.toString('latin1', at + length, Math.min(next, at + length + 200)).trimEnd()
  if (rest !== '' && rest !== '--') return null
  const contentEnd = at === span.start ? at : bytes[at - 2] === 13 ? at - 2 : at - 1
  return { next, contentEnd, closes: rest === '--' }
}

const splitMultipart = (walk: Walk, span: { start: number; end: number }, boundary: string) => {
  const delimiter = Buffer.from(`--${boundary}`, 'utf8')
  const pieces: { start: number; end: number }[] = []
  let open = -1
  let from = span.start
  while (pieces.length + walk.parts < bounds.parts) {
    const at = walk.bytes.indexOf(delimiter, from)
    if (at === -1 || at >= span.end) break
    from = at + delimiter.length
    const found = delimiterAt(walk, at, delimiter.length, span)
    if (!found) continue
    if (open !== -1) pieces.push({ start: open, end: Math.max(open, found.contentEnd) })
    open = found.closes ? -1 : found.next
    if (found.closes) break
  }
  if (open !== -1) pieces.push({ start: open, end: span.end })
  return pieces
}

const childrenOf = (walk: Walk, part: Part, depth: number): Part[] => {
  const body = { start: part.bodyStart, end: part.bodyEnd }
  if (part.kind === 'message') return [readPart(walk, { ...body, depth: depth + 1, inDigest: false })]
  const boundary = parameter(part.contentType, 'boundary')
  if (!boundary) return []
  const inDigest = part.subtype.toLowerCase() === 'digest'
  return splitMultipart(walk, body, boundary).map((piece) =>
    readPart(walk, { ...piece, depth: depth + 1, inDigest }),
  )
}

const kindOf = (type: string, subtype: string): Part['kind'] => {
  if (type.toLowerCase() === 'multipart') return 'multipart'
  const name = `${type}/${subtype}`.toLowerCase()
  return name === 'message/rfc822' || name === 'message/global' ? 'message' : 'leaf'
}

const readPart = (walk: Walk, span: Span): Part => {
  walk.parts++
  const header = readHeader(walk.bytes, span.start, span.end)
  const named = contentTypeOf(walk.bytes, header.fields, span.inDigest)
  const deep = span.depth >= bounds.depth || walk.parts >= bounds.parts
  const found = kindOf(named.type, named.subtype)
  const tooDeep = deep && found !== 'leaf'
  const part: Part = {
    ...(tooDeep
      ? { type: 'application', subtype: 'octet-stream', contentType: parseParameterised('') }
      : named),
    kind: tooDeep ? 'leaf' : found,
    fields: header.fields,
    start: span.start,
    blank: header.blank,
    bodyStart: header.end,
    bodyEnd: span.end,
    lines: countLines(walk.bytes, header.end, span.end),
    children: [],
  }
  if (part.kind !== 'leaf') part.children = childrenOf(walk, part, span.depth)
  return part
}

export const readMessage = (bytes: Buffer): Part =>
  readPart({ bytes, parts: 0 }, { start: 0, end: bytes.length, depth: 0, inDigest: false })

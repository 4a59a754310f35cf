// One header block as it stands in the bytes: where each field starts and ends, nothing decoded.
//
// Invariants:
//  - Offsets count bytes from the start of the buffer and never leave [start, end].
//  - At most `limits.fields` fields are kept; what follows is still skipped up to the blank line, so the body starts
//    where it starts whatever the header holds.
export const limits = { fields: 2_000, value: 256 * 1024 } as const

export interface Field {
  /** In lower case. */
  name: string
  start: number
  valueStart: number
  /** After the line end of the last continuation line. */
  end: number
}

export interface HeaderBlock {
  fields: Field[]
  /** Where the blank line starts; equal to `end` when there is none. */
  blank: number
  /** Where the body starts. */
  end: number
}

const LF = 10
const CR = 13
const isBlank = (byte: number | undefined) => byte === 32 || byte === 9

export const lineEnd = (bytes: Buffer, from: number, end: number): number => {
  const at = bytes.indexOf(LF, from)
  return at === -1 || at >= end ? end : at + 1
}

const isEmptyLine = (bytes: Buffer, start: number, end: number) =>
  (end - start === 1 && bytes[start] === LF) ||
  (end - start === 2 && bytes[start] === CR && bytes[start + 1] === LF)

const colonOf = (bytes: Buffer, start: number, end: number) => {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte === 58) return at
    if (byte === LF || byte < 32 || byte > 126) return -1
  }
  return -1
}

const fieldAt = (bytes: Buffer, start: number, end: number): Field | null => {
  const colon = colonOf(bytes, start, Math.min(end, start + 200))
  if (colon <= start) return null
  const name = bytes.toString('latin1', start, colon).trimEnd().toLowerCase()
  return name === '' || name.includes(' ') ? null : { name, start, valueStart: colon + 1, end }
}

/** RFC 5322 section 2.2: fields up to the first empty line; a line that begins with white space continues its field. */
export const readHeader = (bytes: Buffer, start: number, end: number): HeaderBlock => {
  const fields: Field[] = []
  let last: Field | null = null
  let at = start
  while (at < end) {
    const next = lineEnd(bytes, at, end)
    if (isEmptyLine(bytes, at, next)) return { fields, blank: at, end: next }
    if (isBlank(bytes[at])) {
      if (last) last.end = next
    } else {
      last = fieldAt(bytes, at, next)
      if (last && fields.length < limits.fields) fields.push(last)
    }
    at = next
  }
  return { fields, blank: end, end }
}

const strict = new TextDecoder('utf-8', { fatal: true })

/** Raw eight-bit text in a header: UTF-8 (RFC 6532) where it is valid, else one byte a character, so nothing is lost. */
export const textOf = (bytes: Buffer): string => {
  try {
    return strict.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/** The value unfolded (RFC 5322 section 2.2.3: the CRLF before white space goes), trimmed, without NUL. */
export const valueOf = (bytes: Buffer, field: Field): string =>
  textOf(bytes.subarray(field.valueStart, Math.min(field.end, field.valueStart + limits.value)))
    .replace(/\r?\n(?=[ \t])/g, '')
    .replace(/[\r\n\0]+/g, ' ')
    .trim()

export const firstValue = (bytes: Buffer, fields: readonly Field[], name: string): string | null => {
  const field = fields.find((one) => one.name === name)
  return field ? valueOf(bytes, field) : null
}

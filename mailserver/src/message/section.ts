// From an IMAP section (`1.2`, `1.2.MIME`, `HEADER`, `HEADER.FIELDS (…)`, `TEXT`) to the bytes it names
// (RFC 9051 section 6.4.5.1; RFC 3501 section 6.4.5).
import type { Part } from './part'

export type SectionText =
  | { what: 'all' | 'header' | 'text' | 'mime' }
  | { what: 'header.fields' | 'header.fields.not'; names: readonly string[] }

export interface Section {
  /** `[1, 2]` for `1.2`; empty for the message itself. */
  path: readonly number[]
  text: SectionText
}

export interface Range {
  start: number
  end: number
}

const firstMessage = (part: Part): Part | null =>
  part.kind === 'message' ? (part.children[0] ?? null) : null

/** The part a section number names: null when the message has no such part. */
export const findPart = (message: Part, path: readonly number[]): Part | null => {
  let part: Part = message
  for (const [index, number] of path.entries()) {
    // Inside message/rfc822 the numbers count the parts of the message it carries; at the top, those of the message.
    const within: Part | null = index === 0 ? part : part.kind === 'message' ? firstMessage(part) : part
    if (!within) return null
    const next: Part | null | undefined =
      within.kind === 'multipart'
        ? within.children[number - 1]
        : number === 1 && (index === 0 || part.kind === 'message')
          ? within
          : null
    if (!next) return null
    part = next
  }
  return part
}

/** HEADER and TEXT of a part number are those of the message that part carries. */
const messageAt = (root: Part, path: readonly number[]): Part | null => {
  if (path.length === 0) return root
  const part = findPart(root, path)
  return part ? firstMessage(part) : null
}

const fieldRanges = (message: Part, wanted: (name: string) => boolean): Range[] => {
  const ranges = message.fields
    .filter((field) => wanted(field.name))
    .map(({ start, end }) => ({ start, end }))
  // The blank line that ends the header always belongs to the subset.
  if (message.blank < message.bodyStart) ranges.push({ start: message.blank, end: message.bodyStart })
  return ranges
}

/** The byte ranges that make up the section, in order; null when there is no such part. */
export const sectionRanges = (root: Part, section: Section): Range[] | null => {
  const { path, text } = section
  if (text.what === 'all' || text.what === 'mime') {
    const part = findPart(root, path)
    if (!part) return null
    if (text.what === 'mime') return path.length ? [{ start: part.start, end: part.bodyStart }] : null
    return [{ start: path.length ? part.bodyStart : part.start, end: part.bodyEnd }]
  }
  const message = messageAt(root, path)
  if (!message) return null
  if (text.what === 'header') return [{ start: message.start, end: message.bodyStart }]
  if (text.what === 'text') return [{ start: message.bodyStart, end: message.bodyEnd }]
  const names = new Set('names' in text ? text.names.map((name) => name.toLowerCase()) : [])
  return fieldRanges(message, (name) => names.has(name) === (text.what === 'header.fields'))
}

export const sectionBytes = (bytes: Buffer, root: Part, section: Section): Buffer | null => {
  const ranges = sectionRanges(root, section)
  if (!ranges) return null
  if (ranges.length === 1) return bytes.subarray(ranges[0]!.start, ranges[0]!.end)
  return Buffer.concat(ranges.map(({ start, end }) => bytes.subarray(start, end)))
}

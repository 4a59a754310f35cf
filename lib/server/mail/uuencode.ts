import 'server-only'
import { oneLine } from './decode'

// Files written into the text itself (uuencode, POSIX.1), as mail had them before MIME. They are taken out of
// the text and listed among the attachments.

export interface InText {
  name: string
  /** Encoded, without its first and last line. */
  lines: string[]
  size: number
}

const mostFiles = 20
const opening = /^begin(-base64)? [0-7]{3,4} (\S.{0,250})$/
const countOf = (line: string): number => (line.charCodeAt(0) - 32) & 63

/** A line says how many bytes it holds, and has four characters for three of them; some drop blanks at the end. */
const isLine = (line: string): boolean => {
  const count = countOf(line)
  const wanted = Math.ceil(count / 3) * 4
  return /^[ -`]+$/.test(line) && count > 0 && line.length <= wanted + 2 && line.length > wanted - 4
}

const fileAt = (lines: string[], from: number): { file: InText; next: number } | null => {
  const [, base64, name = ''] = opening.exec(lines[from] ?? '') ?? []
  if (!name || base64) return null
  let at = from + 1
  let size = 0
  while (at < lines.length && isLine(lines[at] ?? '')) size += countOf(lines[at++] ?? '')
  const ends =
    lines[at] === 'end' ? at : lines[at + 1] === 'end' && /^[ `]?$/.test(lines[at] ?? '') ? at + 1 : -1
  if (ends < 0 || size === 0) return null
  return { file: { name: oneLine(name, 200), lines: lines.slice(from + 1, at), size }, next: ends + 1 }
}

export const takeOut = (text: string): { text: string; files: InText[] } => {
  if (!/^begin [0-7]{3,4} /m.test(text)) return { text, files: [] }
  const lines = text.split(/\r?\n/)
  const kept: string[] = []
  const files: InText[] = []
  for (let at = 0; at < lines.length;) {
    const found = files.length < mostFiles ? fileAt(lines, at) : null
    if (found) files.push(found.file)
    else kept.push(lines[at] ?? '')
    at = found ? found.next : at + 1
  }
  return { text: kept.join('\n'), files }
}

const lineBytes = (line: string): Buffer => {
  const bytes: number[] = []
  const value = (at: number) => (line.charCodeAt(at) - 32) & 63 || 0
  for (let at = 1; at < line.length; at += 4) {
    const [a, b, c, d] = [value(at), value(at + 1), value(at + 2), value(at + 3)]
    bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d)
  }
  return Buffer.from(bytes.slice(0, countOf(line)))
}

export const bytesOf = ({ lines }: InText): Buffer => Buffer.concat(lines.map(lineBytes))

/** `2~u1` is the first file in the text of part 2. */
export const inTextName = (part: string, index: number): string => `${part}~u${index + 1}`
export interface InTextName {
  part: string
  index: number
}
export const inTextOf = (name: string): InTextName | null => {
  const [, part = '', number = ''] = /^([\d.]+)~u(\d{1,2})$/.exec(name) ?? []
  return part ? { part, index: Number(number) - 1 } : null
}

import 'server-only'
import type { Token } from './wire'

// The rows of a list are FETCH answers, fifty at a time, and the library takes a millisecond for each: it reads them letter
// by letter through promises, and writes them out again for a log that nobody keeps. What is written as every server writes
// it is read here. Invariants:
// - the tokens are those that the library's parser gives (quick-fetch.test.ts compares them);
// - whatever is unusual, or wrong, is left to the library: null.

export interface Fetched {
  number: number
  /** FETCH itself, and its list. */
  tokens: Token[]
}

/** What is read of a line, from the opening bracket on. */
interface Reading {
  text: string
  /** The same, where each letter is one octet. */
  octets: Buffer | null
  at: number
  literals: readonly Buffer[]
  literal: number
}

const begin = /^\* (\d{1,10}) (FETCH) (?=\()/i
/** As deep as the library goes, less what it counts itself. */
const deepest = 20

/** RFC 9051 section 9: ATOM-CHAR, and the backslash of a flag; a bracket would begin a section. */
const atomText = /\\?[!#$&'+,\-./0-9:;<=>?@A-Z^_`a-z|}]+/y
const literalText = /\{(\d{1,10})\}\r\n/y
/** RFC 9051 section 7.5.2: what of a body, and from which octet on. */
const sectionText = /(BODY|BINARY)\[((?:\d{1,9}\.)*\d{1,9}|TEXT|HEADER|)\](?:<(0|[1-9]\d{0,9})>)?/iy

const match = (reading: Reading, pattern: RegExp): RegExpExecArray | null => {
  pattern.lastIndex = reading.at
  const found = pattern.exec(reading.text)
  if (found) reading.at += found[0].length
  return found
}

/** From this length on, V8 keeps a piece of a text as a reference to all of it. */
const shortest = 13

/** A piece of the line that holds no line: rows are kept, for as long as somebody may come back to them. */
const piece = ({ text, octets }: Reading, from: number, to: number): string => {
  if (to - from < shortest) return text.slice(from, to)
  return octets ? octets.toString('latin1', from, to) : Buffer.from(text.slice(from, to)).toString()
}

/** Behind an atom, a space or the end of its list. */
const isEnded = ({ text, at }: Reading): boolean => text[at] === ' ' || text[at] === ')'

const readString = (reading: Reading): Token | undefined => {
  const { text } = reading
  const from = reading.at + 1
  let end = text.indexOf('"', from)
  let value = end < 0 ? '' : piece(reading, from, end)
  if (value.includes('\\')) {
    value = ''
    end = from
    for (; end < text.length && text[end] !== '"'; end++) {
      if (text[end] === '\\') end++
      value += text[end] ?? ''
    }
    if (end >= text.length) return undefined
  }
  if (end < 0) return undefined
  reading.at = end + 1
  return { type: 'STRING', value }
}

const readLiteral = (reading: Reading): Token | undefined => {
  const found = match(reading, literalText)
  const value = reading.literals[reading.literal++]
  return found && value?.length === Number(found[1]) ? { type: 'LITERAL', value } : undefined
}

const readSection = (reading: Reading): Token | undefined => {
  const found = match(reading, sectionText)
  const [, value = '', part = '', origin] = found ?? []
  if (!found || !isEnded(reading)) return undefined
  const section: Token[] = part === '' ? [] : [{ type: 'ATOM', value: part }]
  return { type: 'ATOM', value, section, ...(origin === undefined ? {} : { partial: [Number(origin)] }) }
}

const readAtom = (reading: Reading): Token | undefined => {
  const from = reading.at
  if (!match(reading, atomText)) return undefined
  const value = piece(reading, from, reading.at)
  if (reading.text[reading.at] === '[') {
    reading.at = from
    return readSection(reading)
  }
  // Numbers with colons or commas between them are a set to the library.
  if (!isEnded(reading) || /^\d+[:,]/.test(value)) return undefined
  return value.length === 3 && value.toUpperCase() === 'NIL' ? null : { type: 'ATOM', value }
}

const readList = (reading: Reading, depth: number): Token[] | undefined => {
  if (depth > deepest) return undefined
  const list: Token[] = []
  reading.at++
  for (;;) {
    const next = reading.text[reading.at]
    if (next === ')') {
      reading.at++
      return list
    }
    if (next === ' ') {
      reading.at++
      continue
    }
    const token = readToken(reading, next, depth)
    if (token === undefined) return undefined
    list.push(token)
  }
}

const readToken = (reading: Reading, next: string | undefined, depth: number): Token | undefined => {
  if (next === '(') return readList(reading, depth + 1)
  if (next === '"') return readString(reading)
  return next === '{' ? readLiteral(reading) : readAtom(reading)
}

const firstWords = 24

export const readFetch = (payload: Buffer, literals: readonly Buffer[] = []): Fetched | null => {
  const found = begin.exec(payload.toString('latin1', 0, firstWords))
  if (!found) return null
  const text = payload.toString()
  // What is no UTF-8 is one letter for an octet, too, and another.
  const octets = text.length === payload.length && !text.includes('\ufffd') ? payload : null
  const reading: Reading = { text, octets, at: found[0].length, literals, literal: 0 }
  const list = readList(reading, 1)
  if (!list || reading.at < reading.text.length || reading.literal < literals.length) return null
  return { number: Number(found[1]), tokens: [{ type: 'ATOM', value: found[2] ?? '' }, list] }
}

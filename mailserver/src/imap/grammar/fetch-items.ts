// fetch-att (RFC 9051 section 9) with BINARY (RFC 3516), CONDSTORE (RFC 7162), PREVIEW (RFC 8970),
// OBJECTID (RFC 8474) and SAVEDATE (RFC 8514).
import type { Section, SectionText } from '../../message'
import type { Scanner } from '../wire/scanner'

export const plainItems = {
  UID: 'uid',
  FLAGS: 'flags',
  INTERNALDATE: 'internaldate',
  'RFC822.SIZE': 'size',
  ENVELOPE: 'envelope',
  BODYSTRUCTURE: 'bodystructure',
  MODSEQ: 'modseq',
  EMAILID: 'emailid',
  THREADID: 'threadid',
  SAVEDATE: 'savedate',
} as const

type Plain = (typeof plainItems)[keyof typeof plainItems] | 'body' | 'preview'
export interface Partial {
  start: number
  count: number
}
export interface SectionItem {
  item: 'section'
  /** What the answer is called: `BODY[1.MIME]`. */
  label: string
  section: Section
  reads: 'marks seen' | 'peeks'
  partial: Partial | null
}
export interface BinaryItem {
  item: 'binary' | 'binary.size'
  label: string
  path: readonly number[]
  reads: 'marks seen' | 'peeks'
  partial: Partial | null
}
export type FetchItem = { item: Plain } | SectionItem | BinaryItem

const macros: Record<string, FetchItem[]> = {
  FAST: [{ item: 'flags' }, { item: 'internaldate' }, { item: 'size' }],
  ALL: [{ item: 'flags' }, { item: 'internaldate' }, { item: 'size' }, { item: 'envelope' }],
  FULL: [
    { item: 'flags' },
    { item: 'internaldate' },
    { item: 'size' },
    { item: 'envelope' },
    { item: 'body' },
  ],
}

const legacy: Record<string, Pick<SectionItem, 'section' | 'reads'>> = {
  RFC822: { section: { path: [], text: { what: 'all' } }, reads: 'marks seen' },
  'RFC822.HEADER': { section: { path: [], text: { what: 'header' } }, reads: 'peeks' },
  'RFC822.TEXT': { section: { path: [], text: { what: 'text' } }, reads: 'marks seen' },
}

const name = /[A-Za-z0-9.]+/y
const mostItems = 100
const deepest = 100

const readPath = (scanner: Scanner): { path: number[]; words: 'may follow' | 'must follow' | 'none' } => {
  const path: number[] = []
  while (!scanner.next(']')) {
    const digits = scanner.match(/\d{1,10}/y)
    if (!digits) return { path, words: 'must follow' }
    const number = Number(digits[0])
    if (number === 0 || number > 0xffffffff || path.length >= deepest) scanner.fail('a part number')
    path.push(number)
    if (!scanner.take('.')) return { path, words: 'none' }
    if (scanner.next(']')) scanner.fail('a part number')
  }
  return { path, words: 'may follow' }
}

const readFields = (scanner: Scanner): { names: string[]; label: string } => {
  scanner.space()
  const names = scanner.list(() => scanner.astring('a header field name'), { least: 1, most: 200 })
  const label = names.map((each) =>
    /^[!-'*-[\]-z|}~]+$/.test(each) ? each : `"${each.replace(/["\\]/g, '\\$&')}"`,
  )
  return { names, label: ` (${label.join(' ')})` }
}

const readText = (scanner: Scanner, path: number[]): { text: SectionText; label: string } => {
  if (scanner.takeWord('HEADER.FIELDS.NOT')) {
    const { names, label } = readFields(scanner)
    return { text: { what: 'header.fields.not', names }, label: `HEADER.FIELDS.NOT${label}` }
  }
  if (scanner.takeWord('HEADER.FIELDS')) {
    const { names, label } = readFields(scanner)
    return { text: { what: 'header.fields', names }, label: `HEADER.FIELDS${label}` }
  }
  if (scanner.takeWord('HEADER')) return { text: { what: 'header' }, label: 'HEADER' }
  if (scanner.takeWord('TEXT')) return { text: { what: 'text' }, label: 'TEXT' }
  if (path.length > 0 && scanner.takeWord('MIME')) return { text: { what: 'mime' }, label: 'MIME' }
  return scanner.fail('a section')
}

const readSection = (scanner: Scanner): { section: Section; label: string } => {
  scanner.expect('[')
  const { path, words } = readPath(scanner)
  const numbers = path.join('.')
  if (words !== 'must follow') {
    scanner.expect(']')
    return { section: { path, text: { what: 'all' } }, label: `[${numbers}]` }
  }
  const { text, label } = readText(scanner, path)
  scanner.expect(']')
  return { section: { path, text }, label: `[${numbers}${numbers ? '.' : ''}${label}]` }
}

/** `<start.count>`; the answer's label carries the start only. */
const readPartial = (scanner: Scanner): Partial | null => {
  if (!scanner.take('<')) return null
  const start = scanner.number('an offset')
  scanner.expect('.')
  const count = scanner.number('a count')
  if (count === 0) scanner.fail('a count above zero')
  scanner.expect('>')
  return { start, count }
}

const originOf = (partial: Partial | null): string => (partial ? `<${partial.start}>` : '')

const readBody = (scanner: Scanner, reads: SectionItem['reads']): SectionItem => {
  const { section, label } = readSection(scanner)
  const partial = readPartial(scanner)
  return { item: 'section', label: `BODY${label}${originOf(partial)}`, section, reads, partial }
}

const readBinary = (scanner: Scanner, word: string): BinaryItem => {
  scanner.expect('[')
  const { path, words } = readPath(scanner)
  if (words === 'must follow') scanner.fail('a part number')
  scanner.expect(']')
  const partial = word === 'BINARY.SIZE' ? null : readPartial(scanner)
  const item = word === 'BINARY.SIZE' ? 'binary.size' : 'binary'
  const label = `${word === 'BINARY.SIZE' ? word : 'BINARY'}[${path.join('.')}]${originOf(partial)}`
  return { item, label, path, reads: word === 'BINARY' ? 'marks seen' : 'peeks', partial }
}

const readItem = (scanner: Scanner): FetchItem => {
  const word = (scanner.match(name)?.[0] ?? scanner.fail('a fetch item')).toUpperCase()
  if (word === 'BODY') return scanner.next('[') ? readBody(scanner, 'marks seen') : { item: 'body' }
  if (word === 'BODY.PEEK') return readBody(scanner, 'peeks')
  if (word === 'BINARY' || word === 'BINARY.PEEK' || word === 'BINARY.SIZE') return readBinary(scanner, word)
  const old = legacy[word]
  if (old) return { item: 'section', label: word, ...old, partial: null }
  if (word === 'PREVIEW') {
    // RFC 8970 section 3.2: LAZY lets us leave it out; ours is always at hand.
    if (scanner.match(/ \(LAZY\)/iy)) return { item: 'preview' }
    return { item: 'preview' }
  }
  const plain = (plainItems as Record<string, Plain | undefined>)[word]
  return plain ? { item: plain } : scanner.fail('a fetch item')
}

export const readFetchItems = (scanner: Scanner): FetchItem[] => {
  if (scanner.next('(')) return scanner.list(() => readItem(scanner), { least: 1, most: mostItems })
  for (const [word, items] of Object.entries(macros)) if (scanner.takeWord(word)) return items
  return [readItem(scanner)]
}

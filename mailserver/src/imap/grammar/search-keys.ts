// search-key (RFC 9051 section 6.4.4) with CONDSTORE (RFC 7162), WITHIN (RFC 5032), SAVEDATE (RFC 8514) and
// OBJECTID (RFC 8474). Sets stay as sent: only the session knows which messages its numbers mean.
import { decode, encodingExists } from 'iconv-lite'
import type { SearchKey } from '../../store/contract'
import { Malformed, type Scanner } from '../wire/scanner'
import { readDate } from './dates'
import { readSet, type SequenceSet } from './set'

export type SearchTree =
  | Exclude<SearchKey, { key: 'and' | 'or' } | { key: 'not' } | { key: 'uids' }>
  | { key: 'and' | 'or'; of: SearchTree[] }
  | { key: 'not'; of: SearchTree }
  | { key: 'set'; by: 'uid' | 'sequence'; set: SequenceSet }
  | { key: 'none' }

/** The client named a charset we cannot read: NO [BADCHARSET]. */
export class UnknownCharset extends Error {}

const deepest = 30
const mostKeys = 1000

const flagWords: Record<string, readonly [string, boolean]> = {
  ANSWERED: ['\\Answered', true],
  DELETED: ['\\Deleted', true],
  DRAFT: ['\\Draft', true],
  FLAGGED: ['\\Flagged', true],
  SEEN: ['\\Seen', true],
  UNANSWERED: ['\\Answered', false],
  UNDELETED: ['\\Deleted', false],
  UNDRAFT: ['\\Draft', false],
  UNFLAGGED: ['\\Flagged', false],
  UNSEEN: ['\\Seen', false],
}

const dateWords: Record<string, readonly ['internal' | 'sent' | 'saved', 'before' | 'on' | 'since']> = {
  BEFORE: ['internal', 'before'],
  ON: ['internal', 'on'],
  SINCE: ['internal', 'since'],
  SENTBEFORE: ['sent', 'before'],
  SENTON: ['sent', 'on'],
  SENTSINCE: ['sent', 'since'],
  SAVEDBEFORE: ['saved', 'before'],
  SAVEDON: ['saved', 'on'],
  SAVEDSINCE: ['saved', 'since'],
}

interface Reading {
  scanner: Scanner
  charset: string
  keys: number
}

const text = ({ scanner, charset }: Reading): string => {
  const bytes = scanner.astring('a search string')
  return decode(Buffer.from(bytes, 'latin1'), charset)
}

type Reader = (reading: Reading) => SearchTree

const header =
  (name: string): Reader =>
  (reading) => ({ key: 'header', name, value: text(reading) })

const keyword =
  (on: boolean): Reader =>
  ({ scanner }) => ({ key: 'flag', flag: scanner.atom('a keyword'), on })

const size =
  (key: 'larger' | 'smaller'): Reader =>
  ({ scanner }) => ({ key, size: scanner.number() })

const within =
  (how: 'older' | 'younger'): Reader =>
  ({ scanner }) => {
    const seconds = scanner.number32()
    return seconds > 0 ? { key: 'within', how, seconds } : scanner.fail('a number above zero')
  }

/** RFC 7162 section 3.1.5: `MODSEQ ["/flags/…" priv|shared|all] n`; we keep one counter for all flags. */
const modSeq: Reader = ({ scanner }) => {
  const name = scanner.tryString()
  if (name !== null) {
    scanner.space()
    if (!['PRIV', 'SHARED', 'ALL'].includes(scanner.word())) scanner.fail('priv, shared or all')
    scanner.space()
  }
  return { key: 'modseq', from: scanner.number() }
}

const readers: Record<string, Reader> = {
  BCC: header('bcc'),
  CC: header('cc'),
  FROM: header('from'),
  SUBJECT: header('subject'),
  TO: header('to'),
  BODY: (reading) => ({ key: 'body', value: text(reading) }),
  TEXT: (reading) => ({ key: 'text', value: text(reading) }),
  HEADER: (reading) => {
    const name = reading.scanner.astring('a header field name')
    reading.scanner.space()
    return { key: 'header', name: name.toLowerCase(), value: text(reading) }
  },
  KEYWORD: keyword(true),
  UNKEYWORD: keyword(false),
  LARGER: size('larger'),
  SMALLER: size('smaller'),
  OLDER: within('older'),
  YOUNGER: within('younger'),
  MODSEQ: modSeq,
  EMAILID: ({ scanner }) => ({ key: 'emailid', id: scanner.astring('an object id') }),
  THREADID: ({ scanner }) => ({ key: 'threadid', id: scanner.astring('an object id') }),
  UID: ({ scanner }) => ({ key: 'set', by: 'uid', set: readSet(scanner) }),
}

/** RFC 3501: \Recent is not kept (RFC 9051 dropped it), so nothing is recent and everything is old. */
const constants: Record<string, SearchTree> = {
  ALL: { key: 'all' },
  SAVEDATESUPPORTED: { key: 'all' },
  NEW: { key: 'none' },
  RECENT: { key: 'none' },
  OLD: { key: 'all' },
}

const wordPattern = /[A-Za-z]+/y

const readKey = (reading: Reading, depth: number): SearchTree => {
  const { scanner } = reading
  reading.keys += 1
  if (depth > deepest) scanner.fail('a search that is less deep')
  if (reading.keys > mostKeys) scanner.fail('fewer search keys')
  if (scanner.next('(')) {
    return { key: 'and', of: scanner.list(() => readKey(reading, depth + 1), { least: 1, most: mostKeys }) }
  }
  const word = scanner.match(wordPattern)?.[0].toUpperCase()
  if (!word) return { key: 'set', by: 'sequence', set: readSet(scanner) }
  const constant = constants[word]
  if (constant) return constant
  const flag = flagWords[word]
  if (flag) return { key: 'flag', flag: flag[0], on: flag[1] }
  scanner.space()
  const date = dateWords[word]
  if (date) return { key: date[0], how: date[1], day: readDate(scanner) }
  if (word === 'NOT') return { key: 'not', of: readKey(reading, depth + 1) }
  if (word === 'OR') {
    const first = readKey(reading, depth + 1)
    scanner.space()
    return { key: 'or', of: [first, readKey(reading, depth + 1)] }
  }
  return readers[word]?.(reading) ?? scanner.fail('a search key')
}

export const readCharset = (scanner: Scanner): string => {
  const charset = scanner.astring('a charset')
  // The tables of all others are large, and read when first asked for.
  const isOrdinary = /^(utf-8|us-ascii)$/i.test(charset)
  if (!isOrdinary && !encodingExists(charset)) throw new UnknownCharset()
  return charset
}

/** One or more keys, all of which must hold. */
export const readSearch = (scanner: Scanner, charset: string): SearchTree => {
  const reading = { scanner, charset, keys: 0 }
  const of = [readKey(reading, 0)]
  while (scanner.take(' ')) of.push(readKey(reading, 0))
  if (of.length > mostKeys) throw new Malformed('expected fewer search keys')
  return of.length === 1 ? (of[0] as SearchTree) : { key: 'and', of }
}

/** Does the program ask for MODSEQ? Then its answer carries the highest one (RFC 7162 section 3.1.5). */
export const asksModSeq = (tree: SearchTree): boolean => {
  if (tree.key === 'and' || tree.key === 'or') return tree.of.some(asksModSeq)
  return tree.key === 'not' ? asksModSeq(tree.of) : tree.key === 'modseq'
}

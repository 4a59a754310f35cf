import 'server-only'
import { isKeyword } from '@/lib/model/label-name'
import type { Query, State, TextField } from '@/lib/model/search'
import { atom, text, type Token } from '../wire'

// A Query as IMAP SEARCH keys (RFC 9051 section 6.4.4). Pure. Invariants:
// - what the folder itself decides (`in:`) is decided here, so that a folder that cannot match is never asked;
// - nothing a person typed becomes an atom unless it is one: texts are strings or literals;
// - files have no key in IMAP: `file` says what stands for them.

export type Keys = 'all' | 'none' | Token[]
export type FileLeaf = { kind: 'attachment' } | { kind: 'filename'; text: string }

/** Is a query, or its opposite, to be true? */
type Sign = 'with' | 'without'

export interface Ground {
  /** Does `in:name` mean this folder? */
  isIn: (name: string) => boolean
  now: Date
  /** `sign` says whether a hit of the leaf makes the query true or false. */
  file: (leaf: FileLeaf, sign: Sign) => Keys
}

const not = (keys: Keys): Keys => {
  if (keys === 'all') return 'none'
  return keys === 'none' ? 'all' : [atom('NOT'), keys]
}

export const and = (of: Keys[]): Keys => {
  if (of.includes('none')) return 'none'
  const some = of.filter((keys) => keys !== 'all' && keys !== 'none')
  return some.length === 0 ? 'all' : some.flat()
}

const or = (of: Keys[]): Keys => {
  if (of.includes('all')) return 'all'
  const some = of.filter((keys) => keys !== 'all' && keys !== 'none')
  return some.length === 0 ? 'none' : either(some)
}

/** By halves: servers bound how deep keys may nest, and a chain of ORs would be as deep as it is long. */
export const either = (of: Token[][]): Token[] => {
  const [only, second] = of
  if (!only || !second) return only ?? []
  const middle = of.length >> 1
  return [atom('OR'), either(of.slice(0, middle)), either(of.slice(middle))]
}

// A NUL cannot be sent at all, and no line of a message holds a line end.
const clean = (typed: string): string => typed.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()

const textKey = (key: string, typed: string): Keys => {
  const wanted = clean(typed)
  return wanted === '' ? 'all' : [atom(key), text(wanted)]
}

const headerKey = (name: string, typed: string): Keys => {
  const wanted = clean(typed)
  return wanted === '' ? 'all' : [atom('HEADER'), text(name), text(wanted)]
}

const fields: Record<Exclude<TextField, 'filename' | 'list'>, string> = {
  from: 'FROM',
  to: 'TO',
  cc: 'CC',
  bcc: 'BCC',
  subject: 'SUBJECT',
  body: 'BODY',
}

/** Not TEXT: it reads every header, and a word such as "html" or the server's own name is in each message. */
const anywhere = (typed: string, sign: Sign): Keys => {
  const keys = ['FROM', 'TO', 'CC', 'SUBJECT', 'BODY'].map((key) => textKey(key, typed))
  return sign === 'with' ? or(keys) : and(keys.map(not))
}

const states: Record<State, string> = {
  unread: 'UNSEEN',
  read: 'SEEN',
  starred: 'FLAGGED',
  answered: 'ANSWERED',
  draft: 'DRAFT',
}

/** RFC 9051 section 9: flag-keyword is an atom; what is none, no message carries. */
const labelKey = (label: string): Keys => (isKeyword(label) ? [atom('KEYWORD'), atom(label)] : 'none')

// Beyond four gigabytes no message lies, and older servers read a number of 32 bits.
const largest = 4_294_967_295

/** LARGER and SMALLER leave out the size itself. */
const sizeKey = ({ how, bytes }: Extract<Query, { kind: 'size' }>, sign: Sign): Keys => {
  if (sign === 'with') return [atom(how.toUpperCase()), atom(Math.min(bytes, largest))]
  if (how === 'larger') return bytes >= largest ? 'all' : [atom('SMALLER'), atom(bytes + 1)]
  return bytes === 0 ? 'all' : [atom('LARGER'), atom(Math.min(bytes, largest) - 1)]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 9051 section 9: date-text is day-month-year, the year of four digits. */
const dateKey = (key: 'BEFORE' | 'SINCE', iso: string): Keys => {
  const [year = '', month = '', day = ''] = iso.split('-')
  return [atom(key), atom(`${Number(day)}-${months[Number(month) - 1]}-${year.padStart(4, '0')}`)]
}

const dayMs = 24 * 3600 * 1000
const daysAgo = (now: Date, days: number): string =>
  new Date(Math.max(0, now.getTime() - days * dayMs)).toISOString().slice(0, 10)

const fieldKey = (query: Query & { kind: 'field' }, ground: Ground, sign: Sign): Keys => {
  if (query.field === 'filename') return ground.file({ kind: 'filename', text: query.text }, sign)
  // RFC 2919: what names a mailing list.
  if (query.field === 'list') return headerKey('List-Id', query.text)
  return textKey(fields[query.field], query.text)
}

const opposite = { with: 'without', without: 'with' } as const
type Leaf = Extract<Query, { kind: 'all' | 'field' | 'attachment' | 'is' | 'in' | 'label' }>

const leafKeys = (query: Leaf, ground: Ground, sign: Sign): Keys => {
  switch (query.kind) {
    case 'all':
      return 'all'
    case 'field':
      return fieldKey(query, ground, sign)
    case 'attachment':
      return ground.file({ kind: 'attachment' }, sign)
    case 'is':
      return [atom(states[query.state])]
    case 'in':
      return ground.isIn(query.folder) ? 'all' : 'none'
    case 'label':
      return labelKey(query.label)
  }
}

/**
 * Dovecot 2.3 joins keys of one kind that stand in a group, and does it wrongly when the group is negated:
 * `NOT (OR (SMALLER 300) (SMALLER 837))` finds everything of 300 and more. So only single keys are negated, and of
 * sizes and dates not even those, which have an opposite.
 */
export const keysOf = (query: Query, ground: Ground, sign: Sign = 'with'): Keys => {
  const without = sign === 'without'
  switch (query.kind) {
    case 'not':
      return keysOf(query.of, ground, opposite[sign])
    case 'and':
    case 'or': {
      const join = (query.kind === 'and') !== without ? and : or
      return join(query.of.map((one) => keysOf(one, ground, sign)))
    }
    case 'size':
      return sizeKey(query, sign)
    case 'date':
      return dateKey((query.how === 'before') !== without ? 'BEFORE' : 'SINCE', query.day)
    case 'age': {
      const key = (query.how === 'older') !== without ? 'BEFORE' : 'SINCE'
      return dateKey(key, daysAgo(ground.now, query.days))
    }
    case 'text':
      return anywhere(query.text, sign)
    default: {
      const keys = leafKeys(query, ground, sign)
      return without ? not(keys) : keys
    }
  }
}

/** The leaves that only the structure of a message can answer. */
export const fileLeaves = (query: Query): FileLeaf[] => {
  if (query.kind === 'attachment') return [{ kind: 'attachment' }]
  if (query.kind === 'field' && query.field === 'filename') return [{ kind: 'filename', text: query.text }]
  if (query.kind === 'not') return fileLeaves(query.of)
  return query.kind === 'and' || query.kind === 'or' ? query.of.flatMap(fileLeaves) : []
}

/** Does the query say itself where to look? Then Junk and Trash are looked into as well. */
export const namesFolder = (query: Query): boolean => {
  if (query.kind === 'in') return true
  if (query.kind === 'not') return namesFolder(query.of)
  return (query.kind === 'and' || query.kind === 'or') && query.of.some(namesFolder)
}

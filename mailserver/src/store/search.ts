// SEARCH over parsed keys (RFC 9051 section 6.4.4): exact, without case, over decoded text. Cheap keys decide first; texts
// are read only for the messages they leave open, in slices.
import { firstValue, headerText, readMessage, bodyText, valueOf, decodeWords, type Part } from '../message'
import { breathe, recordOf, type Context } from './context'
import type { SearchKey } from './contract'
import { sentDate } from './facts'
import { readWhole } from './read'
import { readRows, type Row } from './rows'

const day = 24 * 3600 * 1000
const sliceTime = 5
const mostDepth = 50

/** RFC 9051 section 6.4.4: substrings compare without case; both sides are folded alike. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase()

interface Words {
  bytes: Buffer
  message: Part
}

/** One message under the query: what it costs to know more is paid when a key asks. */
class Candidate {
  private words: Promise<Words> | null = null
  private head: string | null = null
  private body: string | null = null
  constructor(
    private readonly ctx: Context,
    private readonly mailbox: number,
    readonly row: Row,
  ) {}
  private read(): Promise<Words> {
    this.words ??= readWhole(this.ctx, { mailbox: this.mailbox, uid: this.row.uid }).then((bytes) => ({
      bytes,
      message: readMessage(bytes),
    }))
    return this.words
  }
  async headerHas(name: string, value: string): Promise<boolean> {
    const { bytes, message } = await this.read()
    return message.fields.some(
      (field) => field.name === name && fold(decodeWords(valueOf(bytes, field))).includes(value),
    )
  }
  async sent(): Promise<number | null> {
    const { bytes, message } = await this.read()
    return sentDate(firstValue(bytes, message.fields, 'date'))
  }
  async bodyHas(value: string): Promise<boolean> {
    const { bytes, message } = await this.read()
    this.body ??= fold(bodyText(bytes, message))
    return this.body.includes(value)
  }
  async textHas(value: string): Promise<boolean> {
    const { bytes, message } = await this.read()
    this.head ??= fold(headerText(bytes, message))
    return this.head.includes(value) || this.bodyHas(value)
  }
}

type Test = (candidate: Candidate) => boolean | Promise<boolean>

const dayTest = (how: 'before' | 'on' | 'since', wanted: number, found: number | null): boolean => {
  if (found === null) return false
  if (how === 'before') return found < wanted
  return how === 'on' ? found === wanted : found >= wanted
}

const dateTest = (key: Extract<SearchKey, { key: 'internal' | 'sent' | 'saved' }>): Test => {
  if (key.key === 'sent') {
    return async (candidate) => {
      const sent = await candidate.sent()
      return dayTest(key.how, key.day, sent === null ? null : Math.floor((sent * 1000) / day))
    }
  }
  return ({ row }) => {
    const at = key.key === 'saved' ? row.saveDate : row.internalDate
    // RFC 9051 section 6.4.4: dates disregard time and zone; the server's own zone is UTC.
    return dayTest(key.how, key.day, Math.floor(at.getTime() / day))
  }
}

const plainTest = (key: SearchKey, now: number): Test | null => {
  switch (key.key) {
    case 'all':
      return () => true
    case 'uids':
      return ({ row }) => key.ranges.some(([from, to]) => row.uid >= from && row.uid <= to)
    case 'flag': {
      const wanted = key.flag.toLowerCase()
      return ({ row }) => row.flags.some((flag) => flag.toLowerCase() === wanted) === key.on
    }
    case 'larger':
      return ({ row }) => row.size > key.size
    case 'smaller':
      return ({ row }) => row.size < key.size
    case 'modseq':
      return ({ row }) => row.modSeq >= key.from
    case 'emailid':
      return ({ row }) => row.emailId === key.id
    case 'threadid':
      return ({ row }) => row.threadId === key.id
    case 'within': {
      const edge = now - key.seconds * 1000
      return ({ row }) =>
        key.how === 'younger' ? row.internalDate.getTime() >= edge : row.internalDate.getTime() <= edge
    }
    default:
      return null
  }
}

const textTest = (key: Extract<SearchKey, { key: 'header' | 'body' | 'text' }>): Test => {
  const value = fold(key.value)
  if (key.key === 'header') return (candidate) => candidate.headerHas(key.name.toLowerCase(), value)
  return (candidate) => (key.key === 'body' ? candidate.bodyHas(value) : candidate.textHas(value))
}

const costOf = (key: SearchKey): number => {
  if (key.key === 'and' || key.key === 'or') return Math.max(0, ...key.of.map(costOf))
  if (key.key === 'not') return costOf(key.of)
  if (key.key === 'body' || key.key === 'text') return 3
  return key.key === 'header' || key.key === 'sent' ? 2 : 1
}

const compile = (key: SearchKey, now: number, depth = 0): Test => {
  if (depth > mostDepth) return () => false
  if (key.key === 'not') {
    const inner = compile(key.of, now, depth + 1)
    return async (candidate) => !(await inner(candidate))
  }
  if (key.key === 'and' || key.key === 'or') {
    const stopAt = key.key === 'or'
    const tests = key.of
      .toSorted((a, b) => costOf(a) - costOf(b))
      .map((each) => compile(each, now, depth + 1))
    return async (candidate) => {
      for (const test of tests) if ((await test(candidate)) === stopAt) return stopAt
      return !stopAt
    }
  }
  if (key.key === 'header' || key.key === 'body' || key.key === 'text') return textTest(key)
  if (key.key === 'internal' || key.key === 'sent' || key.key === 'saved') return dateTest(key)
  return plainTest(key, now)!
}

export const search = async (ctx: Context, mailbox: number, query: SearchKey): Promise<number[]> => {
  recordOf(ctx, mailbox)
  const test = compile(query, Date.now())
  const found: number[] = []
  let sliceEnd = performance.now() + sliceTime
  for (const row of readRows(ctx, mailbox)) {
    // A message expunged meanwhile is simply not found.
    const holds = await Promise.resolve(test(new Candidate(ctx, mailbox, row))).catch(() => false)
    if (holds) found.push(row.uid)
    if (performance.now() > sliceEnd) {
      await breathe()
      sliceEnd = performance.now() + sliceTime
    }
  }
  return found
}

// SEARCH over parsed keys (RFC 9051 section 6.4.4): exact, without case, over decoded text. What the text index knows is
// asked of it at once; a message it does not know is read here, in slices, after cheaper keys left it open.
import { headerText, readMessage, bodyText, valueOf, decodeWords, type Part } from '../message'
import { breathe, recordOf, type Context } from './context'
import type { SearchKey } from './contract'
import { askIndex, isText, mostDepth, needleOf, onlyAmong, type Known, type TextKey } from './known'
import { readWhole } from './read'
import { eachRow, rowColumns, Row, type RawRow } from './rows'
import type { Needle } from './text/database'
import { fold } from './text/grams'

const day = 24 * 3600 * 1000
const sliceTime = 5
const fewContents = 5_000

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
  /** Days as the sender wrote them: the zone is disregarded (RFC 9051 section 6.4.4). */
  sentDay(): number | null {
    return (
      (this.ctx.q('select sent_day from content where id = ?').pluck().get(this.row.content) as
        | number
        | null
        | undefined) ?? null
    )
  }
  async has(needle: Needle): Promise<boolean> {
    const { bytes, message } = await this.read()
    if (needle.in === 'header') {
      return message.fields.some(
        (field) =>
          field.name === needle.name && fold(decodeWords(valueOf(bytes, field))).includes(needle.value),
      )
    }
    if (needle.in === 'text') {
      this.head ??= fold(headerText(bytes, message))
      if (this.head.includes(needle.value)) return true
    }
    this.body ??= fold(bodyText(bytes, message))
    return this.body.includes(needle.value)
  }
}

type Test = (candidate: Candidate) => boolean | Promise<boolean>

const dayTest = (how: 'before' | 'on' | 'since', wanted: number, found: number | null): boolean => {
  if (found === null) return false
  if (how === 'before') return found < wanted
  return how === 'on' ? found === wanted : found >= wanted
}

const dateTest = (key: Extract<SearchKey, { key: 'internal' | 'sent' | 'saved' }>): Test => {
  if (key.key === 'sent') return (candidate) => dayTest(key.how, key.day, candidate.sentDay())
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

const textTest = (key: TextKey, known: Known): Test => {
  const needle = needleOf(key)
  const found = known.get(key)
  return (candidate) => {
    if (found && !found.unindexed.has(candidate.row.content)) return found.hits.has(candidate.row.content)
    return candidate.has(needle)
  }
}

const costOf = (key: SearchKey): number => {
  if (key.key === 'and' || key.key === 'or') return Math.max(0, ...key.of.map(costOf))
  if (key.key === 'not') return costOf(key.of)
  if (key.key === 'body' || key.key === 'text') return 3
  return key.key === 'header' ? 2 : 1
}

/** Asked one after the other; a turn of the loop is paid for those alone that must read a file. */
const untilOne = (tests: readonly Test[], stopAt: boolean): Test => {
  const from = (start: number, candidate: Candidate): boolean | Promise<boolean> => {
    for (let at = start; at < tests.length; at += 1) {
      const answer = (tests[at] as Test)(candidate)
      if (typeof answer !== 'boolean')
        return answer.then((holds) => (holds === stopAt ? stopAt : from(at + 1, candidate)))
      if (answer === stopAt) return stopAt
    }
    return !stopAt
  }
  return (candidate) => from(0, candidate)
}

const compile = (key: SearchKey, given: { now: number; known: Known }, depth = 0): Test => {
  if (depth > mostDepth) return () => false
  if (key.key === 'not') {
    const inner = compile(key.of, given, depth + 1)
    return (candidate) => {
      const answer = inner(candidate)
      return typeof answer === 'boolean' ? !answer : answer.then((holds) => !holds)
    }
  }
  if (key.key === 'and' || key.key === 'or') {
    const tests = key.of
      .toSorted((a, b) => costOf(a) - costOf(b))
      .map((each) => compile(each, given, depth + 1))
    return untilOne(tests, key.key === 'or')
  }
  if (isText(key)) return textTest(key, given.known)
  if (key.key === 'internal' || key.key === 'sent' || key.key === 'saved') return dateTest(key)
  return plainTest(key, given.now)!
}

const rowsAmong = (ctx: Context, mailbox: number, contents: Set<number>): Row[] => {
  const read = ctx.q(`select ${rowColumns} from message where content = ? and mailbox = ?`).raw()
  return [...contents]
    .flatMap((content) => read.all(content, mailbox) as RawRow[])
    .sort((a, b) => a[0] - b[0])
    .map((raw) => new Row(ctx, raw))
}

export const search = async (ctx: Context, mailbox: number, query: SearchKey): Promise<number[]> => {
  const last = recordOf(ctx, mailbox).uidnext - 1
  const known = await askIndex(ctx, query)
  const test = compile(query, { now: Date.now(), known })
  const among = onlyAmong(query, known)
  const rows =
    among && among.size <= fewContents ? rowsAmong(ctx, mailbox, among) : eachRow(ctx, mailbox, last)
  const found: number[] = []
  let sliceEnd = performance.now() + sliceTime
  for (const row of rows) {
    // What arrived while the index was asked is not known to it; it is not part of this answer.
    if (row.uid > last) continue
    const answer = test(new Candidate(ctx, mailbox, row))
    // A message expunged meanwhile is simply not found.
    const holds = typeof answer === 'boolean' ? answer : await answer.catch(() => false)
    if (holds) found.push(row.uid)
    if (performance.now() > sliceEnd) {
      await breathe()
      sliceEnd = performance.now() + sliceTime
    }
  }
  return found
}

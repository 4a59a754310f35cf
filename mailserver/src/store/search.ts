// SEARCH over parsed keys (RFC 9051 section 6.4.4): exact, without case, over decoded text. What the text index knows is
// asked of it at once; a message it does not know is read here, in slices, after cheaper keys left it open.
import { headerText, readMessage, bodyText, valueOf, decodeWords, type Part } from '../message'
import { breathe, recordOf, type Context } from './context'
import type { SearchKey } from './contract'
import { readWhole } from './read'
import { eachRow, rowColumns, Row, type RawRow } from './rows'
import type { Needle } from './text/database'
import type { Found } from './text/client'
import { fold } from './text/grams'

const day = 24 * 3600 * 1000
const sliceTime = 5
const mostDepth = 50
const mostTextKeys = 50
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
        number | null | undefined) ?? null
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

type TextKey = Extract<SearchKey, { key: 'header' | 'body' | 'text' }>

const isText = (key: SearchKey): key is TextKey =>
  key.key === 'header' || key.key === 'body' || key.key === 'text'

const needleOf = (key: TextKey): Needle => ({
  in: key.key,
  name: key.key === 'header' ? key.name.toLowerCase() : '',
  value: fold(key.value),
})

/** Every text key of the program with what the index found for it. */
type Known = Map<TextKey, { hits: Set<number>; unindexed: Set<number> }>

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

const compile = (key: SearchKey, given: { now: number; known: Known }, depth = 0): Test => {
  if (depth > mostDepth) return () => false
  if (key.key === 'not') {
    const inner = compile(key.of, given, depth + 1)
    return async (candidate) => !(await inner(candidate))
  }
  if (key.key === 'and' || key.key === 'or') {
    const stopAt = key.key === 'or'
    const tests = key.of
      .toSorted((a, b) => costOf(a) - costOf(b))
      .map((each) => compile(each, given, depth + 1))
    return async (candidate) => {
      for (const test of tests) if ((await test(candidate)) === stopAt) return stopAt
      return !stopAt
    }
  }
  if (isText(key)) return textTest(key, given.known)
  if (key.key === 'internal' || key.key === 'sent' || key.key === 'saved') return dateTest(key)
  return plainTest(key, given.now)!
}

const textKeys = (key: SearchKey, depth = 0): TextKey[] => {
  if (depth > mostDepth) return []
  if (isText(key)) return [key]
  if (key.key === 'not') return textKeys(key.of, depth + 1)
  return key.key === 'and' || key.key === 'or' ? key.of.flatMap((each) => textKeys(each, depth + 1)) : []
}

const askIndex = async (ctx: Context, query: SearchKey): Promise<Known> => {
  const keys = textKeys(query).slice(0, mostTextKeys)
  // An empty string is in every message: no index needed.
  const asked = keys.filter((key) => key.key === 'header' || key.value !== '')
  const found: Found | null = asked.length ? await ctx.text.find(ctx.folder, asked.map(needleOf)) : null
  if (!found) return new Map()
  return new Map(asked.map((key, index) => [key, { hits: found.hits[index]!, unindexed: found.unindexed }]))
}

/** The few contents that can match at all, or null when it takes a look at every row. */
const onlyAmong = (query: SearchKey, known: Known): Set<number> | null => {
  if (isText(query)) {
    const found = known.get(query)
    return found ? new Set([...found.hits, ...found.unindexed]) : null
  }
  if (query.key !== 'and') return null
  const sets = query.of.map((each) => onlyAmong(each, known)).filter((set) => set !== null)
  return sets.toSorted((a, b) => a.size - b.size)[0] ?? null
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

// Message rows: reading them, and keeping the mailbox's counts in step with every change.
//
// Invariant: `messages`, `unseen`, `deleted` and `size` of a mailbox are changed in the transaction that changes its
// rows, never counted again.
import type { Context } from './context'
import type { MessageRow } from './contract'

/** Columns in the order of `rowColumns`. */
export type RawRow = [
  uid: number,
  modseq: number,
  flags: string,
  internal: number,
  saved: number,
  size: number,
  content: number,
]

export const rowColumns = 'uid, modseq, flags, internal, saved, size, content'

const interned = new Map<string, readonly string[]>()

/** Most messages share a handful of flag sets: one array each. */
export const flagList = (text: string): readonly string[] => {
  let list = interned.get(text)
  if (!list) {
    if (interned.size > 10_000) interned.clear()
    list = Object.freeze(text === '' ? [] : text.split(' '))
    interned.set(text, list)
  }
  return list
}

const systemFlags = ['\\Answered', '\\Deleted', '\\Draft', '\\Flagged', '\\Seen']
const system = new Map(systemFlags.map((flag) => [flag.toLowerCase(), flag]))

/** Sorted, without duplicates (keywords compare without case, RFC 9051 section 2.3.2); `\Recent` is not kept. */
export const flagText = (flags: Iterable<string>): string => {
  const kept = new Map<string, string>()
  for (const flag of flags) {
    const key = flag.toLowerCase()
    const known = system.get(key)
    if (known) kept.set(key, known)
    else if (/^[^\s\\(){%*"\]\x00-\x1f\x7f]{1,100}$/.test(flag) && !kept.has(key)) kept.set(key, flag)
  }
  return [...kept.values()].sort().slice(0, 200).join(' ')
}

/** Dates and ids are made when asked for: a mailbox of 100,000 rows is listed for its UIDs and flags. */
export class Row implements MessageRow {
  readonly #ctx: Context
  readonly #raw: RawRow
  constructor(ctx: Context, raw: RawRow) {
    this.#ctx = ctx
    this.#raw = raw
  }
  get uid() {
    return this.#raw[0]
  }
  get modSeq() {
    return this.#raw[1]
  }
  get flags() {
    return flagList(this.#raw[2])
  }
  get internalDate() {
    return new Date(this.#raw[3])
  }
  get saveDate() {
    return new Date(this.#raw[4])
  }
  get size() {
    return this.#raw[5]
  }
  get content() {
    return this.#raw[6]
  }
  get emailId() {
    return `M${this.#ids()?.hash ?? ''}`
  }
  get threadId() {
    return this.#ids()?.thread ?? ''
  }
  #ids() {
    return this.#ctx
      .q<{ hash: string; thread: string }>('select hash, thread from content where id = ?')
      .get(this.#raw[6])
  }
}

export const readRows = (ctx: Context, mailbox: number, range?: { from: number; to: number }): Row[] =>
  ctx
    .q(`select ${rowColumns} from message where mailbox = ? and uid between ? and ? order by uid`)
    .raw()
    .all(mailbox, range?.from ?? 1, range?.to ?? 2 ** 32)
    .map((raw) => new Row(ctx, raw as RawRow))

const readPage = (ctx: Context, mailbox: number, page: { from: number; to: number; limit: number }): Row[] =>
  ctx
    .q(`select ${rowColumns} from message where mailbox = ? and uid between ? and ? order by uid limit ?`)
    .raw()
    .all(mailbox, page.from, page.to, page.limit)
    .map((raw) => new Row(ctx, raw as RawRow))

const perPage = 500

/** Nothing is held between two pages: whoever walks may let others have their turn. */
export function* eachRow(ctx: Context, mailbox: number, to = 2 ** 32): Generator<Row> {
  for (let from = 1; ;) {
    const page = readPage(ctx, mailbox, { from, to, limit: perPage })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < perPage) return
    from = last.uid + 1
  }
}

/** From the index alone, whose order is by MODSEQ. */
export const changedUids = (ctx: Context, mailbox: number, modSeq: number): number[] => {
  const uids = ctx
    .q<number>('select uid from message where mailbox = ? and modseq > ? order by modseq, uid')
    .pluck()
    .all(mailbox, modSeq) as number[]
  return [...Float64Array.from(uids).sort()]
}

/** Where UIDs that ascend lie close together they are asked for together. */
export const rangesFor = (uids: readonly number[]): { from: number; to: number }[] => {
  const [from, to] = [uids[0] ?? 0, uids[uids.length - 1] ?? 0]
  return to - from > uids.length * 4 ? uids.map((uid) => ({ from: uid, to: uid })) : [{ from, to }]
}

/** Some columns of some messages, by UID. `uids` ascend, and are not many. */
export const readSome = <Columns extends unknown[]>(
  ctx: Context,
  mailbox: number,
  { uids, columns }: { uids: readonly number[]; columns: string },
): Map<number, Columns> => {
  const read = ctx.q(`select uid, ${columns} from message where mailbox = ? and uid between ? and ?`).raw()
  const found = new Map<number, Columns>()
  for (const { from, to } of rangesFor(uids)) {
    for (const [uid, ...rest] of read.all(mailbox, from, to) as [number, ...Columns][]) found.set(uid, rest)
  }
  return found
}

export const readRow = (ctx: Context, mailbox: number, uid: number): Row | null => {
  const raw = ctx.q(`select ${rowColumns} from message where mailbox = ? and uid = ?`).raw().get(mailbox, uid)
  return raw ? new Row(ctx, raw as RawRow) : null
}

export const isSeen = (flags: string): boolean => /(^| )\\Seen( |$)/.test(flags)
export const isDeleted = (flags: string): boolean => /(^| )\\Deleted( |$)/.test(flags)

export class Tally {
  messages = 0
  unseen = 0
  deleted = 0
  size = 0
  add(flags: string, size: number, times: 1 | -1): void {
    this.messages += times
    this.size += times * size
    if (!isSeen(flags)) this.unseen += times
    if (isDeleted(flags)) this.deleted += times
  }
  apply(ctx: Context, mailbox: number): void {
    ctx
      .q(
        `update mailbox set messages = messages + ?, unseen = unseen + ?, deleted = deleted + ?, size = size + ?
         where id = ?`,
      )
      .run(this.messages, this.unseen, this.deleted, this.size, mailbox)
  }
}

/** Facts nobody refers to any more go with the last copy. */
export const dropContent = (ctx: Context, content: number): void => {
  const { changes } = ctx
    .q(
      'delete from content where id = ? and not exists (select 1 from message m where m.content = content.id)',
    )
    .run(content)
  if (changes > 0) ctx.q('delete from sorting where content = ?').run(content)
}

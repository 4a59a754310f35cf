// The messages of one FETCH, in slices: what the store can tell of many at once is asked for at once, and files are read
// one after the other.
import { StoreError, type MessageColumn, type ToldMessages } from '../../store/contract'
import type { FetchItem } from '../grammar/fetch-items'
import type { Session } from '../session'
import { columnsOf, plainWriter, readsFiles, writeAnswer } from './write'

type Records = ToldMessages['records']

/** An ENVELOPE may be of 64 KB: so many of them do not hold up another connection. */
const atOnce = 64

/** Both ascend. */
const among = (records: Records, uids: readonly number[]): Records => {
  let at = 0
  return records.filter(([uid]) => {
    while (at < uids.length && (uids[at] as number) < (uid as number)) at += 1
    return uids[at] === uid
  })
}

/** `uids` ascend, and are not many. */
export const toldOf = (
  session: Session,
  uids: readonly number[],
  which: ReadonlySet<MessageColumn>,
): ToldMessages => {
  const [from, to] = [uids[0] as number, uids[uids.length - 1] as number]
  const isSparse = to - from > uids.length * 4
  const ranges = isSparse ? uids.map((uid) => ({ from: uid, to: uid })) : [{ from, to }]
  const all = ranges.map((range) => session.mail.told(session.selected.mailbox, range, which))
  const records = all.flatMap((told) => told.records)
  return { columns: all[0]?.columns ?? [], records: among(records, uids) }
}

const marksSeen = (items: readonly FetchItem[]): boolean =>
  items.some((item) => 'reads' in item && item.reads === 'marks seen')

/** Reading a body marks it seen (RFC 9051 section 6.4.5); returns those whose flags it changed. */
const markSeen = async (session: Session, uids: readonly number[]): Promise<Set<number>> => {
  const { mailbox } = session.selected
  const { columns, records } = toldOf(session, uids, new Set(['flags']))
  const flags = columns.indexOf('flags')
  const unseen = records.filter((record) => !String(record[flags]).split(' ').includes('\\Seen'))
  if (unseen.length === 0) return new Set()
  const { rows } = await session.mail.setFlags(
    mailbox,
    unseen.map(([uid]) => uid as number),
    { how: 'add', flags: ['\\Seen'] },
  )
  session.selected.expect(rows)
  return new Set(rows.map(({ uid }) => uid))
}

interface Slice {
  items: readonly FetchItem[]
  told: ToldMessages
  /** They tell their flags, asked for or not. */
  marked: ReadonlySet<number>
}

const withFlags = (items: readonly FetchItem[]): readonly FetchItem[] =>
  items.some(({ item }) => item === 'flags') ? items : [...items, { item: 'flags' }]

const tellPlain = (session: Session, { items, told }: Slice): void => {
  const { selected, out } = session
  const textOf = plainWriter(items, told.columns)
  for (const record of told.records) {
    out.write(`* ${selected.numberOf(record[0] as number)} FETCH (${textOf(record)})\r\n`)
  }
}

/** Returns how many of them are gone by now. */
const tellWithFiles = async (session: Session, { items, told, marked }: Slice): Promise<number> => {
  const { mailbox } = session.selected
  const [size, hash] = (['size', 'hash'] as const).map((column) => told.columns.indexOf(column)) as [
    number,
    number,
  ]
  let missing = 0
  for (const record of told.records) {
    if (session.out.isClosed) return missing
    const uid = record[0] as number
    const which = { mailbox, uid, size: record[size] as number, hash: record[hash] as string }
    const answer = {
      number: session.selected.numberOf(uid),
      items: marked.has(uid) ? withFlags(items) : items,
      content: session.contents.open(which),
      plainText: (item: FetchItem) => plainWriter([item], told.columns)(record),
    }
    try {
      await writeAnswer(session, answer)
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'nonexistent')) throw error
      missing += 1
    }
    await session.out.breathe()
  }
  return missing
}

/** Returns how many of `uids` are not there any more. */
export const tellAll = async (
  session: Session,
  uids: readonly number[],
  items: readonly FetchItem[],
): Promise<number> => {
  const isMarking = marksSeen(items) && session.selected.access === 'read-write'
  const which = columnsOf(isMarking ? withFlags(items) : items)
  let missing = 0
  for (let at = 0; at < uids.length; at += atOnce) {
    if (session.out.isClosed) return missing
    const slice = uids.slice(at, at + atOnce)
    const marked = isMarking ? await markSeen(session, slice) : new Set<number>()
    const told = toldOf(session, slice, which)
    missing += slice.length - told.records.length
    if (readsFiles(items)) missing += await tellWithFiles(session, { items, told, marked })
    else tellPlain(session, { items, told, marked })
    await session.out.breathe()
  }
  return missing
}

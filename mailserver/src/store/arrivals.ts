// How messages enter a mailbox: delivery, APPEND, COPY, MOVE and files other programs put there. All who wait are
// taken together, so one folder fsync, one UID list fsync and one database fsync serve many.
//
// Invariants (DESIGN.md decisions 9 and 10):
//  - Order: bytes on disk -> in place -> folder and UID list on disk -> row -> row on disk -> event and answer.
//  - Only `commit` gives UIDs, only within the lane: they grow, and are never below the UID list's last.
import { join } from 'node:path'
import { nextModSeq, pathOf, recordOf, slices, type Context, type MailboxRecord } from './context'
import { StoreError } from './contract'
import type { Move } from './disk/moves'
import type { Facts } from './facts'
import { makeDurable } from './landed'
import { deliveryHashOf, splitName } from './maildir'
import { wordsWithoutLetter } from './more-keywords'
import { dropContent, readRow, rowColumns, Row, Tally, type RawRow } from './rows'
import { insertSorting } from './sorting'
import { threadFor } from './threads'
import { transferAll } from './placing'
import { lastUid } from './uidlist'

export interface Arrival {
  /** `new/…` or `cur/…`, below the mailbox's folder. */
  name: string
  /** Puts the file there; absent when it is there already. */
  place?: (path: string) => Promise<void>
  /** Or these are its bytes, few enough to be written with those of others. */
  write?: { bytes: Buffer; at: number }
  /** Or it is another message's file, under one more name or this one: all of a job's are asked of the disk together. */
  transfer?: { how: Move['how']; mailbox: number; uid: number }
  /** Takes it back when the commit fails: what was refused must not appear at the next scan. */
  undo?: (path: string) => Promise<void>
  flags: string
  internal: number
  size: number
  ends: 'crlf' | 'lf'
  content: { facts: Facts } | { id: number }
  /** The row that goes when this one comes (MOVE). */
  instead?: { mailbox: number; uid: number }
}

export interface Job {
  mailbox: number
  arrivals: Arrival[]
  done: (uids: { uidValidity: number; uids: number[] }) => void
  failed: (error: unknown) => void
}

export interface Placed {
  job: Job
  record: MailboxRecord
  path: string
  uids: number[]
}

/** A commit of this many rows does not hold up another connection for long. */
const mostPerBatch = 200

/** Where the UID list was found ahead of the database (a death between the two), its UIDs count as given. */
const checkedNext = new WeakMap<Context, Set<number>>()

const firstFreeUid = (ctx: Context, record: MailboxRecord, folder: string): number => {
  const checked = checkedNext.get(ctx) ?? new Set()
  checkedNext.set(ctx, checked)
  if (checked.has(record.id)) return record.uidnext
  checked.add(record.id)
  return Math.max(record.uidnext, lastUid(folder) + 1)
}

const placeJob = async (ctx: Context, job: Job): Promise<Placed | null> => {
  try {
    const record = recordOf(ctx, job.mailbox)
    const path = pathOf(ctx, record)
    await transferAll(ctx, job, path)
    for (const some of slices(job.arrivals, 16)) {
      await Promise.all(some.map((arrival) => arrival.place?.(join(path, arrival.name))))
    }
    return { job, record, path, uids: [] }
  } catch (error) {
    await takeBack(ctx, job)
    job.failed(error)
    return null
  }
}

const takeBack = async (ctx: Context, job: Job): Promise<void> => {
  try {
    const path = pathOf(ctx, recordOf(ctx, job.mailbox))
    for (const arrival of job.arrivals) await arrival.undo?.(join(path, arrival.name))
  } catch (error) {
    ctx.log.error('store-undo-failed', { reason: String(error) })
  }
}

const giveUids = (ctx: Context, placed: readonly Placed[]) => {
  const next = new Map<number, number>()
  for (const each of placed) {
    let uid = next.get(each.record.id) ?? firstFreeUid(ctx, each.record, each.path)
    each.uids = each.job.arrivals.map(() => uid++)
    if (uid > 2 ** 32 - 1) throw new StoreError('limit', 'this mailbox has given its last UID')
    next.set(each.record.id, uid)
  }
}

const contentFor = (ctx: Context, arrival: Arrival): number => {
  if ('id' in arrival.content) return arrival.content.id
  const { facts } = arrival.content
  const known = ctx.q<{ id: number }>('select id from content where hash = ?').get(facts.hash)
  if (known) return known.id
  const { lastInsertRowid } = ctx
    .q(
      `insert into content (hash, thread, sent, sent_day, envelope, body, structure, preview)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      facts.hash,
      threadFor(ctx, facts),
      facts.sent,
      facts.sentDay,
      facts.envelope,
      facts.body,
      facts.structure,
      facts.preview,
    )
  insertSorting(ctx, Number(lastInsertRowid), facts)
  return Number(lastInsertRowid)
}

interface Insert {
  mailbox: number
  uid: number
  modSeq: number
  saved: number
}

export const insertRow = (ctx: Context, arrival: Arrival, as: Insert): { row: Row; flags: string } => {
  const content = contentFor(ctx, arrival)
  // Flags may have changed while the file moved: the row that goes knows.
  const before = arrival.instead && readRow(ctx, arrival.instead.mailbox, arrival.instead.uid)
  const flags = before ? before.flags.join(' ') : arrival.flags
  const raw: RawRow = [as.uid, as.modSeq, flags, arrival.internal, as.saved, arrival.size, content]
  ctx
    .q(`insert into message (mailbox, name, ends, ${rowColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(as.mailbox, arrival.name, arrival.ends, ...raw)
  if (flags !== arrival.flags || wordsWithoutLetter(ctx, as.mailbox, flags).length > 0) {
    ctx.q('insert or ignore into mirror (mailbox, uid) values (?, ?)').run(as.mailbox, as.uid)
  }
  const delivery = deliveryHashOf(splitName(arrival.name).base)
  if (delivery) rememberDelivery(ctx, delivery, as)
  return { row: new Row(ctx, raw), flags }
}

const rememberDelivery = (ctx: Context, hash: string, as: Insert) => {
  const { uidvalidity } = recordOf(ctx, as.mailbox)
  ctx
    .q('insert or ignore into delivery (hash, mailbox, uidvalidity, uid, at) values (?, ?, ?, ?, ?)')
    .run(hash, as.mailbox, uidvalidity, as.uid, as.saved)
}

/**
 * Removes rows and writes what QRESYNC needs (RFC 7162 section 3.2.5); answers those that were there. Of what is `moved`
 * the facts have another row already.
 */
export const removeRows = (
  ctx: Context,
  mailbox: number,
  uids: readonly number[],
  how: 'gone' | 'moved' = 'gone',
) => {
  const modSeq = nextModSeq(ctx, mailbox)
  const tally = new Tally()
  const gone: { uid: number; name: string }[] = []
  const take = ctx.q<{ flags: string; size: number; name: string; content: number }>(
    'delete from message where mailbox = ? and uid = ? returning flags, size, name, content',
  )
  for (const uid of uids) {
    const row = take.get(mailbox, uid)
    if (!row) continue
    gone.push({ uid, name: row.name })
    tally.add(row.flags, row.size, -1)
    ctx.q('insert into expunged (mailbox, modseq, uid) values (?, ?, ?)').run(mailbox, modSeq, uid)
    if (how === 'gone') dropContent(ctx, row.content)
  }
  tally.apply(ctx, mailbox)
  return { modSeq, gone }
}

interface Committed {
  placed: Placed
  rows: Row[]
  modSeq: number
  left: { mailbox: number; uids: number[]; modSeq: number }[]
}

const insertJob = (ctx: Context, placed: Placed, saved: number): Committed => {
  const { job, uids } = placed
  const mailbox = recordOf(ctx, job.mailbox).id
  const modSeq = nextModSeq(ctx, mailbox)
  const tally = new Tally()
  const leaving = new Map<number, number[]>()
  const rows = job.arrivals.map((arrival, index) => {
    const { row, flags } = insertRow(ctx, arrival, { mailbox, uid: uids[index]!, modSeq, saved })
    tally.add(flags, arrival.size, 1)
    if (arrival.instead) {
      const list = leaving.get(arrival.instead.mailbox) ?? []
      list.push(arrival.instead.uid)
      leaving.set(arrival.instead.mailbox, list)
    }
    return row
  })
  tally.apply(ctx, mailbox)
  ctx.q('update mailbox set uidnext = max(uidnext, ?) where id = ?').run(uids.at(-1)! + 1, mailbox)
  const left = [...leaving].map(([from, list]) => {
    const removed = removeRows(ctx, from, list, 'moved')
    return { mailbox: from, uids: removed.gone.map(({ uid }) => uid), modSeq: removed.modSeq }
  })
  return { placed, rows, modSeq, left }
}

/** While files were placed the mailbox, or the last copy of what is copied or moved, may have gone. */
const reasonAgainst = (ctx: Context, { job }: Placed): StoreError | null => {
  if (!ctx.q('select 1 from mailbox where id = ? and folder is not null').get(job.mailbox))
    return new StoreError('nonexistent', 'the mailbox was deleted')
  const hasFacts = ctx.q('select 1 from content where id = ?')
  const isWhole = job.arrivals.every(({ content }) => !('id' in content) || hasFacts.get(content.id))
  return isWhole ? null : new StoreError('nonexistent', 'a message is gone')
}

/** Runs within the lane. Every job is answered, whatever happens to the others. */
export const commit = async (ctx: Context, jobs: readonly Job[]): Promise<void> => {
  let placed = (await Promise.all(jobs.map((job) => placeJob(ctx, job)))).filter((one) => one !== null)
  if (placed.length === 0) return
  let isCommitted = false
  try {
    const saved = Date.now()
    giveUids(ctx, placed)
    const unwritten = await makeDurable(ctx, placed, saved)
    for (const [{ job }, reason] of unwritten) {
      await takeBack(ctx, job)
      job.failed(reason)
    }
    placed = placed.filter((each) => !unwritten.has(each))
    const committed: Committed[] = []
    const refused: { job: Job; reason: StoreError }[] = []
    ctx.db.transaction(() => {
      for (const each of placed) {
        const reason = reasonAgainst(ctx, each)
        if (reason) refused.push({ job: each.job, reason })
        else committed.push(insertJob(ctx, each, saved))
      }
    })()
    isCommitted = true
    for (const { job, reason } of refused) {
      await takeBack(ctx, job)
      job.failed(reason)
    }
    await ctx.syncWal()
    for (const each of committed) announce(ctx, each)
    ctx.text.wake(ctx.folder)
  } catch (error) {
    for (const { job } of placed) {
      if (!isCommitted) await takeBack(ctx, job)
      job.failed(error)
    }
  }
}

/**
 * A copy of what is marked deleted is marked so, too: an EXPUNGE may have taken it while the sync was waited for. Told of
 * it now, after the news that it left, a session would count a message that nobody has.
 */
const stillThere = (ctx: Context, mailbox: number, rows: Row[]): Row[] => {
  const uids = rows.map(({ uid }) => uid)
  const [from = 0, to = 0] = [uids[0], uids[uids.length - 1]]
  const found = ctx
    .q<{ uid: number }>('select uid from message where mailbox = ? and uid between ? and ?')
    .all(mailbox, from, to)
  if (found.length === rows.length) return rows
  const present = new Set(found.map(({ uid }) => uid))
  return rows.filter(({ uid }) => present.has(uid))
}

const announce = (ctx: Context, { placed, rows: committed, modSeq, left }: Committed) => {
  const rows = stillThere(ctx, placed.record.id, committed)
  if (rows.length > 0) ctx.emit({ type: 'exists', mailbox: placed.record.id, rows, modSeq })
  for (const gone of left) ctx.emit({ type: 'expunged', ...gone })
  placed.job.done({ uidValidity: placed.record.uidvalidity, uids: placed.uids })
}

export interface ArrivalQueue {
  enter(mailbox: number, arrivals: Arrival[]): Promise<{ uidValidity: number; uids: number[] }>
}

export const createArrivalQueue = (
  ctx: Context,
  commitWith: (jobs: readonly Job[]) => Promise<void>,
): ArrivalQueue => {
  const waiting: Job[] = []
  const drain = async () => {
    let count = 0
    const jobs: Job[] = []
    while (waiting[0] && (jobs.length === 0 || count + waiting[0].arrivals.length <= mostPerBatch)) {
      count += waiting[0].arrivals.length
      jobs.push(waiting.shift()!)
    }
    if (waiting.length) void ctx.lane.run(drain)
    await commitWith(jobs).catch((error: unknown) => {
      for (const job of jobs) job.failed(error)
    })
  }
  return {
    enter: (mailbox, arrivals) =>
      new Promise((done, failed) => {
        if (arrivals.length === 0) {
          return done({ uidValidity: recordOf(ctx, mailbox).uidvalidity, uids: [] })
        }
        waiting.push({ mailbox, arrivals, done, failed })
        if (waiting.length === 1) void ctx.lane.run(drain)
      }),
  }
}

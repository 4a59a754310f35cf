// Rebuilds a user's database from the Maildir: same UIDs, same UIDVALIDITY, from `posthorn-uidlist`.
//
// Invariants:
//  - The new database is made beside the old one and takes its place in one rename: a death leaves one of the two whole.
//  - A file the list names keeps its UID; others get new ones. A mailbox without a list has a new, greater UIDVALIDITY
//    (DESIGN.md decision 9).
//  - MODSEQ starts above anything given before, so a client that remembers an old one asks for everything.
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { insertRow, type Arrival } from './arrivals'
import { breathe, pathOf, slices, type Context, type MailboxRecord } from './context'
import { discover, furnish } from './mailboxes'
import type { Opened } from './open-user'
import { arrivalOf, listing } from './refresh'
import { readMoreKeywords } from './more-keywords'
import { flagText, Tally } from './rows'
import { openDatabase } from './schema'
import { readUidList, readUidListSync, writeUidList, type UidLine, type UidList } from './uidlist'

interface Listed {
  arrival: Arrival
  uid: number
  saved: number
}

const newDatabase = (folder: string) => join(folder, 'store.db.new')

const clear = (file: string) => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
}

const insertListed = (ctx: Context, mailbox: number, some: readonly Listed[], modSeq: number) => {
  const tally = new Tally()
  for (const { arrival, uid, saved } of some) {
    insertRow(ctx, arrival, { mailbox, uid, modSeq, saved })
    tally.add(arrival.flags, arrival.size, 1)
  }
  tally.apply(ctx, mailbox)
}

const rebuildMailbox = async (ctx: Context, record: MailboxRecord, modSeq: number): Promise<number> => {
  const path = pathOf(ctx, record)
  const list = await readUidList(path)
  const files = await listing(path)
  const more = await readMoreKeywords(path)
  const lines: UidLine[] = []
  const known = [...files].flatMap(([base, name]) => {
    const line = list?.lines.get(base)
    return line ? [{ name, line }] : []
  })
  known.sort((a, b) => a.line.uid - b.line.uid)
  let last = 0
  let next = list?.uidNext ?? record.uidnext
  const unlisted = [...files]
    .filter(([base]) => !list?.lines.has(base))
    .map(([base, name]) => ({ base, name }))
  const all = [
    ...known.map(({ name, line }) => ({ name, uid: line.uid, saved: line.saved, base: line.base })),
    ...unlisted.map(({ name, base }) => ({ name, uid: 0, saved: Date.now(), base })),
  ]
  for (const some of slices(all, 100)) {
    const rows: Listed[] = []
    for (const { name, uid, saved, base } of some) {
      const arrival = await arrivalOf(ctx, path, { mailbox: record.id, name })
      if (!arrival) continue
      const words = more.get(base)
      if (words) arrival.flags = flagText([...arrival.flags.split(' '), ...words])
      // Two lines of one UID cannot both be right: the second file is new.
      const mine = uid > last ? uid : next++
      last = Math.max(last, mine)
      rows.push({ arrival, uid: mine, saved })
      lines.push({ uid: mine, saved, base })
      await breathe()
    }
    ctx.db.transaction(() => insertListed(ctx, record.id, rows, modSeq))()
  }
  const whole: UidList = {
    uidValidity: record.uidvalidity,
    uidNext: next,
    guid: record.guid,
    lines: new Map(lines.map((line) => [line.base, line])),
  }
  await writeUidList(path, whole)
  ctx
    .q('update mailbox set uidnext = ?, modseq = ?, log_start = ? where id = ?')
    .run(next, modSeq, modSeq, record.id)
  return lines.length
}

interface Old {
  last: number
  boxes: { id: number; guid: string; subscribed: number; special_use: string | null }[]
  deliveries: { hash: string; mailbox: number; uidvalidity: number; uid: number; at: number }[]
}

/**
 * What the Maildir does not tell, where the old database can still be read. Opening and closing it also empties its
 * write-ahead log, which must never meet the new file.
 */
const readOld = (ctx: Context, file: string): Old => {
  let old: Database.Database | null = null
  try {
    old = new Database(file, { fileMustExist: true })
    return {
      last: (old.prepare("select value from meta where key = 'uidvalidity'").pluck().get() as number) ?? 0,
      boxes: old.prepare('select id, guid, subscribed, special_use from mailbox').all() as Old['boxes'],
      deliveries: old.prepare('select * from delivery').all() as Old['deliveries'],
    }
  } catch (error) {
    ctx.log.warn('reindex-without-old-database', { reason: String(error) })
    return { last: 0, boxes: [], deliveries: [] }
  } finally {
    old?.close()
  }
}

const applyOld = (ctx: Context, old: Old) => {
  const newId = new Map<number, number>()
  for (const box of old.boxes) {
    const now = ctx
      .q<{ id: number }>('update mailbox set subscribed = ?, special_use = ? where guid = ? returning id')
      .get(box.subscribed, box.special_use, box.guid)
    if (now) newId.set(box.id, now.id)
  }
  for (const each of old.deliveries) {
    const mailbox = newId.get(each.mailbox)
    if (mailbox === undefined) continue
    ctx
      .q('insert or ignore into delivery (hash, mailbox, uidvalidity, uid, at) values (?, ?, ?, ?, ?)')
      .run(each.hash, mailbox, each.uidvalidity, each.uid, each.at)
  }
}

export interface Rebuilt {
  mailboxes: number
  messages: number
}

const listedValidities = (ctx: Context): number[] =>
  ['', ...readdirSync(ctx.maildir).filter((name) => name.startsWith('.'))].map(
    (folder) => readUidListSync(join(ctx.maildir, folder))?.uidValidity ?? 0,
  )

/** The user must be closed. `contextAround` makes a context around the new database. */
export const rebuild = async (
  folder: string,
  contextAround: (openFile: () => Database.Database) => Opened,
): Promise<Rebuilt> => {
  const file = newDatabase(folder)
  clear(file)
  const opened = contextAround(() => openDatabase(file))
  const { ctx } = opened
  const old = readOld(ctx, join(folder, 'store.db'))
  ctx.db.transaction(() => {
    // A mailbox without list gets a UIDVALIDITY after the last one given.
    ctx
      .q("insert into meta (key, value) values ('uidvalidity', ?)")
      .run(Math.max(old.last, ...listedValidities(ctx)))
    discover(ctx)
    furnish(ctx)
    applyOld(ctx, old)
  })()
  const boxes = ctx.q<MailboxRecord>('select * from mailbox where folder is not null').all()
  const modSeq = Date.now()
  let messages = 0
  for (const record of boxes) messages += await rebuildMailbox(ctx, record, modSeq)
  ctx.db.pragma('wal_checkpoint(truncate)')
  opened.rest()
  for (const end of ['-wal', '-shm']) rmSync(join(folder, `store.db${end}`), { force: true })
  renameSync(file, join(folder, 'store.db'))
  return { mailboxes: boxes.length, messages }
}

// Flags and expunges: the row first, the files after it, in the lane.
//
// Invariants:
//  - A row changed here has an entry in `mirror` until its file has the new name, an expunged one in `doomed` until its
//    file is gone: both are redone at the next opening after a death (DESIGN.md decision 9).
//  - Long changes go in slices, each its own commit with its own MODSEQ.
import { breathe, nextModSeq, pathOf, recordOf, slices, type Context } from './context'
import type { FlagChange, MessageRow } from './contract'
import { removeRows } from './arrivals'
import type { Move } from './disk/moves'
import { namedFor } from './keywords'
import { rememberWords, tellWords } from './more-keywords'
import { splitName, unlinkIfThere } from './maildir'
import { flagText, isDeleted, rowColumns, Row, Tally, type RawRow } from './rows'
import { join } from 'node:path'

const perSlice = 500

const changedFlags = (before: string, change: FlagChange): string => {
  const now = before === '' ? [] : before.split(' ')
  if (change.how === 'replace') return flagText(change.flags)
  if (change.how === 'add') return flagText([...now, ...change.flags])
  const gone = new Set(change.flags.map((flag) => flag.toLowerCase()))
  return now.filter((flag) => !gone.has(flag.toLowerCase())).join(' ')
}

const changeSlice = (ctx: Context, mailbox: number, uids: readonly number[], change: FlagChange) => {
  const rows: Row[] = []
  const modified: number[] = []
  const read = ctx.q(`select ${rowColumns} from message where mailbox = ? and uid = ?`).raw()
  const write = ctx.q('update message set flags = ?, modseq = ? where mailbox = ? and uid = ?')
  const mirror = ctx.q('insert or ignore into mirror (mailbox, uid) values (?, ?)')
  const tally = new Tally()
  let modSeq = 0
  for (const uid of uids) {
    const raw = read.get(mailbox, uid) as RawRow | undefined
    if (!raw) continue
    // RFC 7162 section 3.1.3: a message changed since then is left alone and named.
    if (change.unchangedSince !== undefined && raw[1] > change.unchangedSince) {
      modified.push(uid)
      continue
    }
    const flags = changedFlags(raw[2], change)
    if (flags === raw[2]) continue
    modSeq ||= nextModSeq(ctx, mailbox)
    tally.add(raw[2], raw[5], -1)
    tally.add(flags, raw[5], 1)
    write.run(flags, modSeq, mailbox, uid)
    mirror.run(mailbox, uid)
    rows.push(new Row(ctx, [raw[0], modSeq, flags, raw[3], raw[4], raw[5], raw[6]]))
  }
  if (rows.length) tally.apply(ctx, mailbox)
  return { rows, modified, modSeq }
}

export const setFlags = async (
  ctx: Context,
  mailbox: number,
  uids: readonly number[],
  change: FlagChange,
) => {
  recordOf(ctx, mailbox)
  const rows: MessageRow[] = []
  const modified: number[] = []
  for (const some of slices(uids, perSlice)) {
    const done = ctx.db.transaction(() => changeSlice(ctx, mailbox, some, change))()
    rows.push(...done.rows)
    modified.push(...done.modified)
    if (done.rows.length) ctx.emit({ type: 'flags', mailbox, rows: done.rows, modSeq: done.modSeq })
    if (uids.length > perSlice) await breathe()
  }
  return { rows, modified }
}

const doom = (ctx: Context, mailbox: number, name: string) =>
  ctx.q('insert or ignore into doomed (mailbox, name) values (?, ?)').run(mailbox, name)

export const expunge = async (ctx: Context, mailbox: number, uids: readonly number[] | null) => {
  if (recordOf(ctx, mailbox).deleted === 0) return []
  const marked = ctx
    .q<{ uid: number; flags: string }>(
      "select uid, flags from message where mailbox = ? and flags like '%\\Deleted%' order by uid",
    )
    .all(mailbox)
    .filter(({ flags }) => isDeleted(flags))
    .map(({ uid }) => uid)
  const asked = uids && new Set(uids)
  return removeAll(ctx, mailbox, asked ? marked.filter((uid) => asked.has(uid)) : marked)
}

/** Returns those that were there. */
const removeAll = async (ctx: Context, mailbox: number, uids: readonly number[]): Promise<number[]> => {
  const all: number[] = []
  for (const some of slices(uids, perSlice)) {
    const { gone, modSeq } = ctx.db.transaction(() => {
      const removed = removeRows(ctx, mailbox, some)
      for (const { name } of removed.gone) doom(ctx, mailbox, name)
      return removed
    })()
    all.push(...gone.map(({ uid }) => uid))
    if (gone.length) ctx.emit({ type: 'expunged', mailbox, uids: gone.map(({ uid }) => uid), modSeq })
    await breathe()
  }
  return all
}

/** Takes messages back, whatever their flags, and their files with them. */
export const withdraw = async (ctx: Context, mailbox: number, uids: readonly number[]): Promise<void> => {
  await removeAll(ctx, mailbox, uids)
  await ctx.lane.run(() => removeDoomed(ctx))
}

/** Runs within the lane: unlinks what was expunged. */
export const removeDoomed = async (ctx: Context): Promise<void> => {
  for (;;) {
    const some = ctx.q<{ mailbox: number; name: string }>('select mailbox, name from doomed limit 200').all()
    if (some.length === 0) return
    const folder = new Map(
      ctx
        .q<{ id: number; folder: string }>('select id, folder from mailbox where folder is not null')
        .all()
        .map((record) => [record.id, pathOf(ctx, record)]),
    )
    await Promise.all(
      some.map(({ mailbox, name }) => {
        const path = folder.get(mailbox)
        return path === undefined ? undefined : unlinkIfThere(join(path, name))
      }),
    )
    ctx.db.transaction(() => {
      for (const { mailbox, name } of some) {
        ctx.q('delete from doomed where mailbox = ? and name = ?').run(mailbox, name)
      }
    })()
  }
}

interface Pending {
  mailbox: number
  uid: number
  /** Null where the message was expunged meanwhile. */
  flags: string | null
  name: string | null
  /** Null where the mailbox is gone. */
  folder: string | null
  /** What was last written of its keywords without a letter. */
  words: string | null
}

type Mirrored = Pick<Pending, 'mailbox' | 'uid' | 'words'> & { to: string; flags: string }

interface Wanted extends Mirrored {
  /** Null where it has that name. */
  move: Move | null
}

const wantedOf = (ctx: Context, pending: Pending): Wanted | null => {
  const { mailbox, uid, flags, name, folder, words } = pending
  if (flags === null || name === null || folder === null) return null
  const to = namedFor(ctx, mailbox, splitName(name).base, flags)
  const path = pathOf(ctx, { folder })
  const move: Move = { how: 'rename', from: join(path, name), to: join(path, to) }
  return { mailbox, uid, words, to, flags, move: to === name ? null : move }
}

/** Null for what is not there under its name: another program's doing, which the next scan reads. */
const renameAll = async (ctx: Context, all: readonly (Wanted | null)[]): Promise<(Mirrored | null)[]> => {
  const moving = all.flatMap((each) => (each?.move ? [{ each, move: each.move }] : []))
  const moved = await ctx.disk.move(moving.map(({ move }) => move))
  const left = new Set(moving.filter((_, at) => moved[at] === 'missing').map(({ each }) => each))
  const failed = moved.find((one) => typeof one === 'object')
  if (failed) throw new Error(failed.failed)
  return all.map((each) => (each && !left.has(each) ? each : null))
}

const record = (ctx: Context, { mailbox, uid }: Pending, result: Mirrored | null) => {
  if (result) {
    const now = ctx
      .q<{ flags: string }>('update message set name = ? where mailbox = ? and uid = ? returning flags')
      .get(result.to, mailbox, uid)
    // Expunged while its file was renamed: the name that was doomed is not the one it has.
    if (!now) doom(ctx, mailbox, result.to)
    // Changed again meanwhile: stays for the next round.
    else if (now.flags !== result.flags) return
  }
  ctx.q('delete from mirror where mailbox = ? and uid = ?').run(mailbox, uid)
}

/** Runs within the lane: gives files the names their flags ask for, and records them. */
export const mirrorFlags = async (ctx: Context): Promise<void> => {
  for (;;) {
    const some = ctx
      .q<Pending>(
        `select mirror.mailbox, mirror.uid, flags, message.name, folder, words from mirror
         left join message using (mailbox, uid) left join unlettered using (mailbox, uid)
         left join mailbox on mailbox.id = mirror.mailbox limit ?`,
      )
      .all(perSlice)
    if (some.length === 0) return
    const done = await renameAll(
      ctx,
      some.map((each) => wantedOf(ctx, each)),
    )
    const words = await tellWords(
      ctx,
      done.flatMap((one) => (one ? [{ ...one, name: one.to }] : [])),
    )
    ctx.db.transaction(() => {
      for (const each of words) rememberWords(ctx, each)
      for (const [index, each] of some.entries()) record(ctx, each, done[index] ?? null)
    })()
    await breathe()
  }
}

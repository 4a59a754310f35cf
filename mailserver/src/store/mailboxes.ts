// Creating, renaming and removing mailboxes, and finding those other programs made.
//
// Invariants:
//  - UIDVALIDITY only grows within a user, so a name used again never shows old UIDs as current (RFC 9051 section 2.3.1.1).
//  - The folder is changed before its row; `discover` joins the two again after a death in between, by the mailbox
//    id in the UID list's head.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { breathe, pathOf, type Context, type MailboxRecord } from './context'
import { StoreError, type MailboxRow } from './contract'
import { loadKeywords } from './keywords'
import { checkedName, folderOf, nameBounds, nameOf, parentOf } from './names'
import { dropContent } from './rows'
import { readUidListSync, startUidList } from './uidlist'

export const startFolders: readonly (readonly [name: string, use: string])[] = [
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Archive', '\\Archive'],
  ['Junk', '\\Junk'],
  ['Trash', '\\Trash'],
]
const uses = new Set([
  '\\All',
  '\\Archive',
  '\\Drafts',
  '\\Flagged',
  '\\Junk',
  '\\Sent',
  '\\Trash',
  '\\Important',
])

export const mailboxRow = (record: MailboxRecord): MailboxRow => ({
  id: record.id,
  name: record.name,
  uidValidity: record.uidvalidity,
  uidNext: record.uidnext,
  highestModSeq: record.modseq,
  messages: record.messages,
  unseen: record.unseen,
  deleted: record.deleted,
  size: record.size,
  subscribed: record.subscribed === 1,
  selectable: record.selectable === 1,
  specialUse: record.special_use,
  mailboxId: record.guid,
})

export const byName = (ctx: Context, name: string): MailboxRecord | null =>
  ctx.q<MailboxRecord>('select * from mailbox where name = ?').get(name) ?? null

/** What a client names: null for a name that could never exist. */
export const findMailbox = (ctx: Context, given: string): MailboxRecord | null => {
  try {
    return byName(ctx, checkedName(given))
  } catch (error) {
    if (error instanceof StoreError) return null
    throw error
  }
}

const mustFind = (ctx: Context, given: string): MailboxRecord => {
  const record = findMailbox(ctx, given)
  if (!record) throw new StoreError('nonexistent', 'no such mailbox')
  return record
}

export const newUidValidity = (ctx: Context): number => {
  const last = ctx.q<{ value: number }>("select value from meta where key = 'uidvalidity'").get()?.value ?? 0
  const next = Math.max(last + 1, Math.floor(Date.now() / 1000))
  ctx.q("insert or replace into meta (key, value) values ('uidvalidity', ?)").run(next)
  return next
}

const makeFolder = (path: string): void => {
  for (const each of ['new', 'cur', 'tmp']) mkdirSync(join(path, each), { recursive: true, mode: 0o700 })
  if (!existsSync(join(path, 'maildirfolder')))
    writeFileSync(join(path, 'maildirfolder'), '', { mode: 0o600 })
}

interface NewMailbox {
  name: string
  specialUse: string | null
}

/** The folder may be there already (another program's, or the rest of a lost database): its UID list is kept. */
export const insertMailbox = (ctx: Context, { name, specialUse }: NewMailbox): MailboxRecord => {
  const folder = folderOf(name)
  const path = join(ctx.maildir, folder)
  makeFolder(path)
  const list = readUidListSync(path)
  const used = (column: string, value: unknown) =>
    ctx.q(`select 1 from mailbox where ${column} = ?`).get(value) !== undefined
  const keep = list !== null && !used('guid', list.guid) && !used('uidvalidity', list.uidValidity)
  const head = keep
    ? list
    : { uidValidity: newUidValidity(ctx), uidNext: 1, guid: `F${randomBytes(12).toString('hex')}` }
  if (!keep) startUidList(path, head)
  const record = ctx
    .q<MailboxRecord>(
      `insert into mailbox (name, folder, guid, uidvalidity, uidnext, subscribed, special_use)
       values (?, ?, ?, ?, ?, 1, ?) returning *`,
    )
    .get(name, folder, head.guid, head.uidValidity, head.uidNext, specialUse)!
  loadKeywords(ctx, record.id, path)
  return record
}

/** A deleted mailbox with children stays as a name; created again, it is a new mailbox. */
const revive = (ctx: Context, record: MailboxRecord, specialUse: string | null): MailboxRecord => {
  ctx.q('delete from mailbox where id = ?').run(record.id)
  return insertMailbox(ctx, { name: record.name, specialUse })
}

const checkUse = (ctx: Context, use: string | undefined): string | null => {
  if (use === undefined) return null
  const known = [...uses].find((each) => each.toLowerCase() === use.toLowerCase())
  if (!known) throw new StoreError('cannot', 'this special use is not supported')
  if (ctx.q('select 1 from mailbox where special_use = ?').get(known)) {
    throw new StoreError('cannot', 'another mailbox has this special use')
  }
  return known
}

export const createMailbox = (ctx: Context, given: string, use?: string): MailboxRecord => {
  const name = checkedName(given)
  const existing = byName(ctx, name)
  if (existing && existing.selectable) throw new StoreError('exists', 'the mailbox exists')
  const specialUse = checkUse(ctx, use)
  const { count } = ctx.q<{ count: number }>('select count(*) as count from mailbox').get()!
  if (count + name.split('/').length > nameBounds.count) {
    throw new StoreError('limit', `at most ${nameBounds.count} mailboxes`)
  }
  const made = ctx.db.transaction(() => {
    // RFC 9051 section 6.3.4: superior names are created too.
    const parent = parentOf(name)
    if (parent && !byName(ctx, parent)) createMailbox(ctx, parent)
    return existing ? revive(ctx, existing, specialUse) : insertMailbox(ctx, { name, specialUse })
  })()
  if (!ctx.db.inTransaction) ctx.emit({ type: 'mailboxes' })
  return made
}

const childrenOf = (ctx: Context, name: string): MailboxRecord[] =>
  ctx
    .q<MailboxRecord>('select * from mailbox where substr(name, 1, ?) = ? order by name')
    .all(name.length + 1, `${name}/`)

const renameOne = (ctx: Context, record: MailboxRecord, to: string) => {
  const folder = folderOf(to)
  if (record.folder !== null) renameSync(pathOf(ctx, record), join(ctx.maildir, folder))
  ctx
    .q('update mailbox set name = ?, folder = ? where id = ?')
    .run(to, record.folder === null ? null : folder, record.id)
}

/** RFC 9051 section 6.3.6; `INBOX` is the caller's, because it moves messages. */
export const renameMailbox = (ctx: Context, from: string, given: string): void => {
  const record = mustFind(ctx, from)
  const to = checkedName(given)
  if (byName(ctx, to)) throw new StoreError('exists', 'the mailbox exists')
  if (to.startsWith(`${record.name}/`)) throw new StoreError('cannot', 'a mailbox cannot go below itself')
  const children = childrenOf(ctx, record.name)
  const moves = [record, ...children].map((each) => ({
    record: each,
    to: checkedName(to + each.name.slice(record.name.length)),
  }))
  ctx.db.transaction(() => {
    const parent = parentOf(to)
    if (parent && !byName(ctx, parent)) createMailbox(ctx, parent)
    for (const move of moves) renameOne(ctx, move.record, move.to)
  })()
  ctx.emit({ type: 'mailboxes' })
}

/** Its rows go later, in slices: ids of mailboxes are not used again. */
const forgetMailbox = (ctx: Context, id: number): void => {
  ctx.q('insert or ignore into orphan (mailbox) values (?)').run(id)
}

/** Runs within the lane. */
export const clearOrphans = async (ctx: Context): Promise<void> => {
  for (;;) {
    const mailbox = ctx.q('select mailbox from orphan limit 1').pluck().get() as number | undefined
    if (mailbox === undefined) return
    const some = ctx.q<{ uid: number; content: number }>(
      'select uid, content from message where mailbox = ? limit 300',
    )
    for (let rows = some.all(mailbox); rows.length > 0; rows = some.all(mailbox)) {
      const slice = rows
      ctx.db.transaction(() => {
        for (const { uid, content } of slice) {
          ctx.q('delete from message where mailbox = ? and uid = ?').run(mailbox, uid)
          dropContent(ctx, content)
        }
      })()
      await breathe()
    }
    ctx.db.transaction(() => {
      for (const table of ['expunged', 'mirror', 'doomed', 'keyword', 'unlettered', 'orphan']) {
        ctx.q(`delete from ${table} where mailbox = ?`).run(mailbox)
      }
    })()
  }
}

/** Runs within the lane. RFC 9051 section 6.3.5: with children it loses its messages and stays as a `\Noselect` name. */
export const removeMailbox = (ctx: Context, given: string): void => {
  const record = mustFind(ctx, given)
  if (record.name === 'INBOX') throw new StoreError('cannot', 'INBOX cannot be deleted')
  const hasChildren = childrenOf(ctx, record.name).length > 0
  if (!record.selectable && hasChildren) throw new StoreError('cannot', 'the mailbox has children')
  if (record.folder !== null) {
    const gone = join(ctx.folder, `gone-${randomBytes(8).toString('hex')}`)
    renameSync(pathOf(ctx, record), gone)
    void ctx.lane.run(() => rm(gone, { recursive: true, force: true }))
  }
  ctx.db.transaction(() => {
    forgetMailbox(ctx, record.id)
    if (hasChildren) {
      ctx
        .q(
          `update mailbox set selectable = 0, folder = null, messages = 0, unseen = 0, deleted = 0, size = 0,
           special_use = null where id = ?`,
        )
        .run(record.id)
    } else ctx.q('delete from mailbox where id = ?').run(record.id)
  })()
  ctx.emit({ type: 'mailboxes' })
}

export const subscribeMailbox = (ctx: Context, given: string, on: boolean): void => {
  const record = mustFind(ctx, given)
  ctx.q('update mailbox set subscribed = ? where id = ?').run(on ? 1 : 0, record.id)
  ctx.emit({ type: 'mailboxes' })
}

const isFolder = (name: string) => /^\.[^.]/.test(name)

/** A folder found on disk under a special folder's usual name is that folder, unless there is one. */
const freeUse = (ctx: Context, name: string): string | null => {
  const use = startFolders.find(([usual]) => usual === name)?.[1] ?? null
  return use && !ctx.q('select 1 from mailbox where special_use = ?').get(use) ? use : null
}

/** Rows without folder and folders without row, joined by id, else forgotten and adopted. */
export const discover = (ctx: Context): 'changed' | 'same' => {
  const onDisk = new Set(['', ...readdirSync(ctx.maildir).filter(isFolder)])
  const records = ctx.q<MailboxRecord>('select * from mailbox where folder is not null').all()
  const lost = records.filter((record) => !onDisk.has(record.folder!))
  const known = new Set(records.map((record) => record.folder))
  const found = [...onDisk].filter(
    (folder) => !known.has(folder) && existsSync(join(ctx.maildir, folder, 'cur')),
  )
  for (const folder of found) {
    const name = nameOf(folder)
    if (name === null || byName(ctx, name)?.selectable) continue
    const guid = readUidListSync(join(ctx.maildir, folder))?.guid
    const at = lost.findIndex((record) => record.guid === guid)
    const [moved] = at === -1 ? [] : lost.splice(at, 1)
    if (moved) ctx.q('update mailbox set name = ?, folder = ? where id = ?').run(name, folder, moved.id)
    else insertMailbox(ctx, { name, specialUse: freeUse(ctx, name) })
  }
  for (const record of lost) {
    forgetMailbox(ctx, record.id)
    ctx.q('delete from mailbox where id = ?').run(record.id)
  }
  return found.length || lost.length ? 'changed' : 'same'
}

/** The first opening of a user: INBOX and the folders every client looks for. */
export const furnish = (ctx: Context): void => {
  if (byName(ctx, 'INBOX')) return
  insertMailbox(ctx, { name: 'INBOX', specialUse: null })
  for (const [name, specialUse] of startFolders) {
    if (!byName(ctx, name)) insertMailbox(ctx, { name, specialUse })
  }
}

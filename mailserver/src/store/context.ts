// What every file of this room shares about one open user.
//
// Invariants:
//  - Whatever renames, links or scans files below `maildir` runs in `lane`, one at a time: a scan never meets our
//    own half-done work. (Writing into tmp/ is outside.)
//  - `emit` is called after the commit it tells of, in commit order.
import type Database from 'better-sqlite3'
import { join } from 'node:path'
import { StoreError, type StoreEvent } from './contract'
import type { Log } from '../core/log'
import type { Disk } from './disk/client'
import type { TextIndex } from './text/client'

export interface Limits {
  bytes: number | null
  messages: number | null
}

export interface MailboxRecord {
  id: number
  name: string
  folder: string | null
  guid: string
  uidvalidity: number
  uidnext: number
  modseq: number
  messages: number
  unseen: number
  deleted: number
  size: number
  subscribed: number
  selectable: number
  special_use: string | null
  log_start: number
}

export interface Context {
  readonly user: string
  readonly folder: string
  readonly maildir: string
  readonly db: Database.Database
  readonly log: Log
  readonly limits: () => Limits
  readonly lane: Lane
  readonly text: TextIndex
  readonly disk: Disk
  readonly listeners: Set<(event: StoreEvent) => void>
  /** Prepared once per text. */
  q<Result = unknown>(text: string): Database.Statement<unknown[], Result>
  emit(event: StoreEvent): void
  /** Resolves when every commit made so far is on disk. */
  syncWal(): Promise<void>
}

export class Lane {
  private tail: Promise<unknown> = Promise.resolve()
  private inside = 0
  get isBusy(): boolean {
    return this.inside > 0
  }
  run<T>(job: () => Promise<T>): Promise<T> {
    this.inside += 1
    const mine = this.tail.then(job).finally(() => (this.inside -= 1))
    this.tail = mine.catch(() => undefined)
    return mine
  }
  idle(): Promise<unknown> {
    return this.tail
  }
}

export const recordOf = (ctx: Context, id: number): MailboxRecord => {
  const record = ctx.q<MailboxRecord>('select * from mailbox where id = ?').get(id)
  if (!record) throw new StoreError('nonexistent', 'no such mailbox')
  return record
}

/** The folder on disk of a mailbox that holds messages. */
export const pathOf = (ctx: Context, record: Pick<MailboxRecord, 'folder'>): string => {
  if (record.folder === null) throw new StoreError('cannot', 'this mailbox holds no messages')
  return join(ctx.maildir, record.folder)
}

export const nextModSeq = (ctx: Context, mailbox: number): number => {
  const now = ctx
    .q<{ modseq: number }>('update mailbox set modseq = modseq + 1 where id = ? returning modseq')
    .get(mailbox)
  // Deleted between two slices of a long change.
  if (!now) throw new StoreError('nonexistent', 'the mailbox was deleted')
  return now.modseq
}

/** Lets other work of the process run between two slices of a long one. */
export const breathe = (): Promise<void> => new Promise((done) => setImmediate(done))

export const slices = function* <T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
}

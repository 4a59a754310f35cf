// One open user: the contract's calls, each handed to the file that knows it.
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { commit, createArrivalQueue, type Arrival, type ArrivalQueue, type Job } from './arrivals'
import { expunge, mirrorFlags, removeDoomed, setFlags } from './changes'
import { pathOf, recordOf, slices, type Context, type MailboxRecord } from './context'
import type { FlagChange, MessageColumn, NewMessage, SearchKey, StoreEvent, UserStore } from './contract'
import { StoreError } from './contract'
import { exportDovecot } from './export-dovecot'
import { checkQuota, prepare, usage } from './incoming'
import {
  byName,
  clearOrphans,
  createMailbox,
  discover,
  findMailbox,
  furnish,
  mailboxRow,
  removeMailbox,
  renameMailbox,
  subscribeMailbox,
} from './mailboxes'
import { deliveryHash, isMissing } from './maildir'
import { fileOf, readDecoded, readPiece, readTree, readWhole, streamWhole } from './read'
import { createWatchman, type Watchman } from './refresh'
import { changedUids, eachRow, readRow, readRows } from './rows'
import { forgetOld, openDatabase } from './schema'
import { search } from './search'
import { readTold } from './told'
import { copyMessages, moveMessages } from './transfers'
import { createAside } from './aside'
import { fillSorting, readNumbers, sortingOf } from './sorting'
import { clearRemains, clearTmp, contextFor, type Opened, type OpenUser } from './open-user'

const mostPerAppend = 1_000
const mirrorAfter = 40

export class OpenStore implements UserStore {
  readonly user: string
  private readonly ctx: Context
  private readonly opened: Opened
  private readonly arrivals: ArrivalQueue
  private readonly watchman: Watchman
  private isClosed = false
  private mirroring: NodeJS.Timeout | null = null
  readonly sorting: UserStore['sorting']
  readonly aside: UserStore['aside']

  constructor(open: OpenUser) {
    this.user = open.user
    mkdirSync(join(open.folder, 'Maildir', 'tmp'), { recursive: true, mode: 0o700 })
    this.opened = contextFor(open, () => openDatabase(join(open.folder, 'store.db')))
    const { ctx } = this.opened
    this.ctx = ctx
    clearTmp(ctx.maildir)
    ctx.db.transaction(() => {
      furnish(ctx)
      discover(ctx)
      forgetOld(ctx)
    })()
    this.watchman = createWatchman(ctx)
    this.arrivals = createArrivalQueue(ctx, (jobs) => this.commitJobs(jobs))
    void ctx.lane.run(() => clearRemains(open.folder)).catch(() => undefined)
    this.mirrorSoon()
    const filled = fillSorting(ctx, () => this.isClosed)
    filled.catch((error: unknown) => ctx.log.error('store-sorting-failed', { reason: String(error) }))
    this.sorting = sortingOf(ctx, filled)
    this.aside = createAside(ctx, () => this.isClosed)
  }

  private commitJobs(jobs: readonly Job[]) {
    const touched = jobs.flatMap((job) => [
      job.mailbox,
      ...job.arrivals.flatMap((arrival) => (arrival.instead ? [arrival.instead.mailbox] : [])),
    ])
    return this.watchman
      .ownWork(touched, () => commit(this.ctx, jobs))
      .finally(() => {
        if (this.ctx.q('select 1 from mirror limit 1').get()) this.mirrorSoon()
      })
  }

  /** File names follow the rows behind the caller's back, many at once, when whoever changed them has his answer. */
  private mirrorSoon() {
    this.mirroring ??= setTimeout(() => this.mirrorNow(), mirrorAfter).unref()
  }

  private mirrorNow() {
    if (this.mirroring) clearTimeout(this.mirroring)
    this.mirroring = null
    const work = this.ctx.lane.run(async () => {
      const touched = this.ctx
        .q<{ mailbox: number }>('select mailbox from mirror union select mailbox from doomed')
        .all()
        .map(({ mailbox }) => mailbox)
      await this.watchman.ownWork(touched, async () => {
        await mirrorFlags(this.ctx)
        await removeDoomed(this.ctx)
      })
      await clearOrphans(this.ctx)
    })
    work.catch((error: unknown) => this.ctx.log.error('store-mirror-failed', { reason: String(error) }))
  }

  mailboxes() {
    return this.ctx.q<MailboxRecord>('select * from mailbox order by name').all().map(mailboxRow)
  }
  mailbox(name: string) {
    const record = findMailbox(this.ctx, name)
    return record && mailboxRow(record)
  }
  mailboxById(id: number) {
    const record = this.ctx.q<MailboxRecord>('select * from mailbox where id = ?').get(id)
    return record ? mailboxRow(record) : null
  }
  create(name: string, specialUse?: string) {
    return mailboxRow(createMailbox(this.ctx, name, specialUse))
  }
  async rename(from: string, to: string) {
    if (findMailbox(this.ctx, from)?.name !== 'INBOX') return renameMailbox(this.ctx, from, to)
    // RFC 9051 section 6.3.6: renaming INBOX moves its messages and leaves it empty.
    const inbox = recordOf(this.ctx, byName(this.ctx, 'INBOX')!.id)
    const target = createMailbox(this.ctx, to)
    await this.emptyInto(inbox, target.id)
  }
  /** What another connection takes away meanwhile is not missed; what arrives meanwhile stays. */
  private async emptyInto({ id, uidnext }: MailboxRecord, to: number) {
    for (let tries = 1; ; tries += 1) {
      const uids = this.uids(id).filter((uid) => uid < uidnext)
      try {
        await this.move(id, uids, to)
        return
      } catch (error) {
        const isGone = error instanceof StoreError && error.code === 'nonexistent'
        if (!isGone || tries === 5 || !this.mailboxById(to)) throw error
      }
    }
  }
  /** In the lane: a folder that went while messages are moved into it would take them along. */
  async remove(name: string) {
    await this.ctx.lane.run(async () => removeMailbox(this.ctx, name))
    this.mirrorSoon()
  }
  subscribe(name: string, on: boolean) {
    subscribeMailbox(this.ctx, name, on)
  }

  /** Another connection may delete or rename the mailbox while its folder is read. */
  async refresh(mailbox: number) {
    try {
      await this.watchman.refresh(mailbox)
    } catch (error) {
      if (!isMissing(error)) throw error
      if (!this.mailboxById(mailbox)?.selectable)
        throw new StoreError('nonexistent', 'the mailbox was deleted')
      await this.watchman.refresh(mailbox)
    }
  }
  uids(mailbox: number) {
    return this.ctx
      .q('select uid from message where mailbox = ? order by uid')
      .pluck()
      .all(mailbox) as number[]
  }
  firstUnseen(mailbox: number) {
    if (recordOf(this.ctx, mailbox).unseen === 0) return null
    const first = this.ctx
      .q("select uid from message where mailbox = ? and instr(flags, '\\Seen') = 0 order by uid limit 1")
      .pluck()
      .get(mailbox) as number | undefined
    return first ?? null
  }
  rows(mailbox: number, range?: { from: number; to: number }) {
    return readRows(this.ctx, mailbox, range)
  }
  row(mailbox: number, uid: number) {
    return readRow(this.ctx, mailbox, uid)
  }
  numbers(
    mailbox: number,
    which: 'uid' | 'content' | 'internal' | 'size',
    range: { from: number; to: number },
  ) {
    return readNumbers(this.ctx, mailbox, { which, ...range })
  }
  eachRow(mailbox: number) {
    return eachRow(this.ctx, mailbox)
  }
  changedUids(mailbox: number, modSeq: number) {
    return changedUids(this.ctx, mailbox, modSeq)
  }
  *changedSince(mailbox: number, modSeq: number) {
    for (const uid of this.changedUids(mailbox, modSeq)) {
      const row = this.row(mailbox, uid)
      if (row) yield row
    }
  }
  expungedSince(mailbox: number, modSeq: number) {
    const record = recordOf(this.ctx, mailbox)
    const pluck = (text: string, ...values: number[]) =>
      this.ctx
        .q<number>(text)
        .pluck()
        .all(...values) as number[]
    if (modSeq >= record.log_start) {
      return pluck('select uid from expunged where mailbox = ? and modseq > ? order by uid', mailbox, modSeq)
    }
    // The log does not reach back so far: every UID that is not there (RFC 7162 section 3.2.5.2 allows it).
    const there = new Set(pluck('select uid from message where mailbox = ?', mailbox))
    const gone: number[] = []
    for (let uid = 1; uid < record.uidnext; uid++) if (!there.has(uid)) gone.push(uid)
    return gone
  }

  told(mailbox: number, range: { from: number; to: number }, which: ReadonlySet<MessageColumn>) {
    return readTold(this.ctx, mailbox, { range, which })
  }
  tree(mailbox: number, uid: number) {
    return readTree(this.ctx, { mailbox, uid })
  }
  decoded(mailbox: number, uid: number, part: readonly number[]) {
    return readDecoded(this.ctx, { mailbox, uid }, part)
  }
  read(mailbox: number, uid: number) {
    return readWhole(this.ctx, { mailbox, uid })
  }
  readRange(mailbox: number, uid: number, start: number, end: number) {
    return readPiece(this.ctx, { mailbox, uid }, { start, end })
  }
  stream(mailbox: number, uid: number) {
    return streamWhole(this.ctx, { mailbox, uid })
  }
  path(mailbox: number, uid: number) {
    return fileOf(this.ctx, mailbox, uid).path
  }

  async deliver(mailboxName: string, message: NewMessage) {
    const record = findMailbox(this.ctx, mailboxName)
    if (!record) throw new StoreError('nonexistent', 'no such mailbox')
    pathOf(this.ctx, record)
    const hash = message.deliveryId === undefined ? null : deliveryHash(message.deliveryId)
    // A file of the first try may lie there without its row since a death: the scan enters both.
    if (hash) await this.watchman.readOnce(record.id)
    const before = hash && this.delivered(hash)
    if (before) return before
    checkQuota(this.ctx, { bytes: 0, messages: 1 })
    const arrival = await prepare(this.ctx, message, {
      mailbox: record.id,
      place: 'new',
      deliveryHash: hash,
    })
    checkQuota(this.ctx, { bytes: arrival.size, messages: 1 })
    const { uidValidity, uids } = await this.arrivals.enter(record.id, [arrival])
    return { mailbox: record.id, uidValidity, uid: uids[0]! }
  }

  private delivered(hash: string) {
    const row = this.ctx
      .q<{ mailbox: number; uidvalidity: number; uid: number }>('select * from delivery where hash = ?')
      .get(hash)
    return row && { mailbox: row.mailbox, uidValidity: row.uidvalidity, uid: row.uid }
  }

  async append(mailbox: number, messages: NewMessage[]) {
    pathOf(this.ctx, recordOf(this.ctx, mailbox))
    if (messages.length > mostPerAppend)
      throw new StoreError('limit', `at most ${mostPerAppend} messages at once`)
    const bytes = messages.reduce(
      (sum, { source }) => sum + (Buffer.isBuffer(source) ? source.length : statSync(source.file).size),
      0,
    )
    checkQuota(this.ctx, { bytes, messages: messages.length })
    const arrivals: Arrival[] = []
    for (const some of slices(messages, 16)) {
      const into = { mailbox, place: 'cur', deliveryHash: null } as const
      arrivals.push(...(await Promise.all(some.map((message) => prepare(this.ctx, message, into)))))
    }
    return this.arrivals.enter(mailbox, arrivals)
  }

  copy(from: number, uids: readonly number[], to: number) {
    return copyMessages(this.ctx, uids, { from, to, enter: this.arrivals.enter })
  }

  move(from: number, uids: readonly number[], to: number) {
    return moveMessages(this.ctx, uids, { from, to, enter: this.arrivals.enter })
  }

  async setFlags(mailbox: number, uids: readonly number[], change: FlagChange) {
    const result = await setFlags(this.ctx, mailbox, uids, change)
    if (result.rows.length) this.mirrorSoon()
    return result
  }

  async expunge(mailbox: number, uids: readonly number[] | null) {
    const gone = await expunge(this.ctx, mailbox, uids)
    if (gone.length) this.mirrorSoon()
    return gone
  }

  search(mailbox: number, query: SearchKey) {
    return search(this.ctx, mailbox, query)
  }

  quota() {
    const limits = this.ctx.limits()
    return { ...usage(this.ctx), byteLimit: limits.bytes, messageLimit: limits.messages }
  }

  watch(listener: (event: StoreEvent) => void) {
    this.ctx.listeners.add(listener)
    return () => void this.ctx.listeners.delete(listener)
  }

  /** Something is being done, or left to be done. */
  get isBusy() {
    return this.ctx.lane.isBusy || this.mirroring !== null
  }
  async exportDovecot() {
    for (const { id, selectable } of this.mailboxes()) if (selectable) await this.refresh(id)
    return exportDovecot(this.ctx)
  }
  /** Its database is open. */
  get isAwake() {
    return this.opened.isAwake()
  }
  get lastUsed() {
    return this.opened.lastUsed()
  }
  /** Closes the database until the next call needs it; only when the lane is empty. */
  rest() {
    this.opened.rest()
  }
  /** Only when the lane is empty. */
  close() {
    this.isClosed = true
    this.watchman.end()
    this.watchman.remember()
    this.opened.rest()
  }
  async idle() {
    while (this.isBusy) {
      if (this.mirroring) this.mirrorNow()
      await this.ctx.lane.idle()
    }
  }
}

// What the doors (IMAP, POP3) and the delivery may ask of the store. One `UserStore` is one person's folder on
// disk and its SQLite database; every protocol sees mail through it and through nothing else.
//
// Invariants:
//  - A promise from `deliver`, `append`, `copy` or `move` resolves only when the bytes, the directory and the row
//    are on disk (DESIGN.md decisions 9 and 10).
//  - UIDs of a mailbox only grow and are never given twice under one UIDVALIDITY (RFC 9051 section 2.3.1.1).
//  - MODSEQ grows with every change of a mailbox (RFC 7162).
//  - `watch` tells every change after it is committed, to every listener, in commit order, whoever made it.
import type { Readable } from 'node:stream'
import type { Decoded, Part } from '../message'

export interface MailboxRow {
  id: number
  /** UTF-8, `/` between levels; `INBOX` is always upper case. */
  name: string
  uidValidity: number
  uidNext: number
  highestModSeq: number
  messages: number
  unseen: number
  deleted: number
  size: number
  subscribed: boolean
  selectable: boolean
  /** `\Sent`, `\Drafts` … (RFC 6154), or null. */
  specialUse: string | null
  /** RFC 8474. */
  mailboxId: string
}

export interface MessageRow {
  uid: number
  modSeq: number
  /** System flags and keywords, as stored; `\Recent` is not kept. */
  flags: readonly string[]
  internalDate: Date
  saveDate: Date
  size: number
  emailId: string
  threadId: string
}

/**
 * `flags` with spaces between; `internal` and `saved` in milliseconds; ENVELOPE, BODY and BODYSTRUCTURE (`structure`)
 * ready to send, as IMAP text without their names; `hash` and `thread` are the ids of RFC 8474 without their letter.
 */
export type MessageColumn =
  | 'uid'
  | 'flags'
  | 'modseq'
  | 'internal'
  | 'saved'
  | 'size'
  | 'envelope'
  | 'body'
  | 'structure'
  | 'preview'
  | 'hash'
  | 'thread'

export interface ToldMessages {
  /** What stands where in a record: at least what was asked for. */
  columns: readonly MessageColumn[]
  records: (string | number)[][]
}

/** The texts SORT orders by, ready to be compared (RFC 5256 section 3, RFC 5957). */
export type SortText = 'subject' | 'sender' | 'recipient' | 'copied' | 'shown_sender' | 'shown_recipient'

/** What THREAD links by. */
export interface Kin {
  content: number
  /** The Date header in seconds, or null where it cannot be read. */
  sent: number | null
  /** The base subject (RFC 5256 section 2.1), and whether something was taken off that says "answer". */
  subject: string
  kind: 'original' | 'answer'
  messageId: string | null
  /** References, or the first id of In-Reply-To without it, oldest first (RFC 5256 section 3, step 1). */
  ancestors: readonly string[]
}

/** Contents after `after`, in the order of their numbers, at most `limit`. */
export interface Page {
  after: number
  limit: number
}

export type StoreEvent =
  | { type: 'exists'; mailbox: number; rows: MessageRow[]; modSeq: number }
  | { type: 'flags'; mailbox: number; rows: MessageRow[]; modSeq: number }
  | { type: 'expunged'; mailbox: number; uids: number[]; modSeq: number }
  | { type: 'mailboxes' }

/** A file that is on disk and never changes; its modification time is `internalDate` already. */
export interface SealedFile {
  size: number
  /** Its content, where the caller has it at hand. */
  bytes: Buffer | null
}

export interface NewMessage {
  /** The whole message with CRLF line ends: a file on the store's own file system (hard-linked), or its bytes. */
  source: { file: string; sealed?: SealedFile } | Buffer
  flags?: readonly string[]
  internalDate?: Date
  /**
   * Names one delivery for ever (queue id and recipient). After a crash the queue delivers again what it is
   * not sure of: `deliver` with an id this user's store has already committed stores nothing and answers
   * what it answered then, even when the message has been moved or expunged since. Ids may be forgotten
   * after 10 days, longer than the queue keeps anything.
   */
  deliveryId?: string
}

export type FlagChange = {
  how: 'add' | 'remove' | 'replace'
  flags: readonly string[]
  unchangedSince?: number
}

export class StoreError extends Error {
  constructor(
    readonly code: 'nonexistent' | 'exists' | 'cannot' | 'over-quota' | 'limit' | 'no-permission' | 'in-use',
    message: string,
  ) {
    super(message)
  }
}

/** Bytes beyond which a message is not parsed on the event loop: whoever wants its tree asks for it. */
export const largeMessage = 256 * 1024

export interface UserStore {
  readonly user: string
  mailboxes(): MailboxRow[]
  mailbox(name: string): MailboxRow | null
  mailboxById(id: number): MailboxRow | null
  create(name: string, specialUse?: string): MailboxRow
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  subscribe(name: string, on: boolean): void

  /** Notices what other programs did to the folder (new/, cur/, removed, renamed files). */
  refresh(mailbox: number): Promise<void>
  /** Every UID in ascending order, without making rows: what SELECT needs of 100,000 messages. */
  uids(mailbox: number): number[]
  /** The lowest UID without \Seen, or null. */
  firstUnseen(mailbox: number): number | null
  /** Rows in UID order; all of them, or those in [from, to]. */
  rows(mailbox: number, range?: { from: number; to: number }): MessageRow[]
  /** All rows in UID order, read in pages as they are asked for: of what comes and goes meanwhile, nothing is promised. */
  eachRow(mailbox: number): Iterable<MessageRow>
  row(mailbox: number, uid: number): MessageRow | null
  /** UIDs with a greater MODSEQ, ascending. */
  changedUids(mailbox: number, modSeq: number): number[]
  /** Their rows, read as they are asked for. */
  changedSince(mailbox: number, modSeq: number): Iterable<MessageRow>
  expungedSince(mailbox: number, modSeq: number): number[]

  /**
   * A number of each message in [from, to], in UID order. `content` names its bytes: copies share it, a later arrival
   * has a greater one, none is given twice; `internal` is in milliseconds.
   */
  numbers(
    mailbox: number,
    which: 'uid' | 'content' | 'internal' | 'size',
    range: { from: number; to: number },
  ): number[]
  /** What SORT and THREAD order by, of contents; read in pages by the caller, once `sortable` has resolved. */
  readonly sorting: {
    /** Of stores written before these were kept, they are made first, in slices. */
    sortable(): Promise<void>
    lastContent(): number
    contents(page: Page): number[]
    texts(which: SortText, page: Page): string[]
    dates(page: Page): (number | null)[]
    kin(page: Page): Kin[]
  }
  /** Something derived that may be lost or forgotten at any time; bound to the numbers of this database. */
  readonly aside: {
    /** The name of this database: of no other store, and not of the one it is made anew as. */
    readonly born: string
    read(name: string): Promise<Buffer | null>
    write(name: string, bytes: Buffer): Promise<void>
  }

  /** All that FETCH tells without the files, of the messages in [from, to], in UID order. */
  told(mailbox: number, range: { from: number; to: number }, which: ReadonlySet<MessageColumn>): ToldMessages
  /** Its MIME tree; a large message is read off the event loop. */
  tree(mailbox: number, uid: number): Promise<Part>
  /** A part without its transfer encoding. */
  decoded(mailbox: number, uid: number, part: readonly number[]): Promise<Decoded>
  read(mailbox: number, uid: number): Promise<Buffer>
  readRange(mailbox: number, uid: number, start: number, end: number): Promise<Buffer>
  stream(mailbox: number, uid: number): Readable
  path(mailbox: number, uid: number): string

  deliver(
    mailboxName: string,
    message: NewMessage,
  ): Promise<{ mailbox: number; uidValidity: number; uid: number }>
  append(mailbox: number, messages: NewMessage[]): Promise<{ uidValidity: number; uids: number[] }>
  copy(from: number, uids: readonly number[], to: number): Promise<{ uidValidity: number; uids: number[] }>
  move(from: number, uids: readonly number[], to: number): Promise<{ uidValidity: number; uids: number[] }>
  /** Returns the rows that changed, and the UIDs refused because of `unchangedSince` (RFC 7162). */
  setFlags(
    mailbox: number,
    uids: readonly number[],
    change: FlagChange,
  ): Promise<{ rows: MessageRow[]; modified: number[] }>
  /** Only messages with \Deleted among `uids` (all when null) go (RFC 9051 sections 6.4.3, 6.4.9). */
  expunge(mailbox: number, uids: readonly number[] | null): Promise<number[]>

  /** RFC 9051 section 6.4.4 over already parsed keys; see search.ts for the tree. */
  search(mailbox: number, query: SearchKey): Promise<number[]>

  quota(): { bytes: number; messages: number; byteLimit: number | null; messageLimit: number | null }
  watch(listener: (event: StoreEvent) => void): () => void
}

/** A search program after parsing: dates are days since the epoch (no zone, RFC 9051), sets are UID ranges. */
export type SearchKey =
  | { key: 'all' }
  | { key: 'and' | 'or'; of: SearchKey[] }
  | { key: 'not'; of: SearchKey }
  | { key: 'uids'; ranges: readonly (readonly [number, number])[] }
  | { key: 'flag'; flag: string; on: boolean }
  | { key: 'larger' | 'smaller'; size: number }
  | { key: 'internal' | 'sent' | 'saved'; how: 'before' | 'on' | 'since'; day: number }
  | { key: 'within'; how: 'older' | 'younger'; seconds: number }
  | { key: 'header'; name: string; value: string }
  | { key: 'body' | 'text'; value: string }
  | { key: 'modseq'; from: number }
  | { key: 'emailid' | 'threadid'; id: string }

export interface Store {
  /** Opens (creating on first use) a user's store; shared and counted, closed by `release`. */
  open(user: string): UserStore
  release(store: UserStore): void
  remove(user: string): Promise<void>
  close(): Promise<void>
}

// What waits in the queue. A message is one spool file and the recipients it still owes a delivery to.
export type Notify = 'never' | 'success' | 'failure' | 'delay'

export interface Recipient {
  /** Where it is delivered, after aliases. */
  address: string
  /** What RCPT said; bounces name this one (RFC 3464 section 2.3.1). */
  original: string
  /** RFC 3461 section 4.2, as received (`rfc822;xtext`), or null. */
  orcpt: string | null
  /** RFC 3461 section 4.1; empty means the default: failures only. */
  notify: readonly Notify[]
  target: Target
}

export type Target =
  | { kind: 'mailbox'; user: string; folder: string }
  | { kind: 'foreign' }
  | { kind: 'file'; path: string }

export interface Envelope {
  /** Reverse path; empty for bounces (RFC 5321 section 4.5.5). */
  sender: string
  /** The signed-in user, or who forwarded: whom a demo capture is shown to. */
  owner: string | null
  recipients: readonly Recipient[]
  /** RFC 3461 section 4.3 and 4.4. */
  ret: 'full' | 'hdrs' | null
  envid: string | null
  smtpUtf8: boolean
  /** RFC 8689. */
  requireTls: boolean
}

export interface WaitingRecipient extends Recipient {
  row: number
  attempts: number
  due: number
  lastReply: string
  warned: boolean
}

export interface QueuedMessage extends Omit<Envelope, 'recipients'> {
  id: string
  receivedAt: number
  size: number
  /** Bytes of the Return-Path line at the head of the file: final delivery keeps it, relaying skips it. */
  prefix: number
  held: boolean
  /** Checksum of the file; null when it came before there were any. */
  sum: number | null
  recipients: WaitingRecipient[]
}

/** What is known of a message when it is accepted. */
export interface NewRow extends Envelope {
  id: string
  receivedAt: number
  size: number
  prefix: number
  sum: number
}

/** As it waits from then on; `numbers` are its recipients' in the database, where it has any. */
export const asQueued = (row: NewRow, numbers: readonly number[] = []): QueuedMessage => ({
  ...row,
  held: false,
  recipients: row.recipients.map((recipient, index) => ({
    ...recipient,
    row: numbers[index] ?? 0,
    attempts: 0,
    due: row.receivedAt,
    lastReply: '',
    warned: false,
  })),
})

export type Outcome =
  | {
      kind: 'delivered'
      reply: string
      /** Who took it: `local` or a host name. */ by: string
      dsn: 'kept' | 'passed on'
    }
  | { kind: 'deferred'; reply: string; by: string }
  | { kind: 'failed'; reply: string; by: string }

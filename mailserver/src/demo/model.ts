// How the demo's mail is written down: letters with people, a time relative to today, and who finds them where.
export interface Person {
  name: string
  address: string
}

export type Resident = 'alice' | 'bob' | 'carol'

export interface Attachment {
  filename: string
  contentType: string
  content: Buffer
  /** Shown inside the HTML by this id instead of in the list. */
  cid?: string
}

/** `{ minutes }` before now, or a clock time some days ago. */
export type When = { minutes: number } | { days: number; at: string }

export interface Letter {
  /** Names this letter for `answers`; unique. */
  id: string
  when: When
  from: Person
  to: readonly Person[]
  cc?: readonly Person[]
  subject: string
  text?: string
  html?: string
  attachments?: readonly Attachment[]
  /** iCalendar text and its method, sent as an alternative and as a file (RFC 6047). */
  invitation?: { method: 'REQUEST' | 'CANCEL' | 'REPLY'; ics: string }
  /** The letter this one answers: In-Reply-To and References follow. */
  answers?: string
  headers?: Record<string, string>
  /** Ends with the quoted text of the letter it answers, as mail programs do. */
  quotes?: 'below'
  /** Where residents keep it, when not in Inbox (received) or Sent (written). */
  folders?: Partial<Record<Resident, string>>
  unread?: readonly Resident[]
  starred?: readonly Resident[]
  /** Labels (keywords) all who have it gave it. */
  labels?: readonly string[]
  /** Residents who have it without being named: blind copies and lists. */
  alsoTo?: readonly Resident[]
  /** The whole message when it is not composed from the above. */
  raw?: (facts: { date: Date; messageId: string; original: (id: string) => string }) => string
}

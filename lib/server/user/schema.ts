// Rows as the database holds them. Times are milliseconds since 1970; lists and records are JSON text, so
// that the same statements run on every dialect. `owner` is the account's key (lib/server/mail/account.ts).

export interface SessionRow {
  id: string
  owner: string
  /** Whose it is whatever spelling was typed: see lib/server/auth/person.ts. */
  person: string
  login: string
  address: string
  name: string
  /** The mail password, sealed with a key that only the session cookie carries. */
  sealed_password: string
  client: string
  agent: string
  created_at: number
  used_at: number
}

/** A name that somebody signed in with, and under which key their data is kept: see lib/server/auth/owner.ts. */
export interface LoginRow {
  login: string
  person: string
  owner: string
  /** Whether it was looked for other spellings of it that open the same mail. */
  state: 'settled' | 'unasked'
}

export interface PreferencesRow {
  owner: string
  body: string
}

export interface UploadRow {
  id: string
  owner: string
  name: string
  type: string
  size: number
  created_at: number
}

export interface JobRow {
  id: string
  owner: string
  account: number
  login: string
  name: string
  /** A copy of the mail password, sealed with the server key; empty as soon as the job is done. */
  sealed_password: string
  state: string
  /** The last step that is known to be done: see lib/server/jobs/steps.ts. */
  step: string
  subject: string
  envelope: string
  /** What the composer sent, given back by undo. */
  draft: string
  problem: string | null
  tries: number
  due_at: number
  lease_until: number
  lease_by: string
  created_at: number
  updated_at: number
}

/** What a person said to an event: its organiser knows, and no message of the person's own tells it as well. */
export interface InvitationAnswerRow {
  owner: string
  /** Digest of the event's UID and RECURRENCE-ID. */
  event: string
  /** Of the invitation that was answered: a later one asks anew. */
  sequence: number
  answer: string
  answered_at: number
}

export interface ContactRow {
  id: string
  owner: string
  name: string
  groups: string
  /** `ContactDetails` of lib/model/contact.ts. */
  card: string
  source: string
  created_at: number
  updated_at: number
  /** How often they were written to, and when last. */
  uses: number
  used_at: number
}

export interface ContactAddressRow {
  owner: string
  contact: string
  /** In lower case: what addresses are compared by. */
  key: string
  address: string
  domain: string
  position: number
}

/** A list of one kind, kept as a whole: see lib/model/identity.ts. */
export interface KeptListRow {
  owner: string
  body: string
}

/** A person's decision about a sender: see lib/model/contact.ts. */
export interface SenderRuleRow {
  owner: string
  address: string
  rule: string
  created_at: number
}

/** What a person calls a keyword: see lib/model/label.ts. */
export interface LabelRow {
  owner: string
  /** The keyword in lower case: what labels are compared by. */
  key: string
  keyword: string
  /** '' for a usual label that the person does not want. */
  name: string
  colour: string
  created_at: number
}

export interface Tables {
  sessions: SessionRow
  logins: LoginRow
  preferences: PreferencesRow
  uploads: UploadRow
  jobs: JobRow
  invitation_answers: InvitationAnswerRow
  contacts: ContactRow
  contact_addresses: ContactAddressRow
  sender_rules: SenderRuleRow
  labels: LabelRow
  identities: KeptListRow
  snippets: KeptListRow
}

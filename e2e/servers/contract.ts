// A mail system to test against: the bundled one, or Debian's Dovecot and Postfix. Stories and integration
// tests get one of these and never ask which.
export interface TestUser {
  address: string
  password: string
}

export interface MailSystem {
  kind: 'posthorn' | 'dovecot'
  imap: { host: string; port: number }
  /** STARTTLS and SASL, as the web app uses it. */
  submission: { host: string; port: number }
  /** Port 25's door, where strangers deliver. */
  smtp: { host: string; port: number }
  users: { alice: TestUser; bob: TestUser; carol: TestUser }
  /** What the web app is told to change passwords with. */
  passwordChange: string
  /** What the IMAP side of somebody else's has logged. */
  imapLog?(): string
  /** How many messages somebody else's SMTP side has taken and not yet delivered. */
  inTransit?(): number
  /** The process group of the IMAP side. */
  group(): number
  /** kill -9 the IMAP side and start it again on the same ports and data. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** Whose mail: what every function of the mail room is given. It knows nothing of sessions. */
export interface Account {
  /**
   * Names the person everywhere data is kept apart: the name the mail server was given. Two spellings that a
   * server may tell apart are two persons; only a domain has no case (RFC 5321 section 2.4).
   */
  key: string
  address: string
  name: string
  credentials: { user: string; password: string }
  /** From where they signed in, where that is known: the mail server is told, so that it slows the guesser and not us. */
  client?: string
}

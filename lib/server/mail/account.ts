/** Whose mail: what every function of the mail room is given. It knows nothing of sessions. */
export interface Account {
  /**
   * Names the person everywhere data is kept apart: the name the mail server was given, or that of another spelling which
   * opens the same mail (lib/server/auth/owner.ts).
   */
  key: string
  address: string
  name: string
  credentials: { user: string; password: string }
  /** From where they signed in, where that is known: the mail server is told, so that it slows the guesser and not us. */
  client?: string
  /**
   * `job`: nobody waits for the answer, so it waits its turn as long as that takes; and what it was given when it began says
   * nothing of the password that holds now (pool.ts).
   */
  asks?: 'person' | 'job'
}

// The shape of every command: one file, one `define`.
import type { Scanner } from './wire/scanner'
import type { Literal } from './wire/literal'
import type { Session } from './session'

export type State = 'greeted' | 'signed in' | 'selected'

export interface Reply {
  status: 'OK' | 'NO' | 'BAD'
  /** Response code without brackets (RFC 9051 section 7.1). */
  code?: string
  text: string
  /** What changes after the client has read the reply: TLS, DEFLATE. */
  after?: () => Promise<void>
}

export interface Definition<Args> {
  name: string
  states: readonly State[]
  /** Names for CAPABILITY that this command stands for; a function where it depends on the session. */
  capabilities?: readonly string[] | ((session: Session) => readonly string[])
  /** `whole messages`: literals of this command may be as large as a message. */
  literals?: 'whole messages'
  /** RFC 9051 section 7.5.1: expunges may not be told while these run, for numbers would shift under them. */
  expunges?: 'wait'
  parse(scanner: Scanner, session: Session, literals: readonly Literal[]): Args
  run(session: Session, args: Args): Promise<Reply> | Reply
}

export interface Command extends Omit<Definition<never>, 'parse' | 'run'> {
  /** Reads the rest of the line; the result runs it. */
  prepare(scanner: Scanner, session: Session, literals: readonly Literal[]): () => Promise<Reply> | Reply
}

export const define = <Args>({ parse, run, ...rest }: Definition<Args>): Command => ({
  ...rest,
  prepare: (scanner, session, literals) => {
    const args = parse(scanner, session, literals)
    return () => run(session, args)
  },
})

export const anywhere = ['greeted', 'signed in', 'selected'] as const
export const signedIn = ['signed in', 'selected'] as const
export const selected = ['selected'] as const

export const noArguments = (scanner: Scanner): void => scanner.end()

export const ok = (text: string, code?: string): Reply => ({ status: 'OK', text, ...(code ? { code } : {}) })
export const no = (text: string, code?: string): Reply => ({ status: 'NO', text, ...(code ? { code } : {}) })
export const bad = (text: string): Reply => ({ status: 'BAD', text })

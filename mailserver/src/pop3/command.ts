import type { Session } from './session'

export type State = 'authorization' | 'transaction'

/** One line back, or a line and a body that ends with CRLF.CRLF. `close` ends the session after it. */
export interface Reply {
  text: string
  body?: AsyncIterable<Buffer>
  close?: true
  after?: () => void
}

export interface Command {
  name: string
  states: readonly State[]
  run(session: Session, args: string[]): Promise<Reply> | Reply
}

export const ok = (text = ''): Reply => ({ text: text ? `+OK ${text}` : '+OK' })

/** RFC 2449 section 8 and RFC 3206: a code in brackets tells a client what to do about it. */
export const err = (text: string, code?: 'IN-USE' | 'AUTH' | 'SYS/TEMP' | 'LOGIN-DELAY'): Reply => ({
  text: `-ERR ${code ? `[${code}] ` : ''}${text}`,
})

export const lines = (text: string, rows: Iterable<string>): Reply => ({
  text: `+OK ${text}`,
  body: (async function* () {
    yield Buffer.from([...rows, '.', ''].join('\r\n'), 'latin1')
  })(),
})

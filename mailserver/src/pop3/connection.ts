// The life of one connection: greeting, command after command, end. A client may send many commands at once
// (PIPELINING, RFC 2449 section 6.6): they are answered one by one, in order.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { err, type Reply } from './command'
import { findCommand } from './registry'
import type { Session } from './session'

const longestLine = 255
const mostMistakes = 10

export interface Wire {
  /** The stream in force: STLS puts another in its place. */
  out(): Writable
}

const write = async (out: Writable, bytes: Buffer | string): Promise<void> => {
  if (out.destroyed || out.write(bytes)) return
  await Promise.race([once(out, 'drain'), once(out, 'close')])
}

export const converse = async (session: Session, wire: Wire): Promise<void> => {
  await write(wire.out(), '+OK Posthorn ready\r\n')
  let mistakes = 0
  while (mistakes < mostMistakes) {
    const line = await session.lines.next(longestLine)
    if (line.kind === 'end') return
    const reply = line.kind === 'line' ? await answer(session, line.text) : err('the line is too long')
    mistakes = reply.text.startsWith('-ERR') ? mistakes + 1 : 0
    await send(wire, reply)
    if (reply.close) return
    reply.after?.()
  }
  await write(wire.out(), '-ERR too many mistakes\r\n')
}

const send = async (wire: Wire, { text, body }: Reply): Promise<void> => {
  await write(wire.out(), `${text}\r\n`)
  if (!body) return
  for await (const chunk of body) {
    await write(wire.out(), chunk)
    if (wire.out().destroyed) return
  }
}

const answer = async (session: Session, line: string): Promise<Reply> => {
  const [name = '', ...args] = line.split(' ')
  const command = findCommand(name)
  if (!command) return err('no such command')
  if (!command.states.includes(session.state)) {
    return err(session.state === 'authorization' ? 'sign in first' : 'that comes before the sign-in')
  }
  try {
    return await command.run(session, args)
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    session.around.log.error('pop3-command-failed', { command: command.name, error: said })
    return err('something went wrong here; it was written down', 'SYS/TEMP')
  }
}

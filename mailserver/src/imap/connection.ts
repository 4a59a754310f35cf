// The life of one connection: greeting, command after command, end. Commands run one at a time, in order.
//
// Invariants: every command gets exactly one tagged reply; ten malformed ones in a row end the connection; an
// error of ours is a NO for that command and a line in the log, never the end of the process.
import { StoreError } from '../store/contract'
import { no, type Command, type Reply } from './command'
import { UnknownCharset } from './grammar/search-keys'
import { findCommand } from './registry'
import type { Session } from './session'
import { readFrame, type Frame, type FrameRules, type Refusal } from './wire/frame'
import { discardLiterals, type Literal, type LiteralHeader } from './wire/literal'
import { Malformed, Scanner } from './wire/scanner'

const mostMalformed = 10
const lineLimits = { greeted: 8 * 1024, 'signed in': 128 * 1024, selected: 128 * 1024 } as const
const literalLimits = { greeted: 8 * 1024, 'signed in': 128 * 1024, selected: 128 * 1024 } as const
const mostLiterals = 200

export const converse = async (session: Session): Promise<void> => {
  session.untagged(`OK [CAPABILITY ${session.capabilities()}] Posthorn ready`)
  let malformed = 0
  while (!session.ended) {
    const frame = await readFrame(session.intake, rulesFor(session))
    if (frame.kind === 'end') return
    if (frame.kind === 'fatal') return session.bye(frame.reason)
    await session.told()
    session.setAnswering(true)
    const verdict = await answer(session, frame)
    session.setAnswering(false)
    malformed = verdict === 'malformed' ? malformed + 1 : 0
    if (malformed >= mostMalformed) return session.bye('too many malformed commands')
  }
}

const rulesFor = (session: Session): FrameRules => ({
  lineLimit: lineLimits[session.state],
  folder: session.around.folder,
  literal: (beginning, literal, earlier) => judgeLiteral(session, beginning, literal, earlier),
  goAhead: async () => {
    // What NOTIFY asked for is told between commands, and this is still the middle of one.
    await session.told()
    session.out.write('+ go ahead\r\n')
    session.out.flush()
  },
})

const judgeLiteral = (
  session: Session,
  beginning: string,
  { size }: LiteralHeader,
  earlier: readonly Literal[],
): Refusal | null => {
  const name = nameOf(beginning)
  const command = findCommand(name)
  if (!command) return { status: 'BAD', reason: `unknown command ${shown(name)}` }
  if (!command.states.includes(session.state)) return { status: 'BAD', reason: wrongState(command, session) }
  if (earlier.length >= mostLiterals) return { status: 'BAD', reason: 'too many literals' }
  const total = earlier.reduce((sum, literal) => sum + literal.size, size)
  if (command.literals !== 'whole messages') {
    return total > literalLimits[session.state] ? { status: 'BAD', reason: 'the literal is too large' } : null
  }
  // RFC 7889 section 4: a message over the limit is refused before it is sent.
  if (size > session.around.limits.message)
    return { status: 'NO', reason: '[TOOBIG] the message is too large' }
  const left = session.mail.quota()
  const room = left.byteLimit === null ? Infinity : left.byteLimit - left.bytes
  return total > room ? { status: 'NO', reason: '[OVERQUOTA] the mailbox is full' } : null
}

const nameOf = (text: string): string => /^\S+ (?:UID )?([^ \r\n]+)/i.exec(text)?.[1]?.toUpperCase() ?? ''
const shown = (name: string): string => (/^[A-Z0-9=.-]{1,40}$/.test(name) ? name : '')

const wrongState = (command: Command, session: Session): string => {
  if (session.state === 'greeted') return `${command.name} needs a sign-in first`
  return command.states.includes('selected')
    ? `${command.name} needs a selected mailbox`
    : `${command.name} comes before the sign-in`
}

const answer = async (
  session: Session,
  frame: Exclude<Frame, { kind: 'end' } | { kind: 'fatal' }>,
): Promise<'fine' | 'malformed'> => {
  session.out.rested()
  if (frame.kind === 'refused') {
    session.out.write(`${frame.tag} ${frame.status} ${frame.reason}\r\n`)
    return frame.status === 'BAD' ? 'malformed' : 'fine'
  }
  const { command, reply } = await runFrame(session, frame)
  await session.told()
  await discardLiterals(frame.literals)
  if (session.state !== 'greeted' && !session.ended) {
    session.tellNews(command?.expunges === 'wait' ? 'without expunges' : 'with expunges')
  }
  const code = reply.code ? `[${reply.code}] ` : ''
  session.out.write(`${frame.tag} ${reply.status} ${code}${reply.text}\r\n`)
  if (reply.after) await reply.after()
  return reply.status === 'BAD' ? 'malformed' : 'fine'
}

type Whole = Extract<Frame, { kind: 'command' }>

const runFrame = async (
  session: Session,
  frame: Whole,
): Promise<{ command: Command | null; reply: Reply }> => {
  let command: Command | null = null
  try {
    const found = readHead(session, frame)
    command = found.command
    return { command, reply: await found.run() }
  } catch (error) {
    return { command, reply: replyFor(session, error, command) }
  }
}

const readHead = (
  session: Session,
  frame: Whole,
): { command: Command; run: () => Promise<Reply> | Reply } => {
  if (frame.tag === '*') throw new Malformed('expected a tag')
  const scanner = new Scanner(frame.text, frame.literals)
  scanner.match(/[^ ]+/y)
  scanner.space()
  const first = scanner.match(/[A-Za-z0-9=.-]+/y)?.[0].toUpperCase() ?? scanner.fail('a command')
  const name = first === 'UID' ? `UID ${(scanner.space(), scanner.word('a command'))}` : first
  const command = findCommand(name)
  if (!command) throw new Malformed(`unknown command ${shown(name)}`)
  if (!command.states.includes(session.state)) throw new Malformed(wrongState(command, session))
  return { command, run: command.prepare(scanner, session, frame.literals) }
}

/** RFC 9051 section 7.1 and RFC 5530: the code that lets a client act on the refusal. */
const storeCodes = {
  nonexistent: 'NONEXISTENT',
  exists: 'ALREADYEXISTS',
  cannot: 'CANNOT',
  'over-quota': 'OVERQUOTA',
  limit: 'LIMIT',
  'no-permission': 'NOPERM',
  'in-use': 'INUSE',
} as const

const replyFor = (session: Session, error: unknown, command: Command | null): Reply => {
  if (error instanceof Malformed) return { status: 'BAD', text: error.message }
  if (error instanceof UnknownCharset) return no('cannot read that charset', 'BADCHARSET (US-ASCII UTF-8)')
  if (error instanceof StoreError) return no(error.message, storeCodes[error.code])
  session.around.log.error('imap-command-failed', {
    command: command?.name ?? '',
    user: session.user?.address,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
  return no('something went wrong here; it was written down', 'SERVERBUG')
}

// RFC 9051 section 6.3.13 (RFC 2177)
import { bad, define, noArguments, ok, signedIn, type Reply } from '../command'
import type { Session } from '../session'

/** Keeps NAT tables alive and finds dead peers; other servers use the same. */
const stillHereEvery = 2 * 60_000
/** Backstop for what no directory watch has told. */
const lookEvery = 30_000

const listen = async (session: Session): Promise<Reply> => {
  session.out.write('+ idling\r\n')
  session.setIdling(true)
  session.out.flush()
  const stillHere = setInterval(() => session.stillHere(), stillHereEvery)
  const look = () => {
    if (session.view && !session.ended) session.mail.refresh(session.view.mailbox).catch(() => undefined)
  }
  look()
  const looking = setInterval(look, lookEvery)
  try {
    const line = await session.intake.line(1024)
    if (line.kind === 'end') return ok('gone')
    return line.kind === 'line' && line.text.toUpperCase() === 'DONE' ? ok('awake') : bad('expected DONE')
  } finally {
    session.setIdling(false)
    clearInterval(stillHere)
    clearInterval(looking)
  }
}

export const idle = define({
  name: 'IDLE',
  states: signedIn,
  capabilities: ['IDLE'],
  parse: noArguments,
  run: listen,
})

import { err, lines, ok, type Command } from '../command'
import { offered } from './sign-in'

const both = ['authorization', 'transaction'] as const

// RFC 2449 section 5
export const capa: Command = {
  name: 'CAPA',
  states: both,
  run: (session) => {
    const { around, safety } = session
    return lines('what there is', [
      'TOP',
      'UIDL',
      'RESP-CODES',
      'AUTH-RESP-CODE',
      'PIPELINING',
      ...(around.startTls && safety !== 'encrypted' ? ['STLS'] : []),
      ...(safety === 'exposed' ? [] : ['USER', `SASL ${offered(session).join(' ')}`]),
      'IMPLEMENTATION Posthorn',
    ])
  },
}

// RFC 2595 section 4
export const stls: Command = {
  name: 'STLS',
  states: ['authorization'],
  run: (session) => {
    const { startTls } = session.around
    if (!startTls || session.safety === 'encrypted') return err('TLS is on already')
    return {
      ...ok('begin TLS'),
      after: () => {
        session.lines.detach()
        session.lines.switchTo(startTls())
        session.safety = 'encrypted'
        session.named = null
      },
    }
  },
}

// RFC 1939 section 5
export const noop: Command = { name: 'NOOP', states: ['transaction'], run: () => ok() }

// RFC 1939 sections 4 and 6
export const quit: Command = {
  name: 'QUIT',
  states: both,
  run: async (session) => {
    if (session.state === 'authorization') return { ...ok('until next time'), close: true }
    try {
      await session.maildrop.update()
      return { ...ok('until next time'), close: true }
    } catch (error) {
      // Section 6: whatever became of the removal, the lock is released and the connection closed.
      session.around.log.error('pop3-update-failed', { error: String(error) })
      return { ...err('some of what was marked is still there', 'SYS/TEMP'), close: true }
    }
  },
}

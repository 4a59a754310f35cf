import { err, lines, ok, type Command } from '../command'

const both = ['authorization', 'transaction'] as const

// RFC 2449 section 5
export const capa: Command = {
  name: 'CAPA',
  states: both,
  run: ({ around, safety }) =>
    lines('what there is', [
      'TOP',
      'UIDL',
      'RESP-CODES',
      'AUTH-RESP-CODE',
      'PIPELINING',
      ...(around.startTls && safety !== 'encrypted' ? ['STLS'] : []),
      ...(safety === 'exposed' ? [] : ['USER', 'SASL PLAIN LOGIN']),
      'IMPLEMENTATION Posthorn',
    ]),
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
    if (session.state === 'transaction') await session.maildrop.update()
    return { ...ok('until next time'), close: true }
  },
}

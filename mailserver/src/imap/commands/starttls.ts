// RFC 9051 section 6.2.1. What the client sent before the handshake is thrown away: it was not protected, and may
// be somebody else's.
import { bad, define, noArguments, ok } from '../command'

export const startTls = define({
  name: 'STARTTLS',
  states: ['greeted'],
  capabilities: (session) =>
    session.around.startTls && session.line !== 'encrypted' && session.state === 'greeted'
      ? ['STARTTLS']
      : [],
  parse: noArguments,
  run: (session) => {
    const { startTls: begin } = session.around
    if (!begin || session.line === 'encrypted') return bad('TLS is on already')
    return {
      ...ok('begin now'),
      after: async () => {
        await session.out.settled()
        session.intake.detach()
        const layer = await begin()
        session.line = 'encrypted'
        session.out.switchTo(layer)
        session.intake.switchTo(layer)
      },
    }
  },
})

// RFC 9051 section 6.1.2; CHECK: RFC 3501 section 6.4.1. What other programs did to the folder is noticed here.
import { anywhere, define, noArguments, ok, selected } from '../command'
import type { Session } from '../session'

const lookAround = async (session: Session) => {
  if (session.view) await session.mail.refresh(session.view.mailbox)
}

export const noop = define({
  name: 'NOOP',
  states: anywhere,
  parse: noArguments,
  run: async (session) => {
    await lookAround(session)
    return ok('nothing done')
  },
})

export const check = define({
  name: 'CHECK',
  states: selected,
  parse: noArguments,
  run: async (session) => {
    await lookAround(session)
    return ok('all is on disk')
  },
})

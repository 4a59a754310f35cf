// RFC 9051 section 6.4.1: expunges without telling, and returns to the state after sign-in.
import { define, noArguments, ok, selected } from '../command'

export const close = define({
  name: 'CLOSE',
  states: selected,
  parse: noArguments,
  run: async (session) => {
    const { mailbox, access } = session.selected
    session.select(null)
    if (access === 'read-write') await session.mail.expunge(mailbox, null)
    return ok('closed')
  },
})

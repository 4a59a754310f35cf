// RFC 9051 section 6.4.2 (RFC 3691): leaves the mailbox and expunges nothing.
import { define, noArguments, ok, selected } from '../command'

export const unselect = define({
  name: 'UNSELECT',
  states: selected,
  capabilities: ['UNSELECT'],
  parse: noArguments,
  run: (session) => {
    session.select(null)
    return ok('left')
  },
})

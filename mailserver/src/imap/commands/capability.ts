// RFC 9051 section 6.1.1
import { anywhere, define, noArguments, ok } from '../command'

export const capability = define({
  name: 'CAPABILITY',
  states: anywhere,
  parse: noArguments,
  run: (session) => {
    session.untagged(`CAPABILITY ${session.capabilities()}`)
    return ok('that is what I can do')
  },
})

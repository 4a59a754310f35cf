// RFC 9051 section 6.1.3
import { anywhere, define, noArguments, ok } from '../command'

export const logout = define({
  name: 'LOGOUT',
  states: anywhere,
  parse: noArguments,
  run: (session) => {
    session.bye('until next time')
    return ok('signed out')
  },
})

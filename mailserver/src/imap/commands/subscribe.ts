// RFC 9051 sections 6.3.7 and 6.3.8
import { define, ok, signedIn } from '../command'
import { readName } from './delete'

export const subscribe = define({
  name: 'SUBSCRIBE',
  states: signedIn,
  parse: readName,
  run: (session, name) => {
    session.mail.subscribe(name, true)
    return ok('subscribed')
  },
})

export const unsubscribe = define({
  name: 'UNSUBSCRIBE',
  states: signedIn,
  parse: readName,
  run: (session, name) => {
    session.mail.subscribe(name, false)
    return ok('unsubscribed')
  },
})

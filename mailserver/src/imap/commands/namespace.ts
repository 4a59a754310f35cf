// RFC 9051 section 6.3.10 (RFC 2342): one personal namespace without a prefix.
import { define, noArguments, ok, signedIn } from '../command'

export const namespace = define({
  name: 'NAMESPACE',
  states: signedIn,
  capabilities: ['NAMESPACE'],
  parse: noArguments,
  run: (session) => {
    session.untagged('NAMESPACE (("" "/")) NIL NIL')
    return ok('that is where mailboxes are')
  },
})

// RFC 9051 section 6.3.5
import { define, no, ok, signedIn } from '../command'
import { readMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'

export const readName = (scanner: Scanner, session: Session): string => {
  scanner.space()
  const name = readMailbox(scanner, session.nameForm)
  scanner.end()
  return name
}

export const remove = define({
  name: 'DELETE',
  states: signedIn,
  parse: readName,
  run: async (session, name) => {
    // RFC 9051 section 6.3.5: "It is an error to attempt to delete INBOX".
    if (name === 'INBOX') return no('INBOX stays', 'CANNOT')
    // Who deletes the mailbox they are in leaves it first; other sessions are told by BYE.
    if (session.view?.name === name) session.select(null)
    await session.mail.remove(name)
    return ok('deleted')
  },
})

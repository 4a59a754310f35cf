// RFC 9051 section 6.3.6
import { define, ok, signedIn } from '../command'
import { readMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'

const readNames = (scanner: Scanner, session: Session) => {
  scanner.space()
  const from = readMailbox(scanner, session.nameForm)
  scanner.space()
  const to = readMailbox(scanner, session.nameForm)
  scanner.end()
  return { from, to }
}

export const rename = define({
  name: 'RENAME',
  states: signedIn,
  parse: readNames,
  run: async (session, { from, to }) => {
    await session.mail.rename(from, to)
    return ok('renamed')
  },
})

// RFC 3501 section 6.3.9
import { define, ok, signedIn } from '../command'
import { mailboxMatches } from '../grammar/list-pattern'
import { writeMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import { attributesOf, parentsAmong, readPlainList, type ListWish } from './list'

/** "foo" shows as \Noselect when only "foo/bar" is subscribed and the pattern ends in `%`. */
const parentsOf = (name: string): string[] =>
  name
    .split('/')
    .slice(0, -1)
    .map((_, at, parts) => parts.slice(0, at + 1).join('/'))

const answerLsub = (session: Session, wish: ListWish) => {
  const pattern = wish.reference + (wish.patterns[0] ?? '')
  const rows = session.mail.mailboxes()
  const parents = parentsAmong(rows)
  const subscribed = rows.filter((row) => row.subscribed)
  const shown = new Map<string, string>()
  for (const row of subscribed) {
    if (mailboxMatches(row.name, pattern)) shown.set(row.name, attributesOf(row, parents, wish).join(' '))
    else if (pattern.endsWith('%')) {
      for (const parent of parentsOf(row.name)) {
        const known = shown.has(parent) || subscribed.some(({ name }) => name === parent)
        if (!known && mailboxMatches(parent, pattern)) shown.set(parent, '\\Noselect')
      }
    }
  }
  for (const [name, attributes] of shown) {
    session.untagged(`LSUB (${attributes}) "/" ${writeMailbox(name, session.nameForm)}`)
  }
  return ok('listed')
}

export const lsub = define({
  name: 'LSUB',
  states: signedIn,
  parse: (scanner, session) => {
    const wish = readPlainList(scanner, session)
    scanner.end()
    return wish
  },
  run: answerLsub,
})

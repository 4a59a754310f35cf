// RFC 9051 section 6.3.11, STATUS=SIZE (RFC 8438), HIGHESTMODSEQ (RFC 7162), MAILBOXID (RFC 8474), APPENDLIMIT
// (RFC 7889).
import type { MailboxRow } from '../../store/contract'
import { define, no, ok, signedIn } from '../command'
import { readMailbox, writeMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'

const attributes: Record<string, (row: MailboxRow, session: Session) => string | number> = {
  MESSAGES: (row) => row.messages,
  RECENT: () => 0,
  UIDNEXT: (row) => row.uidNext,
  UIDVALIDITY: (row) => row.uidValidity,
  UNSEEN: (row) => row.unseen,
  DELETED: (row) => row.deleted,
  SIZE: (row) => row.size,
  HIGHESTMODSEQ: (row) => row.highestModSeq,
  MAILBOXID: (row) => `(${row.mailboxId})`,
  APPENDLIMIT: (_row, session) => session.around.limits.message,
}

export const readAttributes = (scanner: Scanner): string[] => {
  const one = () => {
    const name = scanner.word('a status item')
    return attributes[name] ? name : scanner.fail('a status item')
  }
  return scanner.list(one, { least: 1, most: 20 })
}

export const tellStatus = (session: Session, row: MailboxRow, items: readonly string[]): void => {
  const values = items.map((item) => `${item} ${attributes[item]?.(row, session)}`)
  session.untagged(`STATUS ${writeMailbox(row.name, session.nameForm)} (${values.join(' ')})`)
}

export const status = define({
  name: 'STATUS',
  states: signedIn,
  capabilities: (session) => ['STATUS=SIZE', 'OBJECTID', `APPENDLIMIT=${session.around.limits.message}`],
  // RFC 3501 section 7.4.1 names FETCH, STORE and SEARCH alone; numbers may shift after this one.
  parse: (scanner, session) => {
    scanner.space()
    const name = readMailbox(scanner, session.nameForm)
    scanner.space()
    const items = readAttributes(scanner)
    scanner.end()
    return { name, items }
  },
  run: async (session, { name, items }) => {
    const found = session.mail.mailbox(name)
    if (!found?.selectable) return no('there is no such mailbox', 'NONEXISTENT')
    if (items.includes('HIGHESTMODSEQ')) enableCondstore(session)
    await session.mail.refresh(found.id)
    tellStatus(session, session.mail.mailboxById(found.id) ?? found, items)
    return ok('that is how it stands')
  },
})

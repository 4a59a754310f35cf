// RFC 9051 sections 6.4.3 and 6.4.9 (UIDPLUS, RFC 4315)
import { define, no, noArguments, ok, selected, type Reply } from '../command'
import { readSet } from '../grammar/set'
import type { Session } from '../session'
import { knowsModSeq } from '../announce'

export const readOnly = (): Reply => no('the mailbox was opened to look only', 'READ-ONLY')

const expungeAmong = async (session: Session, uids: readonly number[] | null): Promise<Reply> => {
  const { mailbox, access } = session.selected
  if (access === 'read-only') return readOnly()
  const gone = await session.mail.expunge(mailbox, uids)
  if (gone.length === 0 || !knowsModSeq(session)) return ok('expunged')
  // RFC 7162 section 3.1.9
  const row = session.mail.mailboxById(mailbox)
  return ok('expunged', row ? `HIGHESTMODSEQ ${row.highestModSeq}` : undefined)
}

export const expunge = define({
  name: 'EXPUNGE',
  states: selected,
  parse: noArguments,
  run: (session) => expungeAmong(session, null),
})

export const uidExpunge = define({
  name: 'UID EXPUNGE',
  states: selected,
  parse: (scanner) => {
    scanner.space()
    const set = readSet(scanner)
    scanner.end()
    return set
  },
  run: (session, set) => expungeAmong(session, session.selected.resolve(set, 'uid') ?? []),
})

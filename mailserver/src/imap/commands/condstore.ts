// RFC 7162 section 3.1.8: the first command that speaks of mod-sequences turns CONDSTORE on, and the client is told
// where the selected mailbox stands.
import type { Session } from '../session'

export const enableCondstore = (session: Session): void => {
  if (session.enabled.has('CONDSTORE')) return
  session.enabled.add('CONDSTORE')
  if (!session.view) return
  const row = session.mail.mailboxById(session.view.mailbox)
  if (row) session.untagged(`OK [HIGHESTMODSEQ ${row.highestModSeq}] CONDSTORE is on`)
}

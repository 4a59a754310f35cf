// Untagged news of the selected mailbox: EXISTS, FETCH, EXPUNGE or VANISHED (RFC 9051 section 7.4, RFC 7162).
import type { MessageRow } from '../store/contract'
import { writeSet } from './grammar/set'
import type { Session } from './session'
import type { View } from './view'

export const flagsText = (row: MessageRow): string => `FLAGS (${row.flags.join(' ')})`

export const knowsModSeq = (session: Session): boolean =>
  session.enabled.has('CONDSTORE') || session.enabled.has('QRESYNC')

/** What a FETCH that the client did not ask for says of a message. */
export const changeText = (session: Session, row: MessageRow): string => {
  const modSeq = knowsModSeq(session) ? ` MODSEQ (${row.modSeq})` : ''
  return `UID ${row.uid} ${flagsText(row)}${modSeq}`
}

/** RFC 7162 section 3.2.10: after ENABLE QRESYNC, VANISHED takes the place of EXPUNGE. */
const tellGone = (session: Session, view: View): void => {
  const gone = view.leave()
  if (gone.length === 0) return
  if (session.enabled.has('QRESYNC')) {
    session.untagged(`VANISHED ${writeSet(gone.map(({ uid }) => uid))}`)
    return
  }
  for (const { number } of gone) session.untagged(`${number} EXPUNGE`)
}

export const announce = (session: Session, view: View, which: 'with expunges' | 'without expunges'): void => {
  if (!view.hasNews) return
  if (which === 'with expunges') tellGone(session, view)
  const arrived = view.arrive()
  if (arrived.length > 0) {
    session.noteArrived(view, arrived)
    session.untagged(`${view.uids.length} EXISTS`)
    session.untagged('0 RECENT')
  }
  for (const row of view.takeChanged()) {
    session.untagged(`${view.numberOf(row.uid)} FETCH (${changeText(session, row)})`)
  }
}

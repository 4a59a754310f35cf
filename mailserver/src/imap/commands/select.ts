// SELECT and EXAMINE: RFC 9051 sections 6.3.2 and 6.3.3, with CONDSTORE and QRESYNC (RFC 7162 sections 3.1.8, 3.2.5).
import type { MailboxRow } from '../../store/contract'
import { changeText } from '../announce'
import { define, no, ok, signedIn, type Reply } from '../command'
import { systemFlags } from '../grammar/flags'
import { rangesOf, readSet, writeSet, type SequenceSet } from '../grammar/set'
import { readMailbox } from '../grammar/utf7'
import { readAhead } from '../order/ahead'
import type { Session } from '../session'
import { View, type Access } from '../view'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'

interface Resync {
  uidValidity: number
  modSeq: number
  known: SequenceSet | null
}
interface Wish {
  name: string
  condstore: 'asked' | 'not asked'
  resync: Resync | null
}

const readResync = (scanner: Scanner): Resync => {
  scanner.space()
  scanner.expect('(')
  const uidValidity = scanner.number32('a UIDVALIDITY')
  scanner.space()
  const modSeq = scanner.number('a mod-sequence')
  let known: SequenceSet | null = null
  if (scanner.take(' ') && !scanner.next('(')) {
    known = readSet(scanner)
    scanner.take(' ')
  }
  // RFC 7162 section 3.2.5.2: pairs of numbers and UIDs only save bytes; what we send without them is complete.
  if (scanner.next('(')) {
    scanner.expect('(')
    readSet(scanner)
    scanner.space()
    readSet(scanner)
    scanner.expect(')')
  }
  scanner.expect(')')
  return { uidValidity, modSeq, known }
}

const readWish = (scanner: Scanner, session: Session): Wish => {
  scanner.space()
  const wish: Wish = { name: readMailbox(scanner, session.nameForm), condstore: 'not asked', resync: null }
  if (scanner.take(' ')) {
    const parameter = () => {
      if (scanner.takeWord('CONDSTORE')) wish.condstore = 'asked'
      else if (scanner.takeWord('QRESYNC')) {
        // RFC 7162 section 3.2.5: only after ENABLE QRESYNC.
        if (!session.enabled.has('QRESYNC')) scanner.fail('ENABLE QRESYNC before')
        wish.resync = readResync(scanner)
      } else scanner.fail('CONDSTORE or QRESYNC')
    }
    scanner.list(parameter, { least: 1, most: 4 })
  }
  scanner.end()
  return wish
}

/** RFC 3501 section 6.3.1; RFC 9051 dropped it. */
const firstUnseen = (session: Session, view: View): void => {
  const uid = session.mail.firstUnseen(view.mailbox)
  const number = uid === null ? 0 : view.numberOf(uid)
  if (number > 0) session.untagged(`OK [UNSEEN ${number}] the first unseen message`)
}

const describe = (session: Session, view: View, row: MailboxRow): void => {
  const permanent = view.access === 'read-only' ? '' : `${systemFlags.join(' ')} \\*`
  session.untagged(`FLAGS (${systemFlags.join(' ')})`)
  session.untagged(`OK [PERMANENTFLAGS (${permanent})] these are kept`)
  session.untagged(`${view.uids.length} EXISTS`)
  session.untagged('0 RECENT')
  firstUnseen(session, view)
  session.untagged(`OK [UIDVALIDITY ${row.uidValidity}] UIDs are valid`)
  session.untagged(`OK [UIDNEXT ${row.uidNext}] the next UID`)
  session.untagged(`OK [HIGHESTMODSEQ ${row.highestModSeq}] the highest mod-sequence`)
  // RFC 8474 section 4.1
  session.untagged(`OK [MAILBOXID (${row.mailboxId})] its object id`)
}

/** RFC 7162 section 3.2.5.1: what has gone and what has changed since the client was here. */
const resynchronise = async (
  session: Session,
  view: View,
  row: MailboxRow,
  resync: Resync,
): Promise<void> => {
  if (resync.uidValidity !== row.uidValidity || resync.modSeq === 0) return
  const ranges =
    resync.known && !resync.known.saved
      ? rangesOf(resync.known, row.uidNext - 1)
      : [[1, row.uidNext - 1] as const]
  const wanted = (uid: number) => ranges.some(([from, to]) => uid >= from && uid <= to)
  const gone = session.mail.expungedSince(view.mailbox, resync.modSeq).filter(wanted)
  if (gone.length > 0) session.untagged(`VANISHED (EARLIER) ${writeSet(gone)}`)
  for (const changed of session.mail.changedSince(view.mailbox, resync.modSeq)) {
    if (!wanted(changed.uid)) continue
    const number = view.numberOf(changed.uid)
    if (number > 0) session.untagged(`${number} FETCH (${changeText(session, changed)})`)
    await session.out.breathe()
  }
}

const leaveFormer = (session: Session): void => {
  if (!session.view) return
  session.select(null)
  // RFC 7162 section 3.2.11, RFC 9051 section 7.1: from here on the news are of the other mailbox.
  session.untagged('OK [CLOSED] the former mailbox is closed')
}

const open = async (session: Session, wish: Wish, access: Access): Promise<Reply> => {
  leaveFormer(session)
  const found = session.mail.mailbox(wish.name)
  if (!found?.selectable) return no('there is no such mailbox', 'NONEXISTENT')
  await session.mail.refresh(found.id)
  if (wish.condstore === 'asked' || wish.resync) enableCondstore(session)
  const row = session.mail.mailboxById(found.id)
  if (!row) return no('there is no such mailbox', 'NONEXISTENT')
  // Row, UIDs and view are taken in one turn: no event can fall between them.
  const view = new View(row.id, row.name, access, [...session.mail.uids(row.id)])
  session.select(view)
  describe(session, view, row)
  if (wish.resync) await resynchronise(session, view, row, wish.resync)
  readAhead(session, view)
  return access === 'read-only' ? ok('selected', 'READ-ONLY') : ok('selected', 'READ-WRITE')
}

export const select = define({
  name: 'SELECT',
  states: signedIn,
  parse: readWish,
  run: (session, wish) => open(session, wish, 'read-write'),
})

export const examine = define({
  name: 'EXAMINE',
  states: signedIn,
  parse: readWish,
  run: (session, wish) => open(session, wish, 'read-only'),
})

// One FETCH answer: the items in the order they were asked for (RFC 9051 section 7.5.2).
import { imapString } from '../../message'
import type { MessageRow } from '../../store/contract'
import { flagsText } from '../announce'
import { writeDateTime } from '../grammar/dates'
import type { FetchItem, SectionItem } from '../grammar/fetch-items'
import type { Session } from '../session'
import { readBinary, writeBinary, type DecodedItem } from './binary'
import type { Content } from './content'
import { writeSection } from './section'

type Plain = Exclude<FetchItem, { label: string }>['item']

const plainText: Record<Plain, (session: Session, row: MessageRow) => string> = {
  uid: (_session, row) => `UID ${row.uid}`,
  flags: (_session, row) => flagsText(row),
  internaldate: (_session, row) => `INTERNALDATE ${writeDateTime(row.internalDate)}`,
  size: (_session, row) => `RFC822.SIZE ${row.size}`,
  envelope: (session, row) => `ENVELOPE ${session.mail.envelope(session.selected.mailbox, row.uid)}`,
  body: (session, row) => `BODY ${session.mail.bodyStructure(session.selected.mailbox, row.uid, 'body')}`,
  bodystructure: (session, row) =>
    `BODYSTRUCTURE ${session.mail.bodyStructure(session.selected.mailbox, row.uid, 'bodystructure')}`,
  modseq: (_session, row) => `MODSEQ (${row.modSeq})`,
  preview: (session, row) => `PREVIEW ${imapString(session.mail.preview(session.selected.mailbox, row.uid))}`,
  emailid: (_session, row) => `EMAILID (${row.emailId})`,
  threadid: (_session, row) => `THREADID (${row.threadId})`,
  savedate: (_session, row) => `SAVEDATE ${writeDateTime(row.saveDate)}`,
}

export interface Answer {
  number: number
  row: MessageRow
  items: readonly FetchItem[]
  content: Content
}

type Piece = string | SectionItem | DecodedItem

/**
 * Nothing of an answer goes out before its cheap items are known and its binary parts are decoded, so that a message
 * that vanished meanwhile, or cannot be decoded, leaves no half answer.
 */
const piecesOf = async (session: Session, { row, items, content }: Answer): Promise<Piece[]> => {
  const pieces: Piece[] = []
  for (const item of items) {
    if (!('label' in item)) pieces.push(plainText[item.item](session, row))
    else pieces.push(item.item === 'section' ? item : await readBinary(item, content))
  }
  return pieces
}

export const writeAnswer = async (session: Session, answer: Answer): Promise<void> => {
  const { out } = session
  const pieces = await piecesOf(session, answer)
  out.write(`* ${answer.number} FETCH (`)
  let text = ''
  for (const [at, piece] of pieces.entries()) {
    const gap = at > 0 ? ' ' : ''
    if (typeof piece === 'string') {
      text += gap + piece
      continue
    }
    out.write(text + gap)
    text = ''
    if ('item' in piece) await writeSection(session, piece, answer.content)
    else writeBinary(session, piece)
  }
  out.write(`${text})\r\n`)
}

// One FETCH answer: the items in the order they were asked for (RFC 9051 section 7.5.2).
import { imapString } from '../../message'
import type { MessageColumn, ToldMessages } from '../../store/contract'
import { writeDateTime } from '../grammar/dates'
import type { FetchItem, SectionItem } from '../grammar/fetch-items'
import type { Session } from '../session'
import { readBinary, writeBinary, type DecodedItem } from './binary'
import type { Content } from './content'
import { writeSection } from './section'

type Plain = Exclude<FetchItem, { label: string }>['item']
type Value = string | number

const dateTime = (value: Value): string => writeDateTime(new Date(value))

const plain: Record<Plain, { from: MessageColumn; text: (value: Value) => string }> = {
  uid: { from: 'uid', text: (uid) => `UID ${uid}` },
  flags: { from: 'flags', text: (flags) => `FLAGS (${flags})` },
  internaldate: { from: 'internal', text: (at) => `INTERNALDATE ${dateTime(at)}` },
  size: { from: 'size', text: (size) => `RFC822.SIZE ${size}` },
  envelope: { from: 'envelope', text: (envelope) => `ENVELOPE ${envelope}` },
  body: { from: 'body', text: (body) => `BODY ${body}` },
  bodystructure: { from: 'structure', text: (structure) => `BODYSTRUCTURE ${structure}` },
  modseq: { from: 'modseq', text: (modSeq) => `MODSEQ (${modSeq})` },
  preview: { from: 'preview', text: (preview) => `PREVIEW ${imapString(String(preview))}` },
  emailid: { from: 'hash', text: (hash) => `EMAILID (M${hash})` },
  threadid: { from: 'thread', text: (thread) => `THREADID (${thread})` },
  savedate: { from: 'saved', text: (at) => `SAVEDATE ${dateTime(at)}` },
}

/** What of the store must be known to answer `items`. */
export const columnsOf = (items: readonly FetchItem[]): Set<MessageColumn> =>
  new Set(
    items.flatMap((item) => ('label' in item ? (['uid', 'size', 'hash'] as const) : plain[item.item].from)),
  )

export const readsFiles = (items: readonly FetchItem[]): boolean => items.some((item) => 'label' in item)

/** Items that need no file, as they stand one after the other in each answer. */
export const plainWriter = (
  items: readonly FetchItem[],
  columns: ToldMessages['columns'],
): ((record: readonly Value[]) => string) => {
  const parts = items.flatMap((item) => {
    if ('label' in item) return []
    const { from, text } = plain[item.item]
    return [{ at: columns.indexOf(from), text }]
  })
  return (record) => {
    let all = ''
    for (const { at, text } of parts) all += (all === '' ? '' : ' ') + text(record[at] as Value)
    return all
  }
}

export interface Answer {
  number: number
  items: readonly FetchItem[]
  content: Content
  /** The text of an item that needs no file. */
  plainText: (item: FetchItem) => string
}

type Piece = string | SectionItem | DecodedItem

/**
 * Nothing of an answer goes out before its binary parts are decoded, so that a message that vanished meanwhile, or
 * cannot be decoded, leaves no half answer.
 */
const piecesOf = async ({ items, content, plainText }: Answer): Promise<Piece[]> => {
  const pieces: Piece[] = []
  for (const item of items) {
    if (!('label' in item)) pieces.push(plainText(item))
    else pieces.push(item.item === 'section' ? item : await readBinary(item, content))
  }
  return pieces
}

export const writeAnswer = async (session: Session, answer: Answer): Promise<void> => {
  const { out } = session
  const pieces = await piecesOf(answer)
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

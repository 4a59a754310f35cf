import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { Flags } from '@/lib/model/flags'
import type { Attachment } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { Account } from './account'
import type { Connection } from './connection'
import { fetchItems, flagsOfFetch, uidOfFetch } from './data'
import { decodeBytes } from './decode'
import { type Facts, knowMessages } from './facts'
import { type Headers, headersOf } from './headers'
import { deliveredTo } from './own-addresses'
import { uidsOf } from './place'
import { withSelected } from './pool'
import { type Envelope, envelopeOf, flagsOf } from './reshape'
import { attachmentOf, bodyOf, formsOf, type Preference, safeFileName } from './shown'
import { type SidePart, sidePartsOf } from './side-parts'
import { reallyOf, sniffedBytes } from './sniff'
import { everyPart, type Part } from './structure'
import { inTextName, takeOut } from './uuencode'
import { decodeTransfer } from './transfer'
import { atom, bytesOf, sequence, type Token } from './wire'

// A message, opened: its structure and the parts that are shown, and nothing else of it. Reading never
// writes: every FETCH is a PEEK.

/** One shown part, decoded. */
export interface Shown {
  part: string
  type: 'html' | 'text' | 'enriched'
  text: string
  /** RFC 3676 */
  flowed: 'no' | 'flowed' | 'flowed-delsp'
  /** Said in the document: what lies beyond was not fetched. */
  whole: boolean
}

export interface Opened {
  uid: number
  envelope: Envelope
  headers: Headers
  flags: Flags
  arrived: string
  size: number
  structure: Part | null
  shows: 'html' | 'text' | 'source' | 'none'
  shown: Shown[]
  /** In which the body can be shown. */
  forms: Preference[]
  attachments: Attachment[]
  /** What the reader's cards are made of. */
  sides: Side[]
}

export interface Side {
  role: SidePart['role']
  part: Part
  bytes: Buffer
}

const mostShownBytes = 12 * 1024 * 1024
/** What the start of a very long message is written from (html/sanitise says how much of it that is). */
const startBytes = 3 * 1024 * 1024

// A file that is written into plain text ends where the text does, so text is read to its end.
const shownBytes = ({ type }: Part, extent: Extent): number =>
  extent === 'start' && type === 'text/html' ? startBytes : mostShownBytes

const wantedHeaders = [
  'References',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Post',
  'List-Id',
  'Authentication-Results',
  'Disposition-Notification-To',
  'Return-Receipt-To',
  'Return-Path',
  'Original-Recipient',
  ...deliveredTo,
  'List-Archive',
  'X-Priority',
  'Auto-Submitted',
  'X-Posthorn-Draft',
  'X-Posthorn-Draft-Key',
  'X-Posthorn-Draft-Writer',
  'Reply-To',
  'Organization',
]

const headerItem: Token = {
  type: 'ATOM',
  value: 'BODY.PEEK',
  section: [atom('HEADER.FIELDS'), wantedHeaders.map((name) => atom(name))],
}

interface Piece {
  section: string
  most: number
}

const pieceItem = ({ section, most }: Piece): Token => ({
  type: 'ATOM',
  value: 'BODY.PEEK',
  section: section === '' ? [] : [atom(section)],
  partial: [0, most],
})

const kindOf = (part: Part): Shown['type'] =>
  part.type === 'text/html' ? 'html' : part.type === 'text/enriched' ? 'enriched' : 'text'

const flowedOf = (part: Part): Shown['flowed'] => {
  if ((part.params.format ?? '').toLowerCase() !== 'flowed') return 'no'
  return (part.params.delsp ?? '').toLowerCase() === 'yes' ? 'flowed-delsp' : 'flowed'
}

/** A charset said inside the HTML counts when the part itself says none (WHATWG HTML section 13.2.3.2). */
const charsetOf = (part: Part, bytes: Buffer): string => {
  if (part.params.charset) return part.params.charset
  const head = part.type === 'text/html' ? bytes.toString('latin1', 0, 2048) : ''
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1] ?? 'utf-8'
}

export const readShown = (part: Part, raw: Buffer, most = mostShownBytes): Shown => {
  const bytes = decodeTransfer(raw, part.encoding)
  const text = decodeBytes(bytes, charsetOf(part, bytes))
  const whole = raw.length < most
  return { part: part.part, type: kindOf(part), text, flowed: flowedOf(part), whole }
}

interface Fetched {
  envelope: Envelope
  headers: Headers
  flags: Flags
  bytes: Map<string, Buffer>
}

const fetchShown = async (connection: Connection, uid: number, pieces: Piece[]): Promise<Fetched | null> => {
  let found: Fetched | null = null
  const items = [atom('UID'), atom('FLAGS'), atom('ENVELOPE'), headerItem, ...pieces.map(pieceItem)]
  await connection.run('UID FETCH', [sequence(String(uid)), items], {
    FETCH: ({ tokens }) => {
      const fetched = fetchItems(tokens)
      if (uidOfFetch(fetched) !== uid || !fetched.has('ENVELOPE')) return
      const header = [...fetched].find(([name]) => name.startsWith('BODY[HEADER.FIELDS'))?.[1]
      const bytes = pieces.map(({ section }) => [section, bytesOf(fetched.get(`BODY[${section}]`))] as const)
      found = {
        envelope: envelopeOf(fetched.get('ENVELOPE')),
        headers: headersOf(bytesOf(header)),
        flags: flagsOf(flagsOfFetch(fetched) ?? []),
        bytes: new Map(bytes.map(([name, value]) => [name, value ?? Buffer.alloc(0)])),
      }
    },
  })
  return found
}

/** No part is asked for twice: two answers of one name would be taken for one another. */
const beside = (asked: Piece[], more: Piece[]): Piece[] =>
  more.filter(({ section }) => !asked.some((one) => one.section === section))

const readSide = ({ role, part }: SidePart, raw: Buffer): Side => ({
  role,
  part,
  bytes: decodeTransfer(raw, part.encoding),
})

const mostSniffed = 30
/** Base64 is longer than what it carries. */
const sniffed = (attachments: Part[]): Piece[] =>
  attachments
    .filter(({ type, part }) => part !== '' && !/^(multipart|message)\//.test(type))
    .slice(0, mostSniffed)
    .map(({ part }) => ({ section: part, most: sniffedBytes * 2 }))

const attachmentWith = (part: Part, raw: Buffer | undefined): Attachment => {
  const attachment = attachmentOf(part)
  const bytes = decodeTransfer(raw ?? Buffer.alloc(0), part.encoding).subarray(0, sniffedBytes)
  return { ...attachment, really: reallyOf(attachment.name, attachment.type, bytes) }
}

/** What was written into the text becomes files beside it. */
const withoutFiles = (shown: Shown): { shown: Shown; files: Attachment[] } => {
  if (shown.type !== 'text') return { shown, files: [] }
  const { text, files } = takeOut(shown.text)
  const listed = files.map(({ name, size }, index): Attachment => ({
    part: inTextName(shown.part, index),
    name: safeFileName(name, ''),
    type: 'application/octet-stream',
    size,
    inline: false,
    really: null,
  }))
  return { shown: { ...shown, text }, files: listed }
}

const mostSourceBytes = 256 * 1024

/** A message whose structure nobody could read is shown as it is written. */
const source: Piece = { section: '', most: mostSourceBytes }
const readSource = (raw: Buffer, size: number): Shown => ({
  part: '',
  type: 'text',
  text: decodeBytes(raw, 'utf-8'),
  flowed: 'no',
  whole: raw.length >= size,
})

const factsOfOne = async (connection: Connection, who: Account, uid: number): Promise<Facts> => {
  const [known] = await knowMessages(connection, who, [uid])
  if (!known) throw new AppError('message-gone')
  return known.facts
}

/** The message that a part of another one is (RFC 2046 section 5.2.1). */
const innerOf = (
  structure: Part | null,
  wanted: string,
): { root: Part; envelope: Envelope; size: number } => {
  const part = everyPart(structure).find(({ part, envelope }) => part === wanted && envelope !== null)
  const [root] = part?.children ?? []
  if (!part?.envelope || !root) throw new AppError('not-found')
  return { root, envelope: part.envelope, size: part.size }
}

export interface Reading {
  path: string
  id: MessageId
  prefer?: Preference
  /** The part that is a message of its own; what stands in its header is nobody's word but its sender's. */
  inside?: string | undefined
  extent?: Extent
}

export type Extent = 'start' | 'all'

export const readMessage = (
  who: Account,
  { path, id, prefer = 'html', inside, extent = 'all' }: Reading,
): Promise<Opened> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    const [uid = 0] = uidsOf(selected, [id])
    const facts = await factsOfOne(connection, who, uid)
    const inner = inside ? innerOf(facts.structure, inside) : null
    const structure = inner ? inner.root : facts.structure
    const body = bodyOf(structure, prefer)
    const sides = sidePartsOf(structure)
    const shown = body.parts.map((part) => ({ section: part.part, most: shownBytes(part, extent) }))
    const asked = structure ? [...shown, ...beside(shown, sides)] : [source]
    const fetched = await fetchShown(connection, uid, [...asked, ...beside(asked, sniffed(body.attachments))])
    if (!fetched) throw new AppError('message-gone')
    const { flags, bytes } = fetched
    const read = body.parts.map((part) =>
      readShown(part, bytes.get(part.part) ?? Buffer.alloc(0), shownBytes(part, extent)),
    )
    const parted = read.map(withoutFiles)
    return {
      uid,
      envelope: inner?.envelope ?? fetched.envelope,
      headers: inner ? new Map() : fetched.headers,
      flags,
      arrived: facts.arrived,
      size: inner?.size ?? facts.size,
      structure,
      shows: structure ? body.shows : 'source',
      shown: structure
        ? parted.map(({ shown }) => shown)
        : [readSource(bytes.get('') ?? Buffer.alloc(0), facts.size)],
      forms: formsOf(structure),
      attachments: [
        ...body.attachments.map((part) => attachmentWith(part, bytes.get(part.part))),
        ...parted.flatMap(({ files }) => files),
      ],
      sides: sides.map((side) => readSide(side, bytes.get(side.section) ?? Buffer.alloc(0))),
    }
  })

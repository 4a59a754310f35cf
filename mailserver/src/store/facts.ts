// What the database keeps of a message's bytes, computed once at arrival; bytes never change afterwards
// (RFC 9051 section 2.3.1.1).
import { createHash } from 'node:crypto'
import { sortKeysOf, type SortKeys } from './sort-keys'
import { envelopeText, firstValue, previewText, readMessage, structureText } from '../message'

export interface Facts {
  /** Of the whole message: copies and second deliveries of the same bytes share one EMAILID (RFC 8474 section 5.1). */
  hash: string
  envelope: string
  body: string
  structure: string
  preview: string
  /** The Date header in seconds, or null. */
  sent: number | null
  /** The day the sender wrote, in days since the epoch, whatever the zone. */
  sentDay: number | null
  messageId: string | null
  /** Oldest first, as References orders them; In-Reply-To last. */
  references: string[]
  sorting: SortKeys
}

const mostReferences = 100
const messageIds = (text: string | null): string[] => (text ?? '').match(/<[^<>\s]{1,500}>/g) ?? []

/** A hostile list is cut in the middle: the root and the nearest ancestors decide the thread. */
const rootAndNearest = (ids: readonly string[]): string[] => {
  const near = ids.length > mostReferences ? ids.slice(1 - mostReferences) : ids.slice(1)
  return [...new Set([...ids.slice(0, 1), ...near])]
}

/** RFC 5322 section 3.3 through Date, which reads its zones; comments are taken out first. */
const sentDate = (text: string | null): number | null => {
  const time = Date.parse((text ?? '').replace(/\([^()]*\)/g, ' '))
  return Number.isFinite(time) ? Math.floor(time / 1000) : null
}

/** RFC 9051 section 6.4.4: SENTON and its like disregard time and zone. */
const sentDayOf = (text: string | null, sent: number | null): number | null => {
  if (sent === null) return null
  const zone = /([+-])(\d\d)(\d\d)\s*$/.exec((text ?? '').replace(/\([^()]*\)/g, ' '))
  const offset = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0
  return Math.floor((sent + offset * 60) / 86_400)
}

export const factsOf = (bytes: Buffer): Facts => {
  const message = readMessage(bytes)
  const value = (name: string) => firstValue(bytes, message.fields, name)
  const sent = sentDate(value('date'))
  const references = messageIds(value('references'))
  const answered = messageIds(value('in-reply-to')).slice(0, 10)
  const messageId = messageIds(value('message-id'))[0] ?? null
  const envelope = envelopeText(bytes, message)
  // RFC 5256 section 3, step 1: References, or the first id of In-Reply-To without it.
  const ancestors = rootAndNearest(references.length > 0 ? references : answered.slice(0, 1))
  return {
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 27),
    envelope,
    body: structureText(bytes, message, 'body'),
    structure: structureText(bytes, message, 'bodystructure'),
    preview: previewText(bytes, message),
    sent,
    sentDay: sentDayOf(value('date'), sent),
    messageId,
    references: rootAndNearest([...references, ...answered]),
    sorting: sortKeysOf(envelope, { sent, messageId, ancestors }),
  }
}

/** Bare LF becomes CRLF, as IMAP must send it; files of other programs are left on disk as they are. */
export const withCrlf = (bytes: Buffer): Buffer => {
  let bare = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (at === 0 || bytes[at - 1] !== 13) bare++
  }
  if (bare === 0) return bytes
  const out = Buffer.allocUnsafe(bytes.length + bare)
  let to = 0
  let from = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (at > 0 && bytes[at - 1] === 13) continue
    to += bytes.copy(out, to, from, at)
    out[to++] = 13
    out[to++] = 10
    from = at + 1
  }
  bytes.copy(out, to, from)
  return out
}

// What SORT and THREAD order a message by, computed once when it arrives (RFC 5256 sections 2.1 and 3, RFC 5957).
import { baseSubject, casemap, decodeWords, readEnvelope, type Person } from '../message'

export interface SortKeys {
  sent: number | null
  subject: string
  kind: 'original' | 'answer'
  /** The first mailbox of From, To and Cc: its local part. */
  sender: string
  recipient: string
  copied: string
  shownSender: string
  shownRecipient: string
  /** The message's own id, or `-`, and its ancestors, oldest first. */
  ancestry: string
}

/** No subject is as long; a hostile one must not make every SORT carry it. */
const longest = 2_000

// NUL separates the keys where many are kept together.
const keyOf = (text: string): string => casemap(text.slice(0, longest)).replaceAll('\0', '')

/** RFC 5957 section 3: the name as shown, else the address. */
const shownName = ([first]: readonly Person[]): string =>
  first ? keyOf(first.name ? decodeWords(first.name) : `${first.local}@${first.host}`) : ''
const localPart = ([first]: readonly Person[]): string => keyOf(first?.local ?? '')

interface Known {
  sent: number | null
  messageId: string | null
  /** Null for what arrived before the store kept References: the envelope's In-Reply-To is all there is. */
  ancestors: readonly string[] | null
}

const idIn = (field: string | null) => /<[^<>\s]+>/.exec(field ?? '')?.[0] ?? null

export const sortKeysOf = (envelope: string, { sent, messageId, ancestors }: Known): SortKeys => {
  const { subject, from, to, cc, inReplyTo, ...rest } = readEnvelope(envelope)
  const { text, kind } = baseSubject(subject)
  const answered = idIn(inReplyTo)
  const own = ancestors ? messageId : idIn(rest.messageId)
  return {
    sent,
    subject: keyOf(text),
    kind,
    sender: localPart(from),
    recipient: localPart(to),
    copied: localPart(cc),
    shownSender: shownName(from),
    shownRecipient: shownName(to),
    ancestry: [own ?? '-', ...(ancestors ?? (answered ? [answered] : []))].join(' '),
  }
}

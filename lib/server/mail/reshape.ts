import 'server-only'
import { askedTable } from '@/lib/model/asked'
import type { Address } from '@/lib/model/address'
import type { Flags } from '@/lib/model/flags'
import { noFlags } from '@/lib/model/no-flags'
import { decodeHeader, oneLine } from './decode'
import { bytesOf, isList, stringOf, type Token } from './wire'

// ENVELOPE, dates and flags in our words. What is missing is empty, never undefined.

export interface Envelope {
  date: string
  subject: string
  from: Address[]
  sender: Address[]
  replyTo: Address[]
  to: Address[]
  cc: Address[]
  bcc: Address[]
  inReplyTo: string
  messageId: string
}

const mostAddresses = 10_000

const unquoted = (name: string): string => name.replace(/^"(.*)"$/s, '$1').replace(/\\(["\\])/g, '$1')

/** RFC 9051 section 7.5.2: (name route mailbox host); without a host it opens or closes a group. */
const addressOf = (token: Token): Address | null => {
  if (!isList(token)) return null
  const name = oneLine(unquoted(decodeHeader(bytesOf(token[0]))), 500)
  const mailbox = oneLine(decodeHeader(bytesOf(token[2])), 500)
  const host = oneLine(decodeHeader(bytesOf(token[3])), 500)
  if (token[3] === null) return mailbox ? { name: mailbox, address: '' } : null
  // Some servers put a placeholder where the header could not be read (Dovecot: MISSING_DOMAIN).
  const domain = host === 'MISSING_DOMAIN' || host === '.MISSING-HOST-NAME.' ? '' : host
  const local = mailbox === 'MISSING_MAILBOX' ? '' : mailbox
  const address = local && domain ? `${local}@${domain}` : local || domain
  return name || address ? { name, address } : null
}

export const addressesOf = (token: Token | undefined, most = mostAddresses): Address[] =>
  isList(token) ? token.slice(0, most).flatMap((one) => addressOf(one) ?? []) : []

/** Brackets that never close cost their square. */
const longestDate = 200

/** ISO 8601 in UTC, or '' for what is no date. */
export const dateOf = (text: string): string => {
  const time = Date.parse(
    text
      .slice(0, longestDate)
      .replace(/\([^)]*\)\s*$/, '')
      .trim(),
  )
  return Number.isNaN(time) || Math.abs(time) > 8e15 ? '' : new Date(time).toISOString()
}

export const envelopeOf = (token: Token | undefined): Envelope => {
  const list = isList(token) ? token : []
  return {
    date: dateOf(stringOf(list[0])),
    subject: oneLine(decodeHeader(bytesOf(list[1]))),
    from: addressesOf(list[2]),
    sender: addressesOf(list[3]),
    replyTo: addressesOf(list[4]),
    to: addressesOf(list[5]),
    cc: addressesOf(list[6]),
    bcc: addressesOf(list[7]),
    inReplyTo: oneLine(stringOf(list[8])),
    messageId: oneLine(stringOf(list[9])),
  }
}

const system = askedTable<'seen' | 'flagged' | 'answered' | 'forwarded' | 'draft'>({
  '\\seen': 'seen',
  '\\flagged': 'flagged',
  '\\answered': 'answered',
  $forwarded: 'forwarded',
  '\\draft': 'draft',
})

/** Keywords pass through untouched: they are opaque (DESIGN.md decision 1). */
export const flagsOf = (names: readonly string[]): Flags => {
  const flags: Flags = { ...noFlags, keywords: [] }
  for (const name of names.slice(0, 500)) {
    const known = system[name.toLowerCase()]
    if (known) flags[known] = true
    else if (!name.startsWith('\\')) flags.keywords.push(name)
  }
  return flags
}

/** INTERNALDATE (`21-Nov-2026 07:30:18 +0000`, RFC 9051 section 9) as ISO 8601. */
export const internalDateOf = (token: Token | undefined): string => dateOf(stringOf(token))

import 'server-only'
import type { Bounce, BounceReason } from '@/lib/model/cards'
import { oneLine } from './decode'
import { headerOf, headersOf } from './headers'

// A delivery status notification (RFC 3464) as a card. Whoever can send mail can send one of these, so it is
// read as claims: bounded in count and length, and nothing in it is followed.

const mostBytes = 100_000
const mostRecipients = 50

/** RFC 3463 sections 3.2 to 3.8: the exact code where it says more than its class does. */
const exact: Record<string, BounceReason> = {
  '1.8': 'policy',
  '1.7': 'policy',
  '2.2': 'mailbox-full',
  '2.3': 'too-large',
  '3.4': 'too-large',
  '4.3': 'unreachable',
}
const classes: Record<string, BounceReason> = {
  '1': 'no-such-address',
  '2': 'mailbox-closed',
  '4': 'unreachable',
  '6': 'content',
  '7': 'policy',
}

export const reasonOf = (status: string): BounceReason => {
  const [, subject = '', detail = ''] = /^[245]\.(\d{1,3})\.(\d{1,3})$/.exec(status) ?? []
  return exact[`${subject}.${detail}`] ?? classes[subject] ?? 'unknown'
}

/** `rfc822; ada@example.org` and `smtp; 550 …`: the type before the semicolon is not for people. */
const afterType = (value: string, most: number): string =>
  oneLine(value.replace(/^[\w-]{1,40}\s*;/, ''), most).replace(/^<(.*)>$/, '$1')

const recipientOf = (block: string): Bounce['recipients'] => {
  const fields = headersOf(Buffer.from(block, 'latin1'))
  const action = headerOf(fields, 'action').toLowerCase()
  const address = afterType(
    headerOf(fields, 'original-recipient') || headerOf(fields, 'final-recipient'),
    320,
  )
  // `delivered`, `relayed` and `expanded` are good news (section 2.3.3).
  if (!address || (action !== 'failed' && action !== 'delayed')) return []
  const [status = ''] = /^[245]\.\d{1,3}\.\d{1,3}(?!\S)/.exec(headerOf(fields, 'status')) ?? []
  const answer = afterType(headerOf(fields, 'diagnostic-code'), 1000)
  return [{ address, outcome: action, reason: reasonOf(status), status, answer }]
}

export const bounceOf = (report: Buffer, original: Buffer): Bounce | null => {
  const blocks = report
    .toString('latin1', 0, mostBytes)
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n+/)
  // The first block is about the message, one more for each recipient (section 2.1).
  const recipients = blocks.slice(0, 2000).flatMap(recipientOf).slice(0, mostRecipients)
  if (recipients.length === 0) return null
  return { recipients, subject: oneLine(headerOf(headersOf(original), 'subject'), 500) }
}

import 'server-only'
import { askedTable } from '@/lib/model/asked'
import type { Readable } from 'node:stream'
import MimeNode from 'nodemailer/lib/mime-node'
import { type Address, isCompleteAddress } from '@/lib/model/address'
import type { ReadReceipt, ReceiptWish } from '@/lib/model/cards'
import type { MessageId } from '@/lib/model/message-id'
import { messageIdOf } from '@/lib/model/message-id'
import type { Account } from './account'
import { oneLine } from './decode'
import { type FlagChange, store } from './flags'
import { headerAddress, headerIds, headerWords } from './header-words'
import { type Headers, headerOf, headersOf, messageIdsOf } from './headers'
import { uidsOf } from './place'
import { withSelected } from './pool'
import { flagsOf } from './reshape'
import type { Part } from './structure'

// Read receipts (RFC 8098): a sender's wish for one, the one that is sent, and the one that came.

const mostWished = 3

const addressesIn = (header: string): string[] => {
  const found = header.slice(0, 4000).match(/[^\s<>(),;:"]{1,64}@[^\s<>(),;:"]{1,255}/g) ?? []
  const complete = found.filter(isCompleteAddress).map((one) => [one.toLowerCase(), one] as const)
  return [...new Map(complete).values()]
}

interface Wished {
  headers: Headers
  structure: Part | null
  own: string
}

/**
 * Null where nothing may be sent: there is no wish, it comes from the reader, or this is a report itself.
 * RFC 8098 section 2.1: only a person may answer when the receipt would not go where the message came from.
 */
export const receiptWishOf = ({ headers, structure, own }: Wished): ReceiptWish | null => {
  const wished = addressesIn(headerOf(headers, 'disposition-notification-to')).filter(
    (one) => one.toLowerCase() !== own.toLowerCase(),
  )
  const isReport = structure?.type === 'multipart/report' || headerOf(headers, 'return-path') === '<>'
  if (wished.length === 0 || wished.length > mostWished || isReport) return null
  const [cameFrom = ''] = addressesIn(headerOf(headers, 'return-path'))
  const isPlain = wished.length === 1 && wished[0]?.toLowerCase() === cameFrom.toLowerCase()
  return { to: wished, automatic: isPlain ? 'may' : 'must-ask' }
}

/** Not standardised, and only told: the wish for a delivery report that programs write into a header. */
export const deliveryReportOf = (headers: Headers): string =>
  addressesIn(headerOf(headers, 'return-receipt-to'))[0] ?? ''

export interface Receipt {
  from: Address
  to: readonly string[]
  subject: string
  text: string
  /** Of the message that was read. */
  original: string
  originalRecipient: string
  by: 'person' | 'policy'
}

/** RFC 8098 section 3.2; nothing of the sender's own words but the Message-ID, which was cleaned. */
const fieldsOf = ({ from, original, originalRecipient, by }: Receipt): string =>
  [
    'Reporting-UA: Posthorn',
    ...(originalRecipient ? [`Original-Recipient: ${originalRecipient}`] : []),
    `Final-Recipient: rfc822;${from.address}`,
    ...(original ? [`Original-Message-ID: ${original}`] : []),
    by === 'person'
      ? 'Disposition: manual-action/MDN-sent-manually; displayed'
      : 'Disposition: automatic-action/MDN-sent-automatically; displayed',
    '',
  ].join('\r\n')

export const composeReceipt = (
  receipt: Receipt,
  { messageId, date }: { messageId: string; date: Date },
): Readable => {
  const root = new MimeNode('multipart/report; report-type=disposition-notification', { newline: 'win' })
  const { from, to, subject, text } = receipt
  const [original = ''] = headerIds([receipt.original])
  root.setHeader('From', [headerAddress(from)])
  root.setHeader('To', to.join(', '))
  root.setHeader('Subject', headerWords(subject))
  root.setHeader('Date', date.toUTCString().replace(/GMT/, '+0000'))
  root.setHeader('Message-ID', messageId)
  // RFC 3834 section 5: nobody answers this by itself.
  root.setHeader('Auto-Submitted', 'auto-replied')
  if (original) {
    root.setHeader('In-Reply-To', original)
    root.setHeader('References', original)
  }
  root.createChild('text/plain; charset=utf-8').setContent(text)
  root.createChild('message/disposition-notification').setContent(fieldsOf({ ...receipt, original }))
  return root.createReadStream()
}

/** As the message says it, for the receipt's own fields: one line of printable ASCII. */
export const originalOf = (headers: Headers): { recipient: string } => {
  const recipient = headerOf(headers, 'original-recipient')
  return { recipient: /^[\w-]{1,40};[\x21-\x7e]{1,300}$/.test(recipient) ? recipient : '' }
}

/** RFC 3503 section 3: set when it was answered and when it was refused, so that no client asks again. */
export const settledMark = '$MDNSent'

export const settleReceipt = (
  who: Account,
  { path, id }: { path: string; id: MessageId },
): Promise<FlagChange[]> =>
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const { permanentFlags: kept, readOnly } = selected
    const mayKeep =
      kept.has('\\*') || [...kept].some((one) => one.toLowerCase() === settledMark.toLowerCase())
    if (readOnly || !mayKeep) return []
    const after = await store(connection, uidsOf(selected, [id]), '+FLAGS', [settledMark])
    return [...after].map(([uid, names]) => ({
      id: messageIdOf(BigInt(selected.uidValidity), uid),
      flags: flagsOf(names),
    }))
  })

const outcomes = askedTable<ReadReceipt['outcome']>({
  displayed: 'read',
  deleted: 'deleted',
  denied: 'refused',
  dispatched: 'handled',
  processed: 'handled',
})

/** One that came. Anybody can send one: it is told as the claim of its sender. */
export const readReceiptOf = (report: Buffer, original: Buffer): ReadReceipt | null => {
  const fields = headersOf(report.subarray(0, 20_000))
  const [, type = ''] = /;\s*([a-z-]{1,40})/i.exec(headerOf(fields, 'disposition')) ?? []
  const outcome = outcomes[type.toLowerCase()]
  if (!outcome) return null
  const recipient = headerOf(fields, 'final-recipient').replace(/^[\w-]{1,40}\s*;/, '')
  const about = headersOf(original)
  return {
    who: oneLine(recipient, 320).replace(/^<(.*)>$/, '$1'),
    outcome,
    subject: oneLine(headerOf(about, 'subject'), 500),
    original: messageIdsOf(headerOf(fields, 'original-message-id'))[0] ?? '',
  }
}

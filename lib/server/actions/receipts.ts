import 'server-only'
import { createHash } from 'node:crypto'
import { AppError } from '@/lib/model/errors'
import type { MessageDetail } from '@/lib/model/message'
import { publish } from '../events/hub'
import { messageIdsOf } from '../mail/headers'
import { findFolder } from '../mail/mailboxes'
import type { Opened } from '../mail/message'
import { originalOf, readReceiptOf, receiptWishOf, settledMark, settleReceipt } from '../mail/receipt'
import { wordsOf } from './language'
import { forgetOpened, openOnce, type Place, sideOf } from './opened'
import { sendMessage } from './send-message'

// A sender wishes to know that a message was read: what the reader's policy and the reader answer to that.

export const readReceiptIn = (opened: Opened): MessageDetail['readReceipt'] => {
  const receipt = sideOf(opened, 'receipt')
  return receipt ? readReceiptOf(receipt.bytes, sideOf(opened, 'original')?.bytes ?? Buffer.alloc(0)) : null
}

interface Answering {
  account: number
  answer: 'send' | 'refuse'
  by: 'person' | 'policy'
  /** The languages the browser asks for. */
  accepts: string | null
}

const isSettled = ({ flags }: Opened): boolean =>
  flags.keywords.some((keyword) => keyword.toLowerCase() === settledMark.toLowerCase())

/** One for a message, whoever asks and how often: a second request is the same send. */
const idOf = ({ folder, message }: Place, original: string): string =>
  createHash('sha256')
    .update(`receipt ${original || `${folder} ${message}`}`)
    .digest('base64url')
    .slice(0, 32)

const send = async (place: Place, opened: Opened, { account, by, accepts }: Answering): Promise<void> => {
  const { who } = place
  const { envelope, headers, structure } = opened
  const wish = receiptWishOf({ headers, structure, own: who.address })
  if (!wish || (by === 'policy' && wish.automatic !== 'may')) throw new AppError('not-found')
  const { mail } = (await wordsOf(who.key, accepts)).reader.receipt
  const from = { name: who.name, address: who.address }
  const original = messageIdsOf(envelope.messageId)[0] ?? ''
  const subject = mail.subject(envelope.subject.slice(0, 500))
  const text = mail.text(who.address, envelope.subject.slice(0, 500))
  const to = wish.to.map((address) => ({ name: '', address }))
  await sendMessage({
    who,
    account,
    id: idOf(place, original),
    undoSeconds: 0,
    receipt: {
      from,
      to: wish.to,
      subject,
      text,
      original,
      originalRecipient: originalOf(headers).recipient,
      by,
    },
    message: {
      ...{ from, to, cc: [], bcc: [], subject, html: '', text, uploads: [], original: null, draft: null },
      inReplyTo: original,
      references: original ? [original] : [],
    },
  })
}

export const answerReceipt = async (place: Place, answering: Answering): Promise<Record<never, never>> => {
  const { who, folder, message } = place
  forgetOpened(place)
  const opened = await openOnce(place)
  if (!isSettled(opened) && answering.answer === 'send') await send(place, opened, answering)
  const changes = await settleReceipt(who, { path: await findFolder(who, folder), id: message })
  forgetOpened(place)
  if (changes.length > 0) publish(who.key, { type: 'flags', folder, changes })
  return {}
}

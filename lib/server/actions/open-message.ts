import 'server-only'
import type { Trust } from '@/lib/model/cards'
import type { MessageDetail } from '@/lib/model/message'
import { config } from '../config'
import type { Account } from '../mail/account'
import { headerOf, messageIdsOf } from '../mail/headers'
import type { Opened } from '../mail/message'
import { deliveryReportOf, receiptWishOf } from '../mail/receipt'
import { protectionOf } from '../mail/protection'
import { bounceOf } from '../mail/report'
import { everyPart } from '../mail/structure'
import { trustOf } from '../mail/trust'
import { listOf, unsubscribeOf } from '../mail/unsubscribe'
import { knownDomains } from '../user/contacts'
import { invitationIn } from './invitations'
import { readReceiptIn } from './receipts'
import { standingOf } from './senders'
import { bodyOfOpened, openOnce, type Place, sideOf } from './opened'

/** Attachments that are not already seen inside the body. */
const listed = (opened: Opened, used: ReadonlySet<string>): MessageDetail['attachments'] => {
  const shown = new Set(everyPart(opened.structure).flatMap(({ id, part }) => (used.has(id) ? [part] : [])))
  return opened.attachments.filter(({ part }) => !shown.has(part))
}

const bounceIn = (opened: Opened): MessageDetail['bounce'] => {
  const report = sideOf(opened, 'report')
  return report ? bounceOf(report.bytes, sideOf(opened, 'original')?.bytes ?? Buffer.alloc(0)) : null
}

const trustIn = async (who: Account, { envelope, headers }: Opened): Promise<Trust> => {
  const { from, replyTo } = envelope
  const results = headers.get('authentication-results') ?? []
  const list = listOf(headers) ? 'yes' : 'no'
  const own = who.address.slice(who.address.lastIndexOf('@') + 1)
  const known = [own, ...(await knownDomains(who.key))]
  return trustOf({ from, replyTo, results, list }, { servers: config().trustedAuthserv, known })
}

/** The header and what surrounds the body; the body itself is the frame's. Reading never writes. */
export const openMessage = async (place: Place): Promise<MessageDetail> => {
  const opened = await openOnce(place)
  const { envelope, headers } = opened
  const body = bodyOfOpened(opened, { proxied: null })
  return {
    id: place.message,
    messageId: envelope.messageId,
    inReplyTo: messageIdsOf(envelope.inReplyTo)[0] ?? '',
    references: messageIdsOf(headerOf(headers, 'references')),
    from: envelope.from,
    sender: envelope.sender,
    replyTo: envelope.replyTo,
    to: envelope.to,
    cc: envelope.cc,
    bcc: envelope.bcc,
    subject: envelope.subject,
    date: envelope.date || opened.arrived,
    size: opened.size,
    flags: opened.flags,
    attachments: listed(opened, body.used),
    body: {
      shows: opened.shows,
      blockedRemote: body.blockedRemote,
      forms: opened.forms,
      trackers: body.trackers,
      extent: body.whole && !everyPart(opened.structure).some(({ cut }) => cut) ? 'whole' : 'part',
    },
    protection: protectionOf(
      opened.structure,
      opened.shown.map(({ text }) => text),
    ),
    bounce: bounceIn(opened),
    invitation: await invitationIn(place, opened),
    readReceipt: readReceiptIn(opened),
    receiptWish: receiptWishOf({ headers, structure: opened.structure, own: place.who.address }),
    deliveryReport: deliveryReportOf(headers),
    list: listOf(headers),
    unsubscribe: unsubscribeOf(headers),
    trust: await trustIn(place.who, opened),
    standing: await standingOf(place.who.key, envelope.from),
  }
}

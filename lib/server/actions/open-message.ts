import 'server-only'
import type { MessageDetail } from '@/lib/model/message'
import { headerOf, messageIdsOf } from '../mail/headers'
import type { Opened } from '../mail/message'
import { everyPart } from '../mail/structure'
import { bodyOfOpened, openOnce, type Place } from './opened'

/** Attachments that are not already seen inside the body. */
const listed = (opened: Opened, used: ReadonlySet<string>): MessageDetail['attachments'] => {
  const shown = new Set(everyPart(opened.structure).flatMap(({ id, part }) => (used.has(id) ? [part] : [])))
  return opened.attachments.filter(({ part }) => !shown.has(part))
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
    body: { shows: opened.shows, blockedRemote: body.blockedRemote },
    listUnsubscribe: headerOf(headers, 'list-unsubscribe') || null,
  }
}

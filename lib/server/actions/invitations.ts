import 'server-only'
import type { InvitationAnswer, NewerInvitation } from '@/lib/model/cards'
import { AppError } from '@/lib/model/errors'
import type { MessageDetail } from '@/lib/model/message'
import { messageIdsOf } from '../mail/headers'
import { eventNameOf, readInvitation } from '../mail/invitation'
import { replyTo } from '../mail/invitation-reply'
import { findFolder, folderIdOf } from '../mail/mailboxes'
import type { Opened } from '../mail/message'
import { readerOf } from '../mail/own-addresses'
import { findNewer } from '../mail/newer-invitation'
import { answerTo, keepAnswer } from '../user/invitation-answers'
import { wordsOf } from './language'
import { openOnce, type Place, sideOf } from './opened'
import { sendMessage } from './send-message'

// Invitations: the card with what was answered, the answer itself, and whether a later message has taken the
// invitation's place.

export const invitationIn = async (
  { who, inside }: Place,
  opened: Opened,
): Promise<MessageDetail['invitation']> => {
  const calendar = sideOf(opened, 'calendar')
  const card = calendar
    ? readInvitation(calendar.part, calendar.bytes, readerOf(who.address, opened.headers))
    : null
  // What was forwarded asked somebody else.
  if (card && inside) return { ...card, mine: null }
  const name = card?.mine && calendar ? eventNameOf(calendar.part, calendar.bytes) : null
  const answered = name && (await answerTo(who.key, name))
  return card && answered ? { ...card, mine: answered } : card
}

interface Answering {
  account: number
  id: string
  answer: InvitationAnswer
  /** The languages the browser asks for. */
  accepts: string | null
}

/** One click: the answer leaves like any message, once, and what was said last is what the card shows. */
export const answerInvitation = async (
  place: Place,
  { account, id, answer, accepts }: Answering,
): Promise<Record<never, never>> => {
  const { who, folder, message } = place
  const opened = await openOnce(place)
  const calendar = sideOf(opened, 'calendar')
  const from = { name: who.name, address: who.address }
  const reader = readerOf(who.address, opened.headers)
  const reply =
    calendar && replyTo(calendar.part, calendar.bytes, { who: from, reader, answer, now: new Date() })
  if (!reply) throw new AppError('not-found')
  const { invitation } = (await wordsOf(who.key, accepts)).reader
  const title = reply.title || invitation.noTitle
  await sendMessage({
    who,
    account,
    id,
    undoSeconds: 0,
    calendar: { method: 'REPLY', text: reply.text },
    message: {
      from,
      to: [reply.organiser],
      cc: [],
      bcc: [],
      subject: invitation.mail.subject[answer](title),
      html: '',
      text: invitation.mail.text[answer](who.name || who.address, title),
      uploads: [],
      inReplyTo: messageIdsOf(opened.envelope.messageId)[0] ?? '',
      references: messageIdsOf(opened.envelope.messageId),
      original: { folder, message, as: 'reply' },
      draft: null,
    },
  })
  await keepAnswer(who.key, reply.name, answer)
  return {}
}

export const newerInvitation = async (place: Place): Promise<{ newer: NewerInvitation }> => {
  const { who, folder, message } = place
  const opened = await openOnce(place)
  const calendar = sideOf(opened, 'calendar')
  if (!calendar) return { newer: null }
  const paths = new Set([await findFolder(who, folder), await findFolder(who, 'inbox')])
  for (const path of paths) {
    const id = folderIdOf(who, path)
    const where = { path, id: message, folder: id === folder ? 'own' : 'other' } as const
    const found = await findNewer(who, { ...where, arrived: opened.arrived, calendar })
    if (found) return { newer: { ...found, folder: id } }
  }
  return { newer: null }
}

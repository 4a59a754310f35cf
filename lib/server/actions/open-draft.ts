import 'server-only'
import type { Draft, Upload } from '@/lib/model/draft'
import type { QuotedPicture } from '@/lib/model/message'
import { quotableOf } from '../html/quote'
import { unflowed } from '../html/text'
import { oneLine } from '../mail/decode'
import { headerOf, messageIdsOf } from '../mail/headers'
import { findFolder } from '../mail/mailboxes'
import { type Opened, readMessage } from '../mail/message'
import { readLineage, readNote } from './draft-note'
import type { Place } from './opened'
import { quoted } from './quoted-pictures'
import { uploadFromMessage } from './upload-from-message'

// A draft as the composer takes it up again, whoever wrote it: its files become uploads, its HTML passes the
// sanitiser, because Drafts is a folder that others can write to.

const mostFiles = 100

/** A picture that stands in the text goes on standing there. */
const filesOf = async (
  place: Place,
  opened: Opened,
  pictures: readonly QuotedPicture[],
): Promise<Upload[]> => {
  const uploads: Upload[] = []
  for (const { part } of opened.attachments.slice(0, mostFiles)) {
    const cid = pictures.find((one) => one.part === part)?.cid
    uploads.push({ ...(await uploadFromMessage(place, part)), ...(cid ? { cid } : {}) })
  }
  return uploads
}

const textOf = ({ shows, shown }: Opened): string =>
  shows === 'text'
    ? shown.map(({ text, flowed }) => (flowed === 'no' ? text : unflowed(text, flowed))).join('\n')
    : quotableOf(shown).text

/** In one's own draft; elsewhere they are the sender's. A server that puts From into an empty Reply-To says nothing. */
const ownFields = ({ envelope, headers }: Opened): Pick<Draft, 'replyTo' | 'organisation'> => ({
  replyTo: headerOf(headers, 'reply-to') ? envelope.replyTo.slice(0, 10) : [],
  organisation: oneLine(headerOf(headers, 'organization'), 300),
})

export const openDraft = async (place: Place): Promise<Draft> => {
  const { who, folder, message } = place
  const path = await findFolder(who, folder)
  const opened = await readMessage(who, { path, id: message })
  const plain = await readMessage(who, { path, id: message, prefer: 'text' })
  const { envelope, headers } = opened
  // Elsewhere it came with a message, and its sender has no say in whom we write to.
  const { html, pictures } = quoted(opened)
  const note = readNote(folder === 'drafts' ? headers : new Map())
  return {
    from: envelope.from[0] ?? null,
    ...(folder === 'drafts' ? ownFields(opened) : { replyTo: [], organisation: '' }),
    to: [...envelope.to, ...note.to].slice(0, 2000),
    cc: [...envelope.cc, ...note.cc].slice(0, 2000),
    bcc: [...envelope.bcc, ...note.bcc].slice(0, 2000),
    subject: envelope.subject,
    html: opened.shows === 'html' ? html : '',
    text: textOf(plain),
    uploads: await filesOf(place, opened, opened.shows === 'html' ? pictures : []),
    inReplyTo: messageIdsOf(envelope.inReplyTo)[0] ?? '',
    references: messageIdsOf(headerOf(headers, 'references')),
    original: note.original,
    ...(note.wishes ? { wishes: note.wishes } : {}),
    ...(note.planned ? { planned: note.planned } : {}),
    ...(folder === 'drafts' ? { lineage: readLineage(headers, message) } : {}),
    draft: { folder, message },
  }
}

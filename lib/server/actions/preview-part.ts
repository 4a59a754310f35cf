import 'server-only'
import { kindOf } from '@/lib/model/file-kind'
import { type Preview } from '@/lib/model/preview'
import { viewOf } from '@/lib/model/file-view'
import { readContacts } from '../mail/contact-card'
import { decodeBytes } from '../mail/decode'
import { type Download, downloadPart } from '../mail/download'
import { readInvitation } from '../mail/invitation'
import { findFolder } from '../mail/mailboxes'
import { openMessage } from './open-message'
import type { Place } from './opened'

// An attachment, read for the person: as text, as the event or the contacts it holds, as the message it is.

const mostRead = 400_000

const firstBytes = async (stream: Download['stream']): Promise<{ bytes: Buffer; whole: boolean }> => {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { bytes: Buffer.concat(chunks), whole: true }
    chunks.push(value)
    size += value.length
    if (size > mostRead) break
  }
  await reader.cancel()
  return { bytes: Buffer.concat(chunks).subarray(0, mostRead), whole: false }
}

const isMessage = ({ type }: Download): boolean => type === 'message/rfc822' || type === 'message/global'

export const previewPart = async (place: Place, part: string): Promise<Preview> => {
  const { who, folder, message } = place
  const file = await downloadPart(who, { path: await findFolder(who, folder), id: message, part })
  if (viewOf({ ...file, really: null }) !== 'read') return { shows: 'nothing' }
  if (isMessage(file)) return { shows: 'message', detail: await openMessage({ ...place, inside: part }) }
  const { bytes, whole } = await firstBytes(file.stream)
  const kind = kindOf(file.name, file.type)
  const params = { charset: file.charset }
  const invitation = kind === 'calendar' ? readInvitation({ part, params }, bytes) : null
  if (invitation) return { shows: 'calendar', invitation: { ...invitation, mine: null } }
  const contacts = kind === 'contact' ? readContacts(bytes, file.charset) : []
  if (contacts.length > 0) return { shows: 'contacts', contacts }
  return { shows: 'text', text: decodeBytes(bytes, file.charset || 'utf-8'), whole }
}

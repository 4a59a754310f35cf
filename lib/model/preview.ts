import { z } from 'zod/mini'
import { invitation } from './cards'
import type { FileKind } from './file-kind'
import { extensionOf, kindOf } from './file-kind'
import type { Attachment } from './message'
import { messageDetail } from './message'

// What an attachment looks like before it is opened elsewhere. Pictures, sound and film are shown from their
// bytes; the rest is read by the server and comes as plain values.

export const contactCard = z.object({
  name: z.string(),
  organisation: z.string(),
  title: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  addresses: z.array(z.string()),
  links: z.array(z.string()),
  birthday: z.string(),
  note: z.string(),
})
export type ContactCard = z.infer<typeof contactCard>

export const preview = z.discriminatedUnion('shows', [
  z.object({ shows: z.literal('text'), text: z.string(), whole: z.boolean() }),
  z.object({ shows: z.literal('calendar'), invitation }),
  z.object({ shows: z.literal('contacts'), contacts: z.array(contactCard) }),
  z.object({ shows: z.literal('message'), detail: messageDetail }),
  z.object({ shows: z.literal('nothing') }),
])
export type Preview = z.infer<typeof preview>

const pictures = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/i
const sounds = 'mp3 wav ogg oga opus m4a aac flac weba'.split(' ')
const films = 'mp4 webm m4v ogv mov'.split(' ')

const read: Partial<Record<FileKind, 'read'>> = {
  text: 'read',
  page: 'read',
  calendar: 'read',
  contact: 'read',
}

/** How a file is looked at; `none` for what is only downloaded. A file that is not what it says never is. */
export const viewOf = ({ name, type, really }: Pick<Attachment, 'name' | 'type' | 'really'>) => {
  if (really === 'program' || really === 'page') return 'none'
  const kind = kindOf(name, type)
  const extension = extensionOf(name)
  if (pictures.test(type)) return 'picture'
  if (kind === 'audio' && (sounds.includes(extension) || /^audio\//.test(type))) return 'sound'
  if (kind === 'video' && (films.includes(extension) || /^video\//.test(type))) return 'film'
  if (kind === 'pdf') return 'tab'
  if (type === 'message/rfc822' || type === 'message/global') return 'read'
  if (kind === 'sheet' && (extension === 'csv' || extension === 'tsv')) return 'read'
  if (kind === 'mail' && extension === 'eml') return 'read'
  return read[kind] ?? 'none'
}

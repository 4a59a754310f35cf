import type { FileKind } from './file-kind'
import { extensionOf, kindOf } from './file-kind'
import type { Attachment } from './message'

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

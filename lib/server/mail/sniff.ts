import 'server-only'
import { type FileKind, kindOf } from '@/lib/model/file-kind'

// What a file's first bytes say it is, for the few kinds where a wrong name could do harm or make no sense.
// Signatures as in the WHATWG MIME Sniffing standard, and those of programs.

export const sniffedBytes = 120

const starts = (bytes: Buffer, ...all: string[]): boolean =>
  all.some((signature) => bytes.toString('latin1', 0, signature.length) === signature)

const isProgram = (bytes: Buffer): boolean =>
  starts(
    bytes,
    'MZ',
    '\x7fELF',
    '\xca\xfe\xba\xbe',
    '\xfe\xed\xfa',
    '\xce\xfa\xed\xfe',
    '\xcf\xfa\xed\xfe',
  ) || starts(bytes, 'dex\n', '#!', 'L\0\0\0\x01\x14\x02\0', '!<arch>')

const isPage = (bytes: Buffer): boolean =>
  /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<(!doctype html|html|head|body|script|iframe|svg|hta:)\b/i.test(
    bytes
      .toString('latin1')
      .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
      .replaceAll('\0', ''),
  )

const isImage = (bytes: Buffer): boolean =>
  starts(bytes, '\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*') ||
  (starts(bytes, 'RIFF') && bytes.toString('latin1', 8, 12) === 'WEBP')

const sniff = (bytes: Buffer): FileKind | null => {
  if (isProgram(bytes)) return 'program'
  if (bytes.toString('latin1').includes('%PDF-')) return 'pdf'
  if (isPage(bytes)) return 'page'
  if (isImage(bytes)) return 'image'
  if (starts(bytes, 'PK\x03\x04', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh')) return 'archive'
  // The old container of Word, Excel, Outlook and installers.
  return starts(bytes, '\xd0\xcf\x11\xe0') ? 'document' : null
}

// Modern office files, mails of Outlook and many others are archives or containers inside.
const harmless: Partial<Record<FileKind, readonly FileKind[]>> = {
  archive: ['document', 'sheet', 'slides', 'other', 'archive'],
  document: ['document', 'sheet', 'slides', 'mail', 'other', 'program'],
  program: ['program', 'text', 'archive'],
  page: ['page', 'text', 'image', 'mail'],
  image: ['image', 'other', 'pdf'],
  pdf: ['pdf', 'other'],
}

/** Null where the file is what it says, or nothing here knows better. */
export const reallyOf = (name: string, type: string, bytes: Buffer): FileKind | null => {
  const found = sniff(bytes)
  const said = kindOf(name, type)
  if (!found || found === said || harmless[found]?.includes(said)) return null
  return found
}

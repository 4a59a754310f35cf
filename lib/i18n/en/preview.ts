import type { FileKind } from '@/lib/model/file-kind'

const kinds: Record<FileKind, string> = {
  image: 'picture',
  pdf: 'PDF',
  sheet: 'spreadsheet',
  document: 'document',
  slides: 'presentation',
  archive: 'archive',
  audio: 'sound',
  video: 'film',
  calendar: 'calendar',
  contact: 'contact',
  mail: 'message',
  page: 'web page',
  text: 'text',
  program: 'program',
  other: 'file',
}

// Words around attachments: the tiles, and the overlay in which they are looked at.
export const preview = {
  kinds,
  saysIs: (said: string, really: string) =>
    `Says ${said}, is ${/^[aeiou]/.test(really) ? 'an' : 'a'} ${really}`,
  isProgram: 'This is a program',
  look: (name: string) => `Preview ${name}`,
  openTab: (name: string) => `Open ${name} in a new tab`,
  more: (name: string) => `More for ${name}`,
  show: 'Preview',
  tab: 'Open in a new tab',
  download: 'Download',
  all: 'Download all',
  write: 'New message with this file',
  close: 'Close the preview',
  previous: 'Previous file',
  next: 'Next file',
  failed: 'This file could not be read.',
  none: 'There is nothing to show of this file. It can be downloaded.',
  cut: 'Only the beginning is shown. Download the file to see all of it.',
  innerBody: 'Text of the attached message',
  email: 'Email',
  phone: 'Phone',
  address: 'Address',
  web: 'Web',
  birthday: 'Birthday',
  note: 'Note',
}

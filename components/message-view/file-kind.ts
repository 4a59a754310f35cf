export type FileKind =
  | 'image'
  | 'pdf'
  | 'sheet'
  | 'document'
  | 'slides'
  | 'archive'
  | 'audio'
  | 'video'
  | 'calendar'
  | 'contact'
  | 'mail'
  | 'text'
  | 'program'
  | 'other'

const byExtension: Record<string, FileKind> = Object.fromEntries(
  (
    [
      ['image', 'png jpg jpeg gif webp avif heic bmp tif tiff svg'],
      ['pdf', 'pdf'],
      ['sheet', 'xls xlsx xlsm ods csv tsv numbers'],
      ['document', 'doc docx odt rtf pages'],
      ['slides', 'ppt pptx odp key'],
      ['archive', 'zip gz tgz tar bz2 xz zst 7z rar'],
      ['audio', 'mp3 wav ogg opus flac m4a aac'],
      ['video', 'mp4 webm mov mkv avi m4v'],
      ['calendar', 'ics ifb'],
      ['contact', 'vcf vcard'],
      ['mail', 'eml msg'],
      ['text', 'txt md log json xml yaml yml html htm css js ts py c h sh sql'],
      ['program', 'exe msi bat cmd com scr ps1 vbs jar apk dmg app lnk'],
    ] as const
  ).flatMap(([kind, extensions]) => extensions.split(' ').map((one) => [one, kind])),
)

const byType: readonly [RegExp, FileKind][] = [
  [/^image\//, 'image'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/^application\/pdf/, 'pdf'],
  [/^text\/calendar/, 'calendar'],
  [/^text\/(x-)?vcard/, 'contact'],
  [/^message\//, 'mail'],
  [/spreadsheet|ms-excel|csv/, 'sheet'],
  [/presentation|powerpoint/, 'slides'],
  [/wordprocessing|msword|opendocument\.text|rtf/, 'document'],
  [/zip|gzip|x-tar|compressed|x-7z|rar/, 'archive'],
  [/^text\//, 'text'],
]

export const extensionOf = (name: string): string =>
  /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** What a file is, for its icon. Its name counts before its type: senders get names right more often. */
export function kindOf(name: string, type: string): FileKind {
  const named = byExtension[extensionOf(name)]
  if (named) return named
  return byType.find(([pattern]) => pattern.test(type.toLowerCase()))?.[1] ?? 'other'
}

/** The letters on a file's tile. */
export const tileText = (name: string, kind: FileKind): string => {
  const extension = extensionOf(name).toUpperCase()
  if (kind === 'sheet' && extension.startsWith('XLS')) return 'XLS'
  if (kind === 'document' && extension.startsWith('DOC')) return 'DOC'
  if (kind === 'slides' && extension.startsWith('PPT')) return 'PPT'
  return extension.slice(0, 4)
}

import { askedTable } from './asked'

/** What a file is for a person. `page`: a web page, which a browser would run. */
export const fileKinds = [
  'image',
  'pdf',
  'sheet',
  'document',
  'slides',
  'archive',
  'audio',
  'video',
  'calendar',
  'contact',
  'mail',
  'page',
  'text',
  'program',
  'other',
] as const
export type FileKind = (typeof fileKinds)[number]

const byExtension = askedTable<FileKind>(
  Object.fromEntries(
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
        ['page', 'html htm xhtml mht mhtml shtml'],
        ['text', 'txt md log json xml yaml yml css ts py c h cpp java rs go sh sql ini conf toml diff patch'],
        [
          'program',
          'exe msi bat cmd com scr pif cpl ps1 vbs vbe js jse wsf hta jar apk dmg app lnk reg iso img vhd',
        ],
      ] as const
    ).flatMap(([kind, extensions]) => extensions.split(' ').map((one) => [one, kind])),
  ),
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
  [/^text\/html|xhtml/, 'page'],
  [/x-msdownload|x-dosexec|x-executable|x-sharedlib|java-archive/, 'program'],
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

import 'server-only'
import { askedTable } from '@/lib/model/asked'
import { rasterTypes } from './allowed'

// How foreign bytes leave us: as a download, unless a browser decodes them as a picture and nothing else. The
// sandbox makes even a type we misjudged a document without scripts and without our origin.

const locked = "sandbox; default-src 'none'; frame-ancestors 'self'"

const always = {
  'content-security-policy': locked,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** RFC 6266 with RFC 8187: plain ASCII for old agents, UTF-8 for all others. */
export const disposition = (kind: 'attachment' | 'inline', name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const utf8 = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${utf8}`
}

interface Leaving {
  name: string
  type: string
  /** `look`: inside the page or the browser's own viewer, for types that cannot do anything there. */
  wish?: 'keep' | 'look'
}

const playable = askedTable<string>({
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  flac: 'audio/flac',
  weba: 'audio/webm',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/mp4',
  webm: 'video/webm',
  ogv: 'video/ogg',
})
const played = new Set([
  ...Object.values(playable),
  'audio/x-wav',
  'audio/x-m4a',
  'audio/mp3',
  'video/quicktime',
])

/** The type as which it may be looked at; '' for what only leaves as a file. */
const lookedAtAs = ({ name, type, wish }: Leaving): string => {
  if (rasterTypes.has(type)) return type
  if (wish !== 'look') return ''
  const extension = /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (type === 'application/pdf' || extension === 'pdf') return 'application/pdf'
  return played.has(type) ? type : (playable[extension] ?? '')
}

// The viewers of browsers refuse to run in a sandbox. With nosniff, bytes of this type are given to the viewer or
// to nobody; the viewer's document is not of our origin, and whatever a PDF's own script does, it does there.
const forViewer = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"

export const attachmentHeaders = (leaving: Leaving): Record<string, string> => {
  const type = lookedAtAs(leaving)
  return {
    ...always,
    ...(type === 'application/pdf' ? { 'content-security-policy': forViewer } : {}),
    'content-type': type || 'application/octet-stream',
    'content-disposition': disposition(type ? 'inline' : 'attachment', leaving.name),
    // The bytes behind this address never change (UIDVALIDITY and UID are in it).
    'cache-control': 'private, max-age=3600, immutable',
  }
}

export const zipHeaders = (name: string): Record<string, string> => ({
  ...always,
  'content-type': 'application/zip',
  'content-disposition': disposition('attachment', name),
})

export const imageHeaders = (type: string): Record<string, string> => ({
  ...always,
  'content-type': type,
  'cache-control': 'private, max-age=3600',
})

export const sourceHeaders: Record<string, string> = {
  ...always,
  'content-type': 'text/plain; charset=utf-8',
  'content-disposition': disposition('inline', 'message.txt'),
}

import 'server-only'
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

export const attachmentHeaders = ({ name, type }: { name: string; type: string }): Record<string, string> => {
  const raster = rasterTypes.has(type)
  return {
    ...always,
    'content-type': raster ? type : 'application/octet-stream',
    'content-disposition': disposition(raster ? 'inline' : 'attachment', name),
    // The bytes behind this address never change (UIDVALIDITY and UID are in it).
    'cache-control': 'private, max-age=3600, immutable',
  }
}

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

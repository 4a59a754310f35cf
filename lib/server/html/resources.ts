import 'server-only'
import { rasterTypes } from './allowed'

// Every address a mail's document may load from is decided here. Invariant: what comes out is one of
// - a part of the same message, relative to the frame's own URL;
// - a raster image in a data: URL of bounded size;
// - our own image proxy, and only when the person asked for images.

export interface Asked {
  /** URLs of inline parts by Content-ID, relative to the frame (RFC 2392). */
  parts: ReadonlyMap<string, string>
  /** Gives the proxy's URL for a remote image; null while images are blocked. */
  proxied: ((url: string) => string | null) | null
  /** The paper it will lie on. */
  theme?: 'light' | 'dark'
  /** `start` of a very long message is shown at once, `all` of it when somebody asks for it. */
  extent?: 'start' | 'all'
}

export interface Tally {
  /** Remote addresses that were held back, each once. */
  blocked: Set<string>
  /** Content-IDs that were used, so that those parts are not shown as attachments again. */
  used: Set<string>
}

const mostDataBytes = 3_000_000
const mostBlocked = 10_000

const dataUrl = /^data:(image\/[a-z]+);base64,([a-z0-9+/=\s]+)$/i

const safeData = (url: string): string | null => {
  if (url.length > mostDataBytes) return null
  const [, type = '', body = ''] = dataUrl.exec(url) ?? []
  return rasterTypes.has(type.toLowerCase())
    ? `data:${type.toLowerCase()};base64,${body.replace(/\s+/g, '')}`
    : null
}

// Browsers strip these from URLs before reading the scheme (WHATWG URL section 4.4).
const tidy = (url: string): string =>
  url.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '')

const remote = (url: string): string | null => {
  const absolute = url.startsWith('//') ? `https:${url}` : url
  if (!/^https?:/i.test(absolute) || !URL.canParse(absolute) || absolute.length > 8000) return null
  const parsed = new URL(absolute)
  return parsed.username || parsed.password ? null : parsed.href
}

export const imageUrl = (raw: string, asked: Asked, tally: Tally): string | null => {
  const url = tidy(raw)
  if (/^data:/i.test(url)) return safeData(url)
  if (/^cid:/i.test(url)) {
    const id = decoded(url.slice(4))
    const part = asked.parts.get(id) ?? null
    if (part) tally.used.add(id)
    return part
  }
  const address = remote(url)
  if (!address) return null
  const allowed = asked.proxied?.(address) ?? null
  if (!allowed && tally.blocked.size < mostBlocked) tally.blocked.add(address)
  return allowed
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where a click may lead: the web, mail and telephone. Never script, data, file or a path of our own. */
export const linkUrl = (raw: string): string | null => {
  const url = tidy(raw)
  if (url.length > 8000) return null
  if (/^mailto:/i.test(url) || /^tel:[\d+()\s.;=a-z-]+$/i.test(url)) return url
  const absolute = url.startsWith('//') ? `https:${url}` : /^www\./i.test(url) ? `http://${url}` : url
  if (!/^https?:/i.test(absolute) || !URL.canParse(absolute)) return null
  return new URL(absolute).href
}

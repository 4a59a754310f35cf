import 'server-only'
import { frameDocument, frameHeaders } from '../html/frame'
import { bodyOfOpened, openOnce, type Place } from './opened'
import { proxiedFor } from './proxy-image'

export interface Wish {
  images: 'blocked' | 'shown'
  theme: 'light' | 'dark'
  font: 'usual' | 'fixed'
  /** All of a very long message, and not only its start. */
  extent?: 'start' | 'all'
}

export interface Frame {
  document: string
  headers: Record<string, string>
}

/** The body as a document of its own. */
export const frameMessage = async (
  place: Place,
  { images, theme, font, extent = 'start' }: Wish,
): Promise<Frame> => {
  const { kind, html, css, whole } = bodyOfOpened(await openOnce(place), {
    proxied: images === 'shown' ? proxiedFor(place.who) : null,
    theme,
    extent,
  })
  return { document: frameDocument({ kind, html, css, whole, theme, font }), headers: { ...frameHeaders } }
}

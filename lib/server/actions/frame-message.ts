import 'server-only'
import { frameDocument, frameHeaders } from '../html/frame'
import { bodyOfOpened, openOnce, type Place } from './opened'
import { proxiedFor } from './proxy-image'

export interface Wish {
  images: 'blocked' | 'shown'
  theme: 'light' | 'dark'
  font: 'usual' | 'fixed'
}

export interface Frame {
  document: string
  headers: Record<string, string>
}

/** The body as a document of its own. */
export const frameMessage = async (place: Place, { images, theme, font }: Wish): Promise<Frame> => {
  const { kind, html, css, whole } = bodyOfOpened(await openOnce(place), {
    proxied: images === 'shown' ? proxiedFor(place.who) : null,
    theme,
  })
  return { document: frameDocument({ kind, html, css, whole, theme, font }), headers: { ...frameHeaders } }
}

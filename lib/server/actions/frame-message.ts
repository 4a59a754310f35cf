import 'server-only'
import { frameDocument, frameHeaders } from '../html/frame'
import { bodyOfOpened, openOnce, openWhole, type Place } from './opened'
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
  const opened = await (extent === 'all' ? openWhole(place) : openOnce(place))
  const { kind, html, css, whole } = bodyOfOpened(opened, {
    proxied: images === 'shown' ? proxiedFor(place.who) : null,
    theme,
    extent,
  })
  // What a message is made of stands in columns.
  const letters = opened.shows === 'source' ? 'fixed' : font
  return {
    document: frameDocument({ kind, html, css, whole, theme, font: letters }),
    headers: { ...frameHeaders },
  }
}

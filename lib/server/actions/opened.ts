import 'server-only'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { type Body, renderBody } from '../html/body'
import type { Asked } from '../html/resources'
import type { Account } from '../mail/account'
import { findFolder } from '../mail/mailboxes'
import { type Extent, type Opened, readMessage, type Side } from '../mail/message'
import { everyPart } from '../mail/structure'
import { once } from '../once'

// A message that was opened is asked for again at once: by the frame, by the quote of a reply. Its parts are
// immutable, so they are kept for a little while, and read once however many ask together.

export interface Place {
  who: Account
  folder: FolderId
  message: MessageId
  /** A part that is a message of its own, opened in its turn. */
  inside?: string | undefined
  /** The form that is wanted where there are several. */
  prefer?: 'html' | 'text' | undefined
}

interface Kept {
  opened: Promise<Opened>
  size: number
  until: number
}

const keepMs = 2 * 60_000
const mostBytes = 64 * 1024 * 1024
const kept = once('opened-messages', () => new Map<string, Kept>())

const weigh = ({ shown }: Opened): number => shown.reduce((sum, { text }) => sum + text.length * 2, 2000)

const evict = (): void => {
  const now = Date.now()
  let bytes = 0
  for (const [key, { size, until }] of [...kept].reverse()) {
    bytes += size
    if (until < now || bytes > mostBytes) kept.delete(key)
  }
}

const read = async (
  { who, folder, message, inside, prefer = 'html' }: Place,
  extent: Extent,
): Promise<Opened> =>
  readMessage(who, { path: await findFolder(who, folder), id: message, inside, prefer, extent })

const keyOf = ({ who, folder, message, inside = '', prefer = 'html' }: Place, extent: Extent): string =>
  `${who.key}\n${folder}\n${message}\n${inside}\n${prefer}\n${extent}`

/** All of a very long message; most are short, and then what was read already is all of it. */
export const openWhole = async (place: Place): Promise<Opened> => {
  const start = await openOnce(place)
  return start.shown.every(({ whole }) => whole) ? start : openOnce(place, 'all')
}

export const openOnce = (place: Place, extent: Extent = 'start'): Promise<Opened> => {
  const key = keyOf(place, extent)
  const before = kept.get(key)
  if (before && before.until > Date.now()) return before.opened
  const entry: Kept = { opened: read(place, extent), size: 2000, until: Date.now() + keepMs }
  kept.set(key, entry)
  entry.opened.then(
    (opened) => {
      entry.size = weigh(opened)
      evict()
    },
    () => kept.delete(key),
  )
  return entry.opened
}

/** After something changed that `Opened` tells, such as flags. */
export const forgetOpened = (place: Place): void => {
  for (const extent of ['start', 'all'] as const) kept.delete(keyOf(place, extent))
}

export const sideOf = ({ sides }: Opened, role: Side['role']): Side | undefined =>
  sides.find((side) => side.role === role)

const rasterType = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/

/** Inline parts by Content-ID, as the frame reaches them: relative, so that no prefix matters. */
const inlineParts = (opened: Opened): Map<string, string> =>
  new Map(
    everyPart(opened.structure)
      .filter(({ id, type }) => id !== '' && rasterType.test(type))
      .map(({ id, part }) => [id, `parts/${part}`]),
  )

const rendered = once('rendered-messages', () => new WeakMap<Opened, Map<string, Body>>())

/** The same body serves the header's count and the frame. */
export const bodyOfOpened = (opened: Opened, wish: Pick<Asked, 'proxied' | 'theme' | 'extent'>): Body => {
  const bodies = rendered.get(opened) ?? new Map<string, Body>()
  rendered.set(opened, bodies)
  const key = `${wish.proxied ? 'shown' : 'blocked'} ${wish.theme ?? 'light'} ${wish.extent ?? 'start'}`
  const known = bodies.get(key)
  if (known) return known
  const body = renderBody(opened.shown, { parts: inlineParts(opened), extent: 'start', ...wish })
  bodies.set(key, body)
  return body
}

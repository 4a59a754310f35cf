import 'server-only'
import { createHash } from 'node:crypto'
import type { Quotable, QuotedPicture } from '@/lib/model/message'
import { quotableOf } from '../html/quote'
import type { Opened } from '../mail/message'
import { attachmentOf } from '../mail/shown'
import { everyPart } from '../mail/structure'

// Pictures that stand in a text (RFC 2392), when that text becomes part of another message. They go along under a
// Content-ID of ours: the sender's may hold anything, and two messages quoted together may use the same.

const rasterType = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/
const mostPictures = 50

const isOurs = (id: string): boolean => /^[A-Za-z0-9_-]{10,60}@inline$/.test(id)
const newId = (id: string): string =>
  isOurs(id) ? id : `${createHash('sha256').update(id).digest('hex').slice(0, 24)}@inline`

/** By the Content-ID they have in the message. */
const picturesIn = ({ structure }: Opened): Map<string, QuotedPicture> => {
  const found = everyPart(structure).filter(({ id, type }) => id !== '' && rasterType.test(type))
  return new Map(
    found.slice(0, mostPictures).map((part) => {
      const { name, type, size } = attachmentOf(part)
      return [part.id, { part: part.part, cid: newId(part.id), name, type, size }]
    }),
  )
}

/** The shown text of a message for another one, and the pictures that have to go along with it. */
export const quoted = (opened: Opened): Quotable => {
  const known = picturesIn(opened)
  const addresses = new Map([...known].map(([id, { cid }]) => [id, `cid:${cid}`]))
  const { html, text, used } = quotableOf(opened.shown, addresses)
  return { html, text, pictures: [...known].flatMap(([id, picture]) => (used.has(id) ? [picture] : [])) }
}

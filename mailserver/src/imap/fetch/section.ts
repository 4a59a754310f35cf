// BODY[section]<partial> (RFC 9051 section 6.4.5): byte ranges of the message, sent as one literal, in pieces.
import type { Range } from '../../message'
import type { Partial, SectionItem } from '../grammar/fetch-items'
import type { Session } from '../session'
import type { Content } from './content'

const pieceSize = 256 * 1024

/** A partial that begins past the end is an empty string (RFC 9051 section 6.4.5). */
export const cut = (length: number, partial: Partial | null): Range => {
  if (!partial) return { start: 0, end: length }
  const start = Math.min(partial.start, length)
  return { start, end: Math.min(length, start + partial.count) }
}

/** The part of `ranges`, laid end to end, that lies within `wanted`. */
const within = (ranges: readonly Range[], wanted: Range): Range[] => {
  const found: Range[] = []
  let before = 0
  for (const { start, end } of ranges) {
    const from = Math.max(start, start + wanted.start - before)
    const to = Math.min(end, start + wanted.end - before)
    if (from < to) found.push({ start: from, end: to })
    before += end - start
  }
  return found
}

const sizeOf = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { start, end }) => sum + end - start, 0)

export const writeSection = async (session: Session, item: SectionItem, content: Content): Promise<void> => {
  const all = await content.ranges(item.section)
  if (!all) return session.out.write(`${item.label} NIL`)
  const wanted = within(all, cut(sizeOf(all), item.partial))
  const size = sizeOf(wanted)
  // Read before the size is promised where it is small: a file that vanishes meanwhile must not break the answer.
  if (size <= pieceSize) {
    const pieces: Buffer[] = []
    for (const range of wanted) pieces.push(await content.read(range))
    const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
    session.out.write(`${item.label} {${bytes.length}}\r\n`)
    return session.out.write(bytes)
  }
  session.out.write(`${item.label} {${size}}\r\n`)
  for (const { start, end } of wanted) {
    for (let at = start; at < end; at += pieceSize) {
      if (session.out.isClosed) return
      session.out.write(await content.read({ start: at, end: Math.min(end, at + pieceSize) }))
      await session.out.breathe()
    }
  }
}

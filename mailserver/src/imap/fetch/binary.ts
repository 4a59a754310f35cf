// BINARY and BINARY.SIZE (RFC 3516): a part without its transfer encoding.
import type { BinaryItem } from '../grammar/fetch-items'
import type { Session } from '../session'
import type { Content } from './content'
import { cut } from './section'

/** RFC 3516 section 4.3: an encoding that we cannot take off is a failure of the whole command. */
export class UnknownEncoding extends Error {}

const decoded = async (content: Content, path: readonly number[]): Promise<Buffer | null> => {
  if (path.length === 0) return content.whole()
  const part = await content.decoded(path)
  if (part.kind === 'unknown') throw new UnknownEncoding()
  return part.kind === 'bytes' ? part.bytes : null
}

export interface DecodedItem {
  head: string
  bytes: Buffer | null
}

/** Read before a byte of the answer goes out: a part that cannot be decoded leaves no half answer. */
export const readBinary = async (item: BinaryItem, content: Content): Promise<DecodedItem> => {
  const bytes = await decoded(content, item.path)
  if (item.item === 'binary.size') return { head: `${item.label} ${bytes?.length ?? 0}`, bytes: null }
  if (!bytes) return { head: `${item.label} NIL`, bytes: null }
  const { start, end } = cut(bytes.length, item.partial)
  const piece = bytes.subarray(start, end)
  // literal8 is only for what an ordinary literal cannot hold (RFC 3516 section 4.2).
  return { head: `${item.label} ${piece.includes(0) ? '~' : ''}{${piece.length}}\r\n`, bytes: piece }
}

export const writeBinary = (session: Session, { head, bytes }: DecodedItem): void => {
  session.out.write(head)
  if (bytes) session.out.write(bytes)
}

// A part without its transfer encoding (RFC 3516).
import type { Part } from './part'
import { findPart } from './section'
import { decodeBody, encodingName } from './text'

/** `unknown`: an encoding that we cannot take off. */
export type Decoded = { kind: 'absent' | 'unknown' } | { kind: 'bytes'; bytes: Buffer }

export const decodePart = (message: Buffer, root: Part, path: readonly number[]): Decoded => {
  const part = findPart(root, path)
  if (!part) return { kind: 'absent' }
  const body = message.subarray(part.bodyStart, part.bodyEnd)
  if (part.kind !== 'leaf') return { kind: 'bytes', bytes: body }
  const bytes = decodeBody(body, encodingName(message, part))
  return bytes ? { kind: 'bytes', bytes } : { kind: 'unknown' }
}

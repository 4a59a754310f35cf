import 'server-only'

// The messages of an mbox file (RFC 4155), as it comes: one in memory. Everybody writes it a little differently:
// a line "From …" begins a message only after an empty line and only with a time and a year in it, for most
// writers leave such a line of a text as it is; a ">" before a quoted one is taken away again.
// Invariants: memory holds one message and no more than `most` of it; every byte is looked at once.

const lf = 0x0a
const longestLine = 1024 * 1024
const separator = /^From .*\b\d{1,2}:\d{2}\b.*\b(19|20)\d\d\b/
const quotedFrom = /^>+From /

/** A message that is too long is told instead of its bytes. */
export type Letter = Buffer | 'too-large'

/** Bytes put together without a copy for each line. */
const gathering = (most: number) => {
  let room = Buffer.allocUnsafe(64 * 1024)
  let length = 0
  let state: 'fits' | 'too-large' = 'fits'
  return {
    add: (piece: Buffer): void => {
      if (state === 'too-large' || length + piece.length > most) {
        state = 'too-large'
        return
      }
      if (length + piece.length > room.length) {
        const larger = Buffer.allocUnsafe(Math.min(most, (length + piece.length) * 2))
        room.copy(larger, 0, 0, length)
        room = larger
      }
      length += piece.copy(room, length)
    },
    /** Without the empty line that stands before the next message. */
    take: (): Letter => {
      const taken = state === 'fits' ? Buffer.from(room.subarray(0, withoutLast(room, length))) : state
      length = 0
      state = 'fits'
      return taken
    },
  }
}

const withoutLast = (bytes: Buffer, length: number): number => {
  const isEmpty = (end: number) => end === 0 || bytes[end - 1] === lf
  if (length >= 2 && bytes[length - 1] === lf && bytes[length - 2] === 0x0d && isEmpty(length - 2))
    return length - 2
  return length >= 1 && bytes[length - 1] === lf && isEmpty(length - 1) ? length - 1 : length
}

/** Whole lines with their ends; one that never ends comes in pieces, of which only the first begins a line. */
async function* linesOf(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ line: Buffer; at: 'start' | 'on' }> {
  let rest: Buffer = Buffer.alloc(0)
  let at: 'start' | 'on' = 'start'
  for await (const chunk of source) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk)
    let from = 0
    for (let end = rest.indexOf(lf); end >= 0; end = rest.indexOf(lf, from)) {
      yield { line: rest.subarray(from, end + 1), at }
      from = end + 1
      at = 'start'
    }
    rest = rest.subarray(from)
    if (rest.length < longestLine) continue
    yield { line: rest, at }
    rest = Buffer.alloc(0)
    at = 'on'
  }
  if (rest.length > 0) yield { line: rest, at }
}

const beginning = (line: Buffer): string => line.toString('latin1', 0, 300)
const isBlank = (line: Buffer): boolean => line[0] === lf || (line[0] === 0x0d && line[1] === lf)

export async function* lettersIn(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Letter> {
  const letter = gathering(most)
  let state: 'before' | 'within' = 'before'
  let afterBlank = true
  for await (const { line, at } of linesOf(source)) {
    const starts = at === 'start' && line[0] === 0x46 && afterBlank && separator.test(beginning(line))
    if (starts) {
      if (state === 'within') yield letter.take()
      state = 'within'
    } else if (state === 'within') {
      const quoted = at === 'start' && line[0] === 0x3e && quotedFrom.test(beginning(line))
      letter.add(quoted ? line.subarray(1) : line)
    }
    afterBlank = at === 'start' && isBlank(line)
  }
  if (state === 'within') yield letter.take()
}

/** Does a file begin as one? */
export const isMbox = (head: Buffer): boolean => separator.test(beginning(head).split('\n', 1)[0] ?? '')

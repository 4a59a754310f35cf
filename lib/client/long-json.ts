import { cutFrom, isWornOut, longText } from './kept-text'

// JSON whose long texts hardly differ from one request to the next. What stays the same is written once and kept by the
// browser outside the page (File API, section 3: a Blob is a reference), so that sending 200 KB again holds up no key.
// Invariant: read back, it is what JSON.stringify would have written.

/** Units of the text between two places whose bytes are known. */
const step = 4096

interface Stored {
  text: string
  bytes: Blob
  /** The bytes before each step, and before the end. */
  ends: readonly number[]
}

/** Half of a pair is written by its number, and so one that was cut in two is whole again when it is read. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

function stored(text: string): Stored {
  const encoder = new TextEncoder()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const ends = [0]
  for (let at = 0; at < text.length; at += step) {
    const piece = encoder.encode(escaped(text.slice(at, at + step)))
    pieces.push(piece)
    ends.push(ends.at(-1)! + piece.length)
  }
  return { text, bytes: new Blob(pieces), ends }
}

function partsOf(base: Stored, text: string): BlobPart[] {
  const { from, to, middle } = cutFrom(base.text, text)
  const before = Math.floor(from / step)
  const after = Math.ceil(to / step)
  const around = [base.text.slice(before * step, from), middle, base.text.slice(to, after * step)]
  const parts: BlobPart[] = around.map(escaped)
  const last = base.ends.length - 1
  if (before > 0) parts.unshift(base.bytes.slice(0, base.ends[before]))
  if (after < last) parts.push(base.bytes.slice(base.ends[after], base.ends[last]))
  return parts
}

/** Remembers what it wrote last, by the names of the fields. */
export function createLongJson(): (value: object) => string | Blob {
  const bases = new Map<string, Stored>()
  const baseFor = (name: string, text: string): Stored => {
    const known = bases.get(name)
    if (known && !isWornOut(known.text, cutFrom(known.text, text))) return known
    const base = stored(text)
    bases.set(name, base)
    return base
  }
  return (value) => {
    // Digits, so that it stands in JSON as it is.
    const mark = `${Math.random()}${Math.random()}`
    const long: [name: string, text: string][] = []
    const short = JSON.stringify(value, (name, one: unknown) =>
      typeof one === 'string' && one.length >= longText ? (long.push([name, one]), mark) : one,
    )
    const between = short.split(mark)
    if (long.length === 0 || between.length !== long.length + 1) return JSON.stringify(value)
    return new Blob(
      between.flatMap((words, at) => {
        const [name, text] = long[at] ?? []
        return [
          words,
          ...(name !== undefined && text !== undefined ? partsOf(baseFor(name, text), text) : []),
        ]
      }),
    )
  }
}

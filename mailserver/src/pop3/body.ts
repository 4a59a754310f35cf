// A message on its way out: lines that begin with a dot get another (RFC 1939 section 3), line ends are CRLF
// whatever the file holds, and the end is CRLF.CRLF.

const cr = 13
const lf = 10
const dot = 46

export interface Stuffing {
  /** The bytes to send for this chunk. */
  push(chunk: Buffer): Buffer
  /** The wanted number of body lines has gone out. */
  readonly full: boolean
  end(): Buffer
}

/** `bodyLines`: how many lines after the header are wanted (TOP, RFC 1939 section 7); null for all. */
export const createStuffing = (bodyLines: number | null): Stuffing => {
  let last = lf
  let column = 0
  let inBody = false
  let left = bodyLines ?? Infinity
  let full = false
  let terminated = true

  const endLine = (): void => {
    if (inBody) left -= 1
    else if (column === 0) inBody = true
    if (inBody && left <= 0) full = true
    column = 0
  }
  return {
    get full() {
      return full
    },
    push: (chunk) => {
      // Twice the size holds the worst case: a chunk of nothing but line feeds.
      const out = Buffer.allocUnsafe(chunk.length * 2 + 1)
      let at = 0
      for (const byte of chunk) {
        if (full) break
        if (byte === lf) {
          if (last !== cr) out[at++] = cr
          out[at++] = lf
          endLine()
        } else {
          if (column === 0 && byte === dot) out[at++] = dot
          out[at++] = byte
          if (byte !== cr) column += 1
        }
        last = byte
      }
      if (at > 0) terminated = out[at - 1] === lf
      return out.subarray(0, at)
    },
    end: () => Buffer.from(terminated ? '.\r\n' : last === cr ? '\n.\r\n' : '\r\n.\r\n'),
  }
}

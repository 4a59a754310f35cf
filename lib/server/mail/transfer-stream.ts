import 'server-only'
import { decodeTransfer } from './transfer'

// The same decodings, piece by piece: what a piece ends in the middle of waits for the next.

export interface Decoder {
  write(piece: Buffer): Buffer
  end(): Buffer
}

const nothing = Buffer.alloc(0)

const base64 = (): Decoder => {
  let carried = ''
  const decode = (text: string) => Buffer.from(text, 'base64')
  return {
    write: (piece) => {
      const text = carried + piece.toString('latin1').replace(/[^A-Za-z0-9+/]+/g, '')
      const whole = text.length - (text.length % 4)
      carried = text.slice(whole)
      return decode(text.slice(0, whole))
    },
    end: () => decode(carried),
  }
}

const longestCarry = 1024

const quotedPrintable = (): Decoder => {
  let carried = nothing
  return {
    write: (piece) => {
      const all = Buffer.concat([carried, piece])
      // An escape or a soft break lies between the last `=` and the end of its line.
      const equals = all.lastIndexOf(0x3d)
      const open = equals >= 0 && all.length - equals < longestCarry && all.indexOf(0x0a, equals) < 0
      const cut = open ? equals : all.length
      carried = Buffer.from(all.subarray(cut))
      return decodeTransfer(all.subarray(0, cut), 'quoted-printable')
    },
    end: () => decodeTransfer(carried, 'quoted-printable'),
  }
}

const asItIs = (): Decoder => ({ write: (piece) => piece, end: () => nothing })

export const decoderFor = (encoding: string): Decoder => {
  if (encoding === 'base64') return base64()
  return encoding === 'quoted-printable' ? quotedPrintable() : asItIs()
}

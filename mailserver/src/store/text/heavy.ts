// What takes long with a large message, done in the text worker: 50 MB would hold up every connection. Where there is
// no worker it is done here all the same.
import { readFileSync } from 'node:fs'
import { decodePart, readMessage, type Decoded, type Part } from '../../message'
import { factsOf, withCrlf, type Facts } from '../facts'

interface Results {
  /** Of a message that comes in. */
  facts: Facts
  /** Of another program's file. */
  foreign: { facts: Facts; size: number; ends: 'crlf' | 'lf' }
  tree: Part
  decode: Decoded
  /** The message as it goes over the wire. */
  wire: Buffer
}
type Kind = keyof Results

export interface Heavy<K extends Kind = Kind> {
  what: K
  path: string
  /** `lf`: kept by another program with bare line ends, and sent with CRLF. */
  ends?: 'crlf' | 'lf'
  part?: readonly number[]
}
export type HeavyResult<K extends Kind = Kind> = Results[K]

const doers: { [K in Kind]: (bytes: Buffer, part: readonly number[]) => Results[K] } = {
  facts: (bytes) => factsOf(bytes),
  foreign: (bytes) => {
    const wire = withCrlf(bytes)
    return { facts: factsOf(wire), size: wire.length, ends: wire === bytes ? 'crlf' : 'lf' }
  },
  tree: (bytes) => readMessage(bytes),
  decode: (bytes, part) => decodePart(bytes, readMessage(bytes), part),
  wire: (bytes) => bytes,
}

export const doHeavy = <K extends Kind>({ what, path, ends, part = [] }: Heavy<K>): HeavyResult<K> => {
  const bytes = readFileSync(path)
  return doers[what](ends === 'lf' ? withCrlf(bytes) : bytes, part)
}

/** Bytes travel between threads without their slab: a view would take all of it along. */
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const own = new Uint8Array(bytes.length)
  own.set(bytes)
  return own
}

type Travelling = HeavyResult | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> } | Uint8Array<ArrayBuffer>

/** As it is posted, and what is handed over instead of copied. */
export const pack = (result: HeavyResult): { result: Travelling; handOver: ArrayBuffer[] } => {
  if (Buffer.isBuffer(result)) {
    const bytes = alone(result)
    return { result: bytes, handOver: [bytes.buffer] }
  }
  if ('kind' in result && result.kind === 'bytes') {
    const bytes = alone(result.bytes)
    return { result: { kind: 'bytes', bytes }, handOver: [bytes.buffer] }
  }
  return { result, handOver: [] }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

export const unpack = <K extends Kind>(result: Travelling): HeavyResult<K> => {
  if (result instanceof Uint8Array) return asBuffer(result) as HeavyResult<K>
  if ('kind' in result && result.kind === 'bytes') {
    return { kind: 'bytes', bytes: asBuffer(result.bytes) } as HeavyResult<K>
  }
  return result as HeavyResult<K>
}

// DATA, from the socket to the spool: the head is held until it is complete and rewritten, the body flows.
//
// A bare CR or LF is refused: what one server takes for a line end and the next does not is how mail is smuggled
// (RFC 5321 section 2.3.8). What is refused is still read to its end, so that the dialogue stays in step.
import type { Sealed, SpoolFile } from '../queue/spool'
import { parseHead, type Field } from './header'
import { mostHops, newHead, type HeadRules, type Top, type Trace } from './trace'

export type Refusal = { code: number; text: string }

export interface Taken {
  sealed: Sealed
  /** Bytes of the Return-Path line. */
  prefix: number
}

export interface Read {
  file: SpoolFile
  taken: Taken
  folder: string
}

export const isRefusal = (result: object): result is Refusal => 'code' in result

/** What comes of it, and nothing on disk where that is no message. */
export const orDiscarded = async (
  file: SpoolFile,
  take: () => Promise<Read | Refusal>,
): Promise<Read | Refusal> => {
  try {
    const result = await take()
    if (isRefusal(result)) await file.discard()
    return result
  } catch (error) {
    await file.discard()
    throw error
  }
}

const longestHead = 512 * 1024
const longestLine = 128 * 1024
const writeAt = 256 * 1024

const bareLineEnd: Refusal = { code: 550, text: '5.5.2 bare <CR> or <LF> received: lines end in <CR><LF>' }
const lineTooLong: Refusal = { code: 550, text: '5.6.0 a line of the message is too long' }
const headTooLarge: Refusal = { code: 552, text: '5.3.4 the header is too large' }
const looping: Refusal = { code: 554, text: '5.4.6 too many hops: this message is going in circles' }

/** Looks at every line end of a stream of chunks. */
export const createLineCheck = () => {
  let afterCr = false
  let column = 0
  return (chunk: Buffer): Refusal | null => {
    let from = 0
    while (from < chunk.length) {
      if (afterCr) {
        if (chunk[from] !== 0x0a) return bareLineEnd
        afterCr = false
        column = 0
        from += 1
        continue
      }
      const cr = chunk.indexOf(0x0d, from)
      const end = cr < 0 ? chunk.length : cr
      const lf = chunk.indexOf(0x0a, from)
      if (lf >= 0 && lf < end) return bareLineEnd
      column += end - from
      if (column > longestLine) return lineTooLong
      afterCr = cr >= 0
      from = end + 1
    }
    return null
  }
}

/** Tells, chunk by chunk, whether the empty line has come by; looks at no byte twice. */
const createBodyFinder = () => {
  let tail = Buffer.from('\r\n')
  return (chunk: Buffer): boolean => {
    const joined = Buffer.concat([tail, chunk.subarray(0, 3)])
    tail = Buffer.from(chunk.length >= 3 ? chunk.subarray(-3) : Buffer.concat([tail, chunk]).subarray(-3))
    return joined.includes('\r\n\r\n') || chunk.includes('\r\n\r\n')
  }
}

const indexOfBody = (buffer: Buffer): number => {
  if (buffer[0] === 0x0d && buffer[1] === 0x0a) return 0
  const found = buffer.indexOf('\r\n\r\n')
  return found < 0 ? buffer.length : found + 2
}

export interface Incoming {
  stream: AsyncIterable<Buffer>
  file: SpoolFile
  trace: Trace
  rules: HeadRules
  sizeLimit: number
  /** What we add on top is the caller's to write, who knows more when all was read: so much room is left for it. */
  roomFor?: (fields: readonly Field[], top: Top) => number
}

/** Writes the message with its new head into the file; whether it is to last is the caller's. */
export const readMessage = async (incoming: Incoming): Promise<Top | Refusal> => {
  const { file, trace, rules, sizeLimit, roomFor } = incoming
  const check = createLineCheck()
  const hasBody = createBodyFinder()
  let refusal: Refusal | null = null
  let pending: Buffer[] = []
  let pendingBytes = 0
  let received = 0
  let top: Top | null = null

  const openHead = (): Top | null => {
    const all = Buffer.concat(pending)
    const split = indexOfBody(all)
    if (split > longestHead) {
      refusal = headTooLarge
      return null
    }
    const fields = parseHead(all.subarray(0, split))
    const { kept, hops, ...made } = newHead(fields, trace, rules)
    if (hops >= mostHops) refusal = looping
    if (roomFor) file.leave(roomFor(fields, made))
    pending = [...(roomFor ? [] : [made.returnPath, made.added]), kept, all.subarray(split)]
    pendingBytes = pending.reduce((sum, each) => sum + each.length, 0)
    return made
  }
  const flush = async () => {
    const all = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending)
    pending = []
    pendingBytes = 0
    await file.write(all)
  }
  for await (const chunk of incoming.stream) {
    received += chunk.length
    if (refusal) continue
    refusal = check(chunk)
    if (!refusal && received > sizeLimit) {
      refusal = { code: 552, text: `5.3.4 the message is larger than ${sizeLimit} bytes` }
    }
    if (refusal) continue
    pending.push(chunk)
    pendingBytes += chunk.length
    if (!top && hasBody(chunk)) top = openHead()
    if (!top && pendingBytes > longestHead) refusal = headTooLarge
    if (top && pendingBytes >= writeAt && !refusal) await flush()
  }
  if (!refusal) top ??= openHead()
  if (refusal || !top) return refusal ?? headTooLarge
  if (pendingBytes > 0) await flush()
  return top
}

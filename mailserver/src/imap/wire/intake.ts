// What the client sends, pulled line by line and byte by byte.
//
// Invariants: no more than one chunk beyond `highWater` is held, the socket is paused instead; a line that is
// longer than its limit is dropped up to its end and reported, and the connection lives.
import type { Duplex } from 'node:stream'

const highWater = 64 * 1024
const beginningLength = 512
const lf = 10
const cr = 13

export type Line =
  | { kind: 'line'; text: string }
  | { kind: 'too-long'; /** Enough of it to find the tag. */ beginning: string }
  | { kind: 'end' }

export class Intake {
  private chunks: Buffer[] = []
  private held = 0
  private ended = false
  private wake: (() => void) | null = null
  private stream: Duplex

  constructor(stream: Duplex) {
    this.stream = stream
    this.attach(stream)
  }

  /** Moves to another layer (TLS, DEFLATE) over the same connection; what was read of the old one is returned. */
  switchTo(stream: Duplex): Buffer {
    const left = this.detach()
    this.attach(stream)
    return left
  }

  /** Stops reading and hands back what was read and not used. */
  detach(): Buffer {
    this.stream.off('data', this.onData).off('end', this.onEnd).off('close', this.onEnd)
    this.stream.pause()
    const left = Buffer.concat(this.chunks)
    this.chunks = []
    this.held = 0
    return left
  }

  /** The layer that is read now: another one may be put over it. */
  get below(): Duplex {
    return this.stream
  }

  /** True when whole bytes are waiting: a client that pipelines is answered in fewer packets. */
  get hasMore(): boolean {
    return this.held > 0
  }

  async line(limit: number): Promise<Line> {
    const parts: Buffer[] = []
    let size = 0
    let kept = 0
    for (;;) {
      const chunk = this.chunks[0]
      if (!chunk) {
        if (this.ended) return { kind: 'end' }
        await this.more()
        continue
      }
      const end = chunk.indexOf(lf)
      const piece = end < 0 ? chunk : chunk.subarray(0, end)
      this.drop(end < 0 ? chunk.length : end + 1)
      size += piece.length
      if (kept === 0 || size <= limit) kept = parts.push(piece)
      if (end < 0) continue
      if (size <= limit) return { kind: 'line', text: textOf(parts) }
      return { kind: 'too-long', beginning: (parts[0] as Buffer).toString('latin1', 0, beginningLength) }
    }
  }

  /** Passes exactly `count` bytes to `sink`, as they come; false when the connection ended first. */
  async pour(count: number, sink: (chunk: Buffer) => Promise<void> | void): Promise<boolean> {
    let left = count
    while (left > 0) {
      const chunk = this.chunks[0]
      if (!chunk) {
        if (this.ended) return false
        await this.more()
        continue
      }
      const piece = chunk.subarray(0, left)
      this.drop(piece.length)
      left -= piece.length
      await sink(piece)
    }
    return true
  }

  /** Nothing more is read: whoever waits for the client sees its end. */
  stop(): void {
    this.onEnd()
  }

  private attach(stream: Duplex): void {
    this.stream = stream
    stream.on('data', this.onData).on('end', this.onEnd).on('close', this.onEnd)
    stream.resume()
  }

  private readonly onData = (chunk: Buffer): void => {
    this.chunks.push(chunk)
    this.held += chunk.length
    if (this.held > highWater) this.stream.pause()
    this.stir()
  }

  private readonly onEnd = (): void => {
    this.ended = true
    this.stir()
  }

  private stir(): void {
    const { wake } = this
    this.wake = null
    wake?.()
  }

  private more(): Promise<void> {
    this.stream.resume()
    return new Promise((wake) => (this.wake = wake))
  }

  private drop(count: number): void {
    const first = this.chunks[0]
    if (!first) return
    this.held -= count
    if (count === first.length) this.chunks.shift()
    else this.chunks[0] = first.subarray(count)
    if (this.held < highWater && this.stream.isPaused()) this.stream.resume()
  }
}

const textOf = (parts: Buffer[]): string => {
  const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
  const end = bytes[bytes.length - 1] === cr ? bytes.length - 1 : bytes.length
  return bytes.toString('latin1', 0, end)
}

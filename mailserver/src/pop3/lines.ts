// What the client sends, line by line. RFC 2449 section 4: a command is at most 255 octets with its CRLF; an
// AUTH response may be longer (RFC 5034 section 4: 12288 octets suffice for any mechanism).
//
// Invariant: never more than one chunk beyond the limit is held; while nobody asks for a line the socket waits.
import type { Readable } from 'node:stream'

export type Line = { kind: 'line'; text: string } | { kind: 'too-long' } | { kind: 'end' }

export class Lines {
  private held: Buffer = Buffer.alloc(0)
  private ended = false
  private wake: (() => void) | null = null

  constructor(private stream: Readable) {
    this.attach()
  }

  /** Moves to TLS. What was sent in the clear before the handshake is dropped: RFC 2595 section 4. */
  switchTo(stream: Readable): void {
    this.detach()
    this.held = Buffer.alloc(0)
    this.stream = stream
    this.attach()
  }

  /** Stops reading, so that the bytes of a TLS handshake are not taken for a command. */
  detach(): void {
    this.stream.off('data', this.onData).off('end', this.onEnd).off('close', this.onEnd)
    this.stream.pause()
  }

  async next(limit: number): Promise<Line> {
    let skipping = false
    for (;;) {
      const end = this.held.indexOf(10)
      if (end >= 0) {
        const line = this.held.subarray(0, end)
        this.held = this.held.subarray(end + 1)
        if (skipping || line.length > limit) return { kind: 'too-long' }
        return { kind: 'line', text: line.toString('latin1').replace(/\r$/, '') }
      }
      if (this.held.length > limit) {
        skipping = true
        this.held = Buffer.alloc(0)
      }
      if (this.ended) return { kind: 'end' }
      this.stream.resume()
      await new Promise<void>((wake) => (this.wake = wake))
      this.stream.pause()
    }
  }

  private attach(): void {
    this.stream.on('data', this.onData).on('end', this.onEnd).on('close', this.onEnd)
    this.stream.pause()
  }

  private readonly onData = (chunk: Buffer): void => {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
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
}

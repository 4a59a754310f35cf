// What the client is sent. Small pieces are gathered into one write; a client that reads slowly makes its own
// command wait, and a long answer gives way to other connections every few milliseconds.
import type { Writable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'

const gatherUpTo = 32 * 1024
const sliceLength = 5

export class Outlet {
  private gathered: (string | Buffer)[] = []
  private size = 0
  private scheduled = false
  private sliceEnds = 0
  private closed = false

  constructor(private stream: Writable) {
    this.listen(stream)
  }

  /** Text goes out as UTF-8; bytes of messages are handed over as buffers. */
  write(piece: string | Buffer): void {
    if (this.closed) return
    this.gathered.push(piece)
    this.size += piece.length
    if (this.size >= gatherUpTo) this.flush()
    else if (!this.scheduled) {
      this.scheduled = true
      setImmediate(() => this.flush())
    }
  }

  flush(): void {
    this.scheduled = false
    const { gathered } = this
    if (gathered.length === 0) return
    this.gathered = []
    this.size = 0
    if (this.closed) return
    if (gathered.every((piece) => typeof piece === 'string')) this.stream.write(gathered.join(''), 'utf8')
    else this.stream.write(Buffer.concat(gathered.map(asBytes)))
  }

  /** True while the client has not read what it was sent: announcements wait. */
  get behind(): boolean {
    return this.stream.writableNeedDrain
  }

  /** Between two parts of a long answer: waits for a slow client, and lets others have their turn. */
  async breathe(): Promise<void> {
    if (this.closed) return
    if (this.stream.writableNeedDrain) {
      this.flush()
      await this.drained()
    }
    const now = performance.now()
    if (this.sliceEnds === 0) this.sliceEnds = now + sliceLength
    if (now < this.sliceEnds) return
    await nextTurn()
    this.sliceEnds = performance.now() + sliceLength
  }

  /** A new command starts with a whole slice. */
  rested(): void {
    this.sliceEnds = 0
  }

  switchTo(stream: Writable): void {
    this.flush()
    this.stream = stream
    this.listen(stream)
  }

  get isClosed(): boolean {
    return this.closed
  }

  end(): void {
    this.flush()
    this.stream.end()
  }

  /** The last bytes have left this process, or the connection is gone. */
  async settled(): Promise<void> {
    this.flush()
    if (this.closed || this.stream.writableLength === 0) return
    await new Promise<void>((done) => this.stream.write('', () => done()))
  }

  private listen(stream: Writable): void {
    stream.once('close', () => {
      if (this.stream === stream) this.closed = true
    })
  }

  private drained(): Promise<void> {
    return new Promise((done) => {
      const stop = () => {
        this.stream.off('drain', stop).off('close', stop)
        done()
      }
      this.stream.once('drain', stop).once('close', stop)
    })
  }
}

const asBytes = (piece: string | Buffer): Buffer =>
  typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece

// A client that knows only lines and literals: what it is told is compared, never interpreted.
import { connect, type Socket } from 'node:net'

/** Generous: a busy machine is no fault of the server. */
const longest = 30_000

export class Wire {
  private bytes = Buffer.alloc(0)
  private readonly lines: string[] = []
  private wake: (() => void) | null = null
  private ended = false
  private tags = 0

  private constructor(
    private readonly socket: Socket,
    private readonly patience: number,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, chunk])
      this.cut()
    })
    const end = () => {
      this.ended = true
      this.wake?.()
    }
    socket.on('close', end).on('error', end)
  }

  static async open(where: { host: string; port: number; patience?: number }): Promise<Wire> {
    const socket = connect(where.port, where.host)
    await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail))
    return new Wire(socket, where.patience ?? longest)
  }

  send(text: string): void {
    this.socket.write(Buffer.from(text, 'latin1'))
  }

  /** The next whole answer line, literals within; null when the server has closed. */
  async line(): Promise<string | null> {
    const until = Date.now() + this.patience
    while (this.lines.length === 0) {
      if (this.ended) return null
      await new Promise<void>((done, fail) => {
        const timer = setTimeout(() => fail(new Error('the server says nothing')), until - Date.now())
        this.wake = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
    return this.lines.shift() as string
  }

  /** Sends a command under a tag of its own and collects everything up to its tagged reply. */
  async command(text: string): Promise<{ told: string[]; reply: string }> {
    this.tags += 1
    const tag = `t${this.tags}`
    this.send(`${tag} ${text}\r\n`)
    return this.untilReply(tag)
  }

  begin(text: string): string {
    this.tags += 1
    this.send(`t${this.tags} ${text}\r\n`)
    return `t${this.tags}`
  }

  async untilReply(tag: string): Promise<{ told: string[]; reply: string }> {
    const told: string[] = []
    for (;;) {
      const line = await this.line()
      if (line === null) return { told, reply: 'the connection was closed' }
      if (line.startsWith(`${tag} `)) return { told, reply: line.slice(tag.length + 1) }
      told.push(line)
    }
  }

  /** Says that nothing more is sent; answers still come. */
  finish(): void {
    this.socket.end()
  }

  close(): void {
    this.socket.destroy()
  }

  private cut(): void {
    for (let from = 0; ;) {
      const end = this.bytes.indexOf('\r\n', from)
      if (end < 0) return
      const literal = /\{(\d+)\}$/.exec(this.bytes.toString('latin1', from, end))
      if (literal) {
        from = end + 2 + Number(literal[1])
        if (this.bytes.length < from) return
        continue
      }
      this.lines.push(this.bytes.toString('latin1', 0, end))
      this.bytes = this.bytes.subarray(end + 2)
      from = 0
      this.wake?.()
    }
  }
}

// The least IMAP client there can be, so that what is measured is the server: sends a line, counts bytes until its
// tagged reply.
import { createConnection, type Socket } from 'node:net'

const newest = 512

export class Connection {
  private tag = 0
  private tail = ''
  private kept: Buffer[] | null = null
  private waiting: { ends: (tail: string) => boolean; done: (tail: string) => void } | null = null
  private failed: (error: Error) => void = () => undefined

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.take(chunk))
    socket.on('close', () => this.failed(new Error('the server closed the connection')))
    socket.on('error', (error) => this.failed(error))
  }

  static async open(port: number): Promise<Connection> {
    const connection = new Connection(createConnection({ port, host: '127.0.0.1' }))
    await connection.until((tail) => tail.endsWith('\r\n'))
    return connection
  }

  private take(chunk: Buffer) {
    this.kept?.push(chunk)
    this.tail = (this.tail + chunk.toString('latin1', Math.max(0, chunk.length - newest))).slice(-newest)
    const { waiting } = this
    if (!waiting?.ends(this.tail)) return
    this.waiting = null
    waiting.done(this.tail)
  }

  private until(ends: (tail: string) => boolean): Promise<string> {
    this.tail = ''
    return new Promise((done, failed) => {
      this.waiting = { ends, done }
      this.failed = failed
    })
  }

  private async exchange(tag: string, send: () => void): Promise<string> {
    const ended = this.until((tail) => tail.endsWith('\r\n') && lastLine(tail).startsWith(`${tag} `))
    send()
    const line = lastLine(await ended)
    if (!line.startsWith(`${tag} OK`)) throw new Error(line)
    return line
  }

  /** Milliseconds from the command to the end of its reply. */
  async time(command: string, literal?: Buffer): Promise<number> {
    const tag = `t${++this.tag}`
    const began = performance.now()
    await this.exchange(tag, () => {
      this.socket.write(`${tag} ${command}\r\n`, 'latin1')
      if (literal) this.socket.write(Buffer.concat([literal, Buffer.from('\r\n')]))
    })
    return performance.now() - began
  }

  /** The whole answer, where it is looked at. */
  async ask(command: string): Promise<string> {
    this.kept = []
    await this.time(command)
    const answer = Buffer.concat(this.kept).toString('latin1')
    this.kept = null
    return answer
  }

  /** Sends without waiting for a tagged reply: IDLE. */
  async begin(command: string): Promise<void> {
    const going = this.until((tail) => /(^|\n)\+ [^\n]*\r\n/.test(tail))
    this.socket.write(`i ${command}\r\n`)
    await going
  }

  end(): Promise<void> {
    this.failed = () => undefined
    return new Promise((done) => {
      if (this.socket.destroyed) return done()
      this.socket.once('close', () => done())
      this.socket.destroy()
    })
  }
}

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n', text.length - 2) + 1).trimEnd()

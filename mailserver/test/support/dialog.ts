// A dialogue by hand: what is sent and what comes back, reply by reply.
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface Dialog {
  /** The next whole reply, lines joined with \n. */
  reply(): Promise<string>
  /** Sends a line and answers its reply. */
  say(line: string): Promise<string>
  send(bytes: string | Buffer): void
  startTls(): Promise<void>
  socket(): Socket
  /** Whether the peer has closed its side. */
  closed: Promise<void>
  end(): void
}

export interface DialogOptions {
  tls?: 'from the start'
  host?: string
  /** The address a proxy says we come from (PROXY protocol, version 1). */
  client?: string
}

/** `door` is a port of this machine, or the path of a unix socket. */
export const dialog = async (
  door: number | string,
  { tls, host = '127.0.0.1', client }: DialogOptions = {},
): Promise<Dialog> => {
  let socket: Socket =
    tls === 'from the start'
      ? connectTls({ port: Number(door), host, rejectUnauthorized: false })
      : typeof door === 'string'
        ? connect(door)
        : connect({ port: door, host })
  let buffer = ''
  const replies: string[] = []
  const waiting: ((reply: string) => void)[] = []
  let close = () => {}
  const closed = new Promise<void>((done) => (close = done))

  const listen = (to: Socket) => {
    to.on('data', (chunk: Buffer) => {
      buffer += chunk.toString('utf8')
      for (
        let match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(buffer);
        match;
        match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(buffer)
      ) {
        buffer = buffer.slice(match[0].length)
        const reply = match[0].replace(/\r/g, '').trimEnd()
        const next = waiting.shift()
        if (next) next(reply)
        else replies.push(reply)
      }
    })
    to.on('close', () => {
      for (const next of waiting.splice(0)) next('(closed)')
      close()
    })
    to.on('error', () => {})
  }
  listen(socket)
  // Together with what is said first: nobody knows the client before.
  let first = client ? `PROXY TCP4 ${client} 127.0.0.1 4660 25\r\n` : ''
  const write = (bytes: string | Buffer) => {
    socket.write(first ? Buffer.concat([Buffer.from(first), Buffer.from(bytes)]) : bytes)
    first = ''
  }
  const reply = () =>
    new Promise<string>((done) => {
      if (first) write('')
      const ready = replies.shift()
      if (ready !== undefined) done(ready)
      else if (socket.destroyed) done('(closed)')
      else waiting.push(done)
    })
  return {
    reply,
    say: (line) => {
      write(`${line}\r\n`)
      return reply()
    },
    send: write,
    startTls: () =>
      new Promise((done) => {
        socket.removeAllListeners('data')
        const secure = connectTls({ socket, rejectUnauthorized: false }, done)
        socket = secure
        listen(secure)
      }),
    socket: () => socket,
    closed,
    end: () => socket.destroy(),
  }
}

/** Greeting and EHLO. */
export const greeted = async (port: number, options: DialogOptions = {}): Promise<Dialog> => {
  const talk = await dialog(port, options)
  await talk.reply()
  await talk.say('EHLO client.example')
  return talk
}

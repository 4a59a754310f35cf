// A few lines with a door, as a client would: reads whole replies, waits no longer than it must, believes no length.
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface LineTalk {
  /** The next reply: in SMTP up to the line without a dash. */
  reply(): Promise<string>
  say(line: string): Promise<string>
  end(): void
}

const patience = 10_000
const longestReply = 16_384
/** SMTP's last line has a blank behind its code (RFC 5321 section 4.2.1); greetings of the others are one line. */
const isWhole = (text: string): boolean => /(^|\n)(\d{3} |[*+])[^\n]*\n$/.test(text)

const untilOpen = (socket: Socket, event: 'connect' | 'secureConnect') =>
  new Promise<void>((done, fail) => socket.once(event, done).once('error', fail))

const talk = (socket: Socket): LineTalk => {
  let text = ''
  let look = () => {}
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    look()
  })
  const reply = () =>
    new Promise<string>((done, fail) => {
      const end = (error: Error) => fail(error)
      const over = () => end(new Error('the connection was closed'))
      socket.once('close', over).once('error', end)
      look = () => {
        if (text.length > longestReply) return end(new Error('an endless reply'))
        if (!isWhole(text)) return
        socket.off('close', over).off('error', end)
        const whole = text
        text = ''
        look = () => {}
        done(whole.trimEnd())
      }
      look()
    })
  return {
    reply,
    say: (line) => {
      socket.write(`${line}\r\n`)
      return reply()
    },
    end: () => socket.destroy(),
  }
}

export interface Door {
  host: string
  port: number
  tls: 'plain' | 'implicit'
}

export const openTalk = async ({ host, port, tls }: Door): Promise<LineTalk> => {
  // The certificate is another inspection's matter: here the door itself is looked at.
  const socket =
    tls === 'implicit' ? connectTls({ host, port, rejectUnauthorized: false }) : connect({ host, port })
  socket.setTimeout(patience, () => socket.destroy(new Error('no answer')))
  await untilOpen(socket, tls === 'implicit' ? 'secureConnect' : 'connect')
  return talk(socket)
}

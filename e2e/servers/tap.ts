// A wire that is listened to: a proxy in front of a mail server that keeps what a client says and counts what it
// hears. STARTTLS is not offered through it, for nobody could listen then.
import { createServer, connect, type Socket } from 'node:net'

export interface Tap {
  port: number
  /** What clients said, each connection apart. */
  said(): Buffer[]
  /** How many bytes the server sent. */
  heard(): number
  /** From now on the server says something else in place of this word, as one that is not able to would. */
  spoil(word: string): void
  /** What a client says from such words on reaches the server only when what this returns is called. */
  hold(words: RegExp): () => void
  close(): Promise<void>
}

const offer = /[ ]STARTTLS\b/gi

export const tapInFrontOf = async (target: { host: string; port: number }): Promise<Tap> => {
  const said: Buffer[][] = []
  const open = new Set<Socket>()
  const spoilt: string[] = []
  let held: RegExp | null = null
  const waiting: (() => void)[] = []
  const passed = (bytes: Buffer, place: 'early' | 'later'): Buffer => {
    if (place === 'later' && spoilt.length === 0) return bytes
    let text = bytes.toString('latin1')
    // Greeting and capabilities come first; no message is ever rewritten.
    if (place === 'early') text = text.replace(offer, '')
    for (const word of spoilt) text = text.replaceAll(word, 'X'.repeat(word.length))
    return Buffer.from(text, 'latin1')
  }
  let heard = 0
  const server = createServer((client) => {
    const words: Buffer[] = []
    said.push(words)
    const far = connect(target)
    let begun = 0
    for (const socket of [client, far]) {
      open.add(socket)
      socket.on('error', () => undefined).on('close', () => open.delete(socket))
    }
    let isHeld = false
    client.on('data', (bytes) => {
      words.push(bytes)
      if (held?.test(bytes.toString('latin1')) && !isHeld) {
        isHeld = true
        waiting.push(() => (isHeld = false))
      }
      if (isHeld) return void waiting.push(() => far.write(bytes))
      if (!far.write(bytes)) client.pause()
    })
    far.on('drain', () => client.resume())
    far.on('data', (bytes) => {
      heard += bytes.length
      const place = begun < 4000 ? 'early' : 'later'
      begun += bytes.length
      if (!client.write(passed(bytes, place))) far.pause()
    })
    client.on('drain', () => far.resume())
    client.on('close', () => far.destroy())
    far.on('close', () => client.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    said: () => said.map((words) => Buffer.concat(words)),
    heard: () => heard,
    spoil: (word) => void spoilt.push(word),
    hold: (words) => {
      held = words
      return () => {
        held = null
        for (const go of waiting.splice(0)) go()
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of open) socket.destroy()
      }),
  }
}

/**
 * The commands in what a client said, as a server reads them (RFC 9051 section 9): a literal is data, whatever is in
 * it, and every other line end begins the next command.
 */
export const commandsIn = (said: Buffer): string[] => {
  const commands: string[] = []
  let command = ''
  for (let at = 0; at < said.length;) {
    const end = said.indexOf('\r\n', at)
    if (end < 0) break
    const line = said.toString('latin1', at, end)
    const literal = /\{(\d{1,10})\+?\}$/.exec(line)
    at = end + 2
    command += line
    if (literal) at += Number(literal[1])
    else {
      commands.push(command)
      command = ''
    }
  }
  return commands
}

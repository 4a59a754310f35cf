// A POP3 server on a real store and a real directory, for the tests of this folder.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClock } from '../../src/core/clock'
import { selfSigned } from '../../src/core/certificate'
import { readConfig, type Environment } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import { createPop3Server } from '../../src/pop3'
import { createStore } from '../../src/store'
import { openToAll } from '../server'

export const password = 'correct horse'
export const alice = 'alice@example.test'

export const startHouse = async (passwords: 'hashed' | 'one for all' = 'hashed', more: Environment = {}) => {
  const home = mkdtempSync(join(tmpdir(), 'pop3-'))
  mkdirSync(join(home, 'mail'))
  const log = createLog('error', (line) => process.stderr.write(`${line}\n`))
  const config = readConfig({ POSTHORN_HOME: home, POSTHORN_DOMAIN: 'example.test', ...more })
  const hashed = openDirectory({ config, clock: realClock, log })
  const directory = passwords === 'hashed' ? hashed : openToAll(hashed)
  if (passwords === 'hashed') await hashed.addUser(alice, password)
  const store = createStore({ folder: join(home, 'mail', 'users'), log })
  const made = selfSigned(['localhost', '127.0.0.1'])
  const tls = { current: () => ({ key: made.key, cert: made.certificate }) }
  const server = createPop3Server({ store, directory, log, tls })
  const ports = await server.listen({ host: '127.0.0.1', pop3: 0, pop3s: 0 })
  return {
    store,
    ports: { pop3: ports.pop3 ?? 0, pop3s: ports.pop3s ?? 0 },
    stop: async () => {
      await server.close()
      await store.close()
      hashed.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A person at a terminal: sends lines, waits for lines. */
export class Dialog {
  greeting = ''
  private text = ''
  private wake: (() => void) | null = null
  private ended = false

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.text += chunk.toString('latin1')
      this.wake?.()
    })
    socket.on('close', () => {
      this.ended = true
      this.wake?.()
    })
  }

  static async open(port: number): Promise<Dialog> {
    const dialog = new Dialog(connect(port, '127.0.0.1'))
    dialog.greeting = await dialog.line()
    return dialog
  }

  static async signedIn(port: number): Promise<Dialog> {
    const dialog = await Dialog.open(port)
    await dialog.say(`USER ${alice}`)
    await dialog.say(`PASS ${password}`)
    return dialog
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.text.indexOf('\r\n')
      if (end >= 0) {
        const line = this.text.slice(0, end)
        this.text = this.text.slice(end + 2)
        return line
      }
      if (this.ended) return '(closed)'
      await new Promise<void>((wake) => (this.wake = wake))
    }
  }

  say(command: string): Promise<string> {
    this.socket.write(`${command}\r\n`)
    return this.line()
  }

  async body(command: string): Promise<string[]> {
    const first = await this.say(command)
    return first.startsWith('+OK') ? this.rest() : [first]
  }

  /** The lines of a body, up to its end. */
  async rest(): Promise<string[]> {
    const lines: string[] = []
    for (let line = await this.line(); line !== '.' && line !== '(closed)'; line = await this.line())
      lines.push(line)
    return lines
  }

  /** Breaks the connection, and waits until the other side has noticed. */
  async hangUp(): Promise<void> {
    this.socket.end()
    while (!this.ended) await this.line()
  }

  close(): void {
    this.socket.destroy()
  }
}

// What NOTIFY tells by itself is one piece: nothing is written into it, and a fault in it ends its own connection only.
// The conversation is held over a local socket, so that the test sees how far the server has come.
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realClock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import type { Directory } from '../../src/directory/contract'
import { converse } from '../../src/imap/connection'
import { Notifier } from '../../src/imap/notifier'
import { capabilitiesOf } from '../../src/imap/registry'
import { Session } from '../../src/imap/session'
import { Intake } from '../../src/imap/wire/intake'
import { Outlet } from '../../src/imap/wire/outlet'
import { createStore } from '../../src/store'
import type { Store } from '../../src/store/contract'
import { openToAll, password } from '../server'

const alice = 'alice@posthorn.test'
const home = mkdtempSync(join(tmpdir(), 'telling-'))
const lines: string[] = []
const log = createLog('error', (line) => lines.push(line))
let directory: Directory & { close(): void }
let store: Store
let server: Server
const served: { session: Session; socket: Socket }[] = []

const serve = async (socket: Socket) => {
  // As the doors have it: a client that has gone is no fault.
  socket.on('error', () => undefined)
  const around = {
    ...{ store, directory, log, folder: home, limits: { message: 1000 } },
    startTls: null,
    capabilities: capabilitiesOf,
  }
  const session = new Session(around, new Intake(socket), new Outlet(socket), '127.0.0.1', 'open')
  served.push({ session, socket })
  await converse(session)
  session.out.end()
  session.close()
}

beforeAll(async () => {
  const config = readConfig({ POSTHORN_HOME: home, POSTHORN_DOMAIN: 'posthorn.test' })
  const hashed = openDirectory({ config, clock: realClock, log })
  directory = { ...openToAll(hashed), close: () => hashed.close() }
  store = createStore({ folder: join(home, 'mail', 'users'), log })
  server = createServer((socket) => void serve(socket))
  await once(server.listen(join(home, 'line')), 'listening')
})
afterAll(async () => {
  server.close()
  await store.close()
  directory.close()
})

/** A client that hears everything, and sees the server's side of its connection. */
const begin = async () => {
  const client = connect(join(home, 'line'))
  let heard = ''
  client.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
  const until = async (what: RegExp | (() => boolean)) => {
    while (typeof what === 'function' ? !what() : !what.test(heard)) {
      if (client.closed) throw new Error(`closed after ${heard.slice(-200)}`)
      await nextTurn()
    }
  }
  await until(/ready\r\n/)
  const { session, socket } = served.at(-1) as (typeof served)[number]
  const say = async (tag: string, text: string) => {
    client.write(`${tag} ${text}\r\n`)
    await until(new RegExp(`^${tag} OK`, 'm'))
  }
  await say('a1', `LOGIN ${alice} "${password}"`)
  await say('a2', 'SELECT INBOX')
  return { client, session, socket, until, say, heard: () => heard }
}

const arrive = async (source: Buffer) => {
  const mail = store.open(alice)
  const inbox = mail.mailboxes().find(({ name }) => name === 'INBOX')
  await mail.append(inbox?.id ?? 0, [{ source }])
  store.release(mail)
}

test('RFC 5465 section 5.2, RFC 9051 section 4.3: a go-ahead waits until the message that is being told is whole', async () => {
  const { client, session, socket, until, say, heard } = await begin()
  await say('a3', 'NOTIFY SET (SELECTED (MessageNew (BODY.PEEK[]) MessageExpunge))')
  const message = Buffer.from(`Subject: large\r\n\r\n${'a line of its body\r\n'.repeat(400_000)}`)
  client.pause()
  await arrive(message)
  await until(() => socket.writableNeedDrain)
  client.write('a4 APPEND INBOX {18}\r\n')
  await until(() => socket.bytesRead === client.bytesWritten && !session.intake.hasMore)
  session.stillHere()
  for (let turn = 0; turn < 20; turn += 1) await nextTurn()
  client.resume()
  await until(/\+ go ahead\r\n/)
  client.write('Subject: s\r\n\r\nhi\r\n\r\n')
  await until(/^a4 OK/m)
  // Not `toContain`: what differs would be printed, all 8 MB of it.
  expect(heard().includes(`{${message.length}}\r\n${message.toString('latin1')})\r\n`)).toBe(true)
  expect(heard().includes('still here')).toBe(false)
  client.destroy()
})

test('news that cannot be told ends the connection it was for, and is written down', async () => {
  const broken = await begin()
  const other = await begin()
  class Faulty extends Notifier {
    override tell(): void {
      throw new RangeError('too much of it')
    }
  }
  broken.session.setNotifier(new Faulty(broken.session, []))
  await arrive(Buffer.from('Subject: one\r\n\r\nhi\r\n'))
  await once(broken.client, 'close')
  expect(broken.heard()).toMatch(/\* BYE something went wrong here/)
  expect(lines.join()).toContain('imap-news-not-told')
  await other.say('a3', 'NOOP')
  other.client.destroy()
})

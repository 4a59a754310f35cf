// A line from another machine without TLS: passwords are neither asked for nor taken (RFC 9051 section 11.1, RFC 2595
// section 2.1). The socket is a local one and the conversation is told where it comes from, for a test opens no door to
// the network; that only loopback counts as safe is held by src/core/network.test.ts.
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realClock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import type { Directory } from '../../src/directory/contract'
import { converse as converseImap } from '../../src/imap/connection'
import { capabilitiesOf } from '../../src/imap/registry'
import { Session as ImapSession } from '../../src/imap/session'
import { Intake } from '../../src/imap/wire/intake'
import { Outlet } from '../../src/imap/wire/outlet'
import { converse as conversePop3 } from '../../src/pop3/connection'
import { Lines } from '../../src/pop3/lines'
import { Locks } from '../../src/pop3/maildrop'
import { Session as Pop3Session } from '../../src/pop3/session'
import { createStore } from '../../src/store'
import type { Store } from '../../src/store/contract'
import { openToAll, password } from '../server'

const elsewhere = '192.0.2.7'
const home = mkdtempSync(join(tmpdir(), 'exposed-'))
const log = createLog('error', () => undefined)
let directory: Directory & { close(): void }
let store: Store
beforeAll(() => {
  const config = readConfig({ POSTHORN_HOME: home, POSTHORN_DOMAIN: 'posthorn.test' })
  const hashed = openDirectory({ config, clock: realClock, log })
  directory = { ...openToAll(hashed), close: () => hashed.close() }
  store = createStore({ folder: join(home, 'mail', 'users'), log })
})
afterAll(async () => {
  await store.close()
  directory.close()
})

const imap = async (socket: Socket) => {
  const surroundings = {
    ...{ store, directory, log, folder: home, limits: { message: 1000 } },
    startTls: () => Promise.resolve(socket),
    capabilities: capabilitiesOf,
  }
  const out = new Outlet(socket)
  await converseImap(new ImapSession(surroundings, new Intake(socket), out, elsewhere, 'exposed'))
  out.end()
}

const pop3 = async (socket: Socket) => {
  const around = { store, directory, log, locks: new Locks(), startTls: () => socket }
  const ask = () => Promise.resolve(null)
  const session = new Pop3Session(around, new Lines(socket), ask, elsewhere, 'exposed')
  await conversePop3(session, { out: () => socket })
  socket.end()
}

/** Says these lines one after the other; all that is answered until the other side closes. */
const talk = async (
  serve: (socket: Socket) => Promise<void>,
  lines: readonly string[],
): Promise<string[]> => {
  const path = join(home, 'line')
  const server = createServer((socket) => void serve(socket))
  await once(server.listen(path), 'listening')
  const socket = connect(path)
  socket.write(lines.map((line) => `${line}\r\n`).join(''))
  const heard: string[] = []
  for await (const line of createInterface({ input: socket })) heard.push(line)
  await new Promise((done) => server.close(done))
  return heard
}

test('RFC 9051 section 6.2.3: without TLS a password is not asked for, and refused where it is sent all the same', async () => {
  const secret = Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')
  const lines = [`a LOGIN alice@posthorn.test ${password}`, `b AUTHENTICATE PLAIN ${secret}`, 'c LOGOUT']
  const heard = await talk(imap, lines)
  expect(heard[0]).toMatch(/LOGINDISABLED/)
  expect(heard[0]).toMatch(/STARTTLS/)
  expect(heard[0]).not.toMatch(/AUTH=/)
  expect(heard).toContainEqual(expect.stringMatching(/^a NO \[PRIVACYREQUIRED\]/))
  expect(heard).toContainEqual(expect.stringMatching(/^b NO \[PRIVACYREQUIRED\]/))
})

test('RFC 2595 section 2.1: the same over POP3', async () => {
  const heard = await talk(pop3, ['CAPA', 'USER alice@posthorn.test', 'AUTH PLAIN', 'QUIT'])
  expect(heard).toContain('STLS')
  expect(heard.filter((line) => /^(USER|SASL)/.test(line))).toEqual([])
  expect(heard.filter((line) => line.startsWith('-ERR'))).toHaveLength(2)
})

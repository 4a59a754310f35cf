// The line to a relay host, and ours to those who come: TLS that holds, TLS that is broken, SASL, one connection for many
// messages, a renewed certificate, and how many lines one address may have. The relay is an smtp-server of the test's own.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectTls } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { selfSigned } from '../../src/core/certificate'
import { realClock, type Clock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { dialog, greeted } from '../support/dialog'
import { prepareHome } from '../support/first-start'
import { startProcess, type ServerProcess } from '../support/process'
import { password, startServer, testEnvironment } from '../support/server'

let home: string
const closing: (() => unknown)[] = []
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'posthorn-lines-'))))
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(home, { recursive: true, force: true })
})

interface Taken {
  text: string
  under: 'tls' | 'plain'
  requireTls: boolean
  user: string | undefined
}

const pair = (names: [string, ...string[]]) => {
  const { key, certificate: cert } = selfSigned(names)
  return { key, cert }
}

/** Takes everything; what it took, and over how many connections. */
const openRelay = async (options: SMTPServerOptions = {}) => {
  const taken: Taken[] = []
  const met = { connections: 0 }
  const heard = new Set<() => void>()
  const keys = pair(['localhost'])
  const relay = new SMTPServer({
    ...keys,
    authOptional: true,
    hideREQUIRETLS: false,
    onConnect: (_, callback) => {
      met.connections += 1
      callback()
    },
    onData: (stream, session, callback) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        const { secure, user, envelope } = session
        const requireTls = envelope.requireTLS === true
        taken.push({ text, under: secure ? 'tls' : 'plain', requireTls, user: user as string | undefined })
        for (const each of heard) each()
        callback(null, 'taken')
      })
    },
    ...options,
  })
  // A handshake that fails is what one of the tests is about.
  relay.on('error', () => {})
  relay.listen(0, '127.0.0.1')
  await once(relay.server, 'listening')
  closing.push(() => new Promise<void>((done) => relay.close(() => done())))
  const until = (count: number) =>
    new Promise<void>((done) => {
      const look = () => {
        if (taken.length >= count) done()
      }
      heard.add(look)
      look()
    })
  return { port: (relay.server.address() as AddressInfo).port, certificate: keys.cert, taken, met, until }
}

type Relay = Awaited<ReturnType<typeof openRelay>>

/** A process of its own: which certificates hold is a matter of its start. */
const openOurs = async ({ port, certificate }: Relay, more: Record<string, string> = {}) => {
  writeFileSync(join(home, 'ca.pem'), certificate)
  const env = testEnvironment(home, {
    POSTHORN_RELAY_HOST: `localhost:${port}`,
    NODE_EXTRA_CA_CERTS: join(home, 'ca.pem'),
    ...more,
  })
  await prepareHome(readConfig(env), ['alice@posthorn.test'], password)
  const ours = await startProcess(env)
  closing.push(() => ours.stop())
  return ours
}

const send = async (ours: ServerProcess, subjects: readonly string[], parameters = '') => {
  const talk = await greeted(ours.doors.smtps as number, { tls: 'from the start' })
  const token = Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')
  expect(await talk.say(`AUTH PLAIN ${token}`)).toMatch(/^235/)
  for (const subject of subjects) {
    expect(await talk.say(`MAIL FROM:<alice@posthorn.test>${parameters}`)).toMatch(/^250/)
    expect(await talk.say('RCPT TO:<x@far.test>')).toMatch(/^250/)
    await talk.say('DATA')
    talk.send(`Subject: ${subject}\r\n\r\nx\r\n.\r\n`)
    expect(await talk.reply()).toMatch(/^250/)
  }
  talk.end()
}

test('RFC 8689 section 4.2.1: REQUIRETLS goes on, to a server whose certificate holds', async () => {
  const relay = await openRelay()
  await send(await openOurs(relay), ['required'], ' REQUIRETLS')
  await relay.until(1)
  expect(relay.taken[0]).toMatchObject({ under: 'tls', requireTls: true })
})

test('SASL at the relay host, under TLS', async () => {
  const relay = await openRelay({
    authOptional: false,
    onAuth: ({ username, password: secret }, _, callback) =>
      secret === 'of the relay'
        ? callback(null, { user: username as string })
        : callback(new Error('wrong password')),
  })
  const credentials = { POSTHORN_RELAY_USER: 'site', POSTHORN_RELAY_PASSWORD: 'of the relay' }
  await send(await openOurs(relay, { ...credentials, POSTHORN_RELAY_TLS: 'required' }), ['signed in'])
  await relay.until(1)
  expect(relay.taken[0]).toMatchObject({ under: 'tls', user: 'site' })
})

test('one after the other they share a connection', async () => {
  const relay = await openRelay()
  const ours = await openOurs(relay)
  for (const [count, subject] of ['first', 'second', 'third'].entries()) {
    await send(ours, [subject])
    await relay.until(count + 1)
  }
  expect(relay.met.connections).toBe(1)
})

test('RFC 7435: where TLS is offered and broken, and nobody promised it, mail goes without', async () => {
  // Versions that nobody speaks any more (RFC 8996).
  const relay = await openRelay({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })
  await send(await openOurs(relay), ['fallen back'])
  await relay.until(1)
  expect(relay.taken[0]).toMatchObject({ under: 'plain' })
  expect(relay.met.connections).toBe(2)
})

const shown = async (port: number): Promise<string> => {
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

test('a renewed certificate is shown at every door without a restart; one half written is not', async () => {
  const files = { cert: join(home, 'cert.pem'), key: join(home, 'key.pem') }
  const write = ({ key, cert }: { key: string; cert: string }) => {
    writeFileSync(files.cert, cert)
    writeFileSync(files.key, key)
  }
  write(pair(['localhost']))
  let looks: (() => void)[] = []
  const clock: Clock = {
    now: realClock.now,
    after: (ms, job) => (ms === 60_000 ? (looks.push(job), () => {}) : realClock.after(ms, job)),
  }
  const server = await startServer({
    env: { POSTHORN_TLS_CERTIFICATE: files.cert, POSTHORN_TLS_KEY: files.key },
    parts: { clock },
  })
  closing.push(() => server.stop())
  const lookAgain = () => {
    const all = looks
    looks = []
    for (const look of all) look()
  }
  const doors = ['smtps', 'imaps', 'pop3s'].map((door) => server.doors[door] as number)
  const before = await Promise.all(doors.map(shown))
  expect(new Set(before).size).toBe(1)
  const renewed = pair(['localhost'])
  write({ cert: renewed.cert, key: 'not yet' })
  lookAgain()
  expect(await Promise.all(doors.map(shown))).toEqual(before)
  write(renewed)
  lookAgain()
  const after = await Promise.all(doors.map(shown))
  expect(new Set(after).size).toBe(1)
  expect(after[0]).not.toBe(before[0])
})

const own = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address
const nowhere = own ? '' : 'did not run (this machine has no address but its own): '

test.skipIf(nowhere)(
  `${nowhere}connections_per_address: one address has its share, and what it closes counts no more`,
  async () => {
    const server = await startServer({
      env: { POSTHORN_CONNECTIONS_PER_ADDRESS: '2', POSTHORN_MAIL_HOST: '0.0.0.0' },
    })
    closing.push(() => server.stop())
    // This machine's other address is as foreign as any; its loopback one has no bound.
    const arrive = async (host: string) => {
      const talk = await dialog(server.doors.smtp as number, { host })
      return { talk, said: await talk.reply() }
    }
    const there = [await arrive(own!), await arrive(own!), await arrive(own!)] as const
    expect(there.map(({ said }) => said.slice(0, 3))).toEqual(['220', '220', '421'])
    const here = [await arrive('127.0.0.1'), await arrive('127.0.0.1'), await arrive('127.0.0.1')]
    expect(here.map(({ said }) => said.slice(0, 3))).toEqual(['220', '220', '220'])
    await there[0].talk.say('QUIT')
    await there[0].talk.closed
    // The server learns of the farewell in its own time.
    let again = await arrive(own!)
    while (!again.said.startsWith('220')) again = await arrive(own!)
    for (const { talk } of [...there, ...here, again]) talk.end()
  },
)

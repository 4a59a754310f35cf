import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { checkReady } from '../actions/check-ready'
import { environment } from '../testing/environment'
import { trySignIn } from './sign-in'
import { submit } from './submit'

// A mail server elsewhere whose certificate has run out: no password is sent, and everybody is told why.

let folder: string
let restore: () => void
const servers: Server[] = []
const heard: string[] = []

const serve = async (greeting: string): Promise<number> => {
  const [key, cert] = [readFileSync(join(folder, 'key.pem')), readFileSync(join(folder, 'cert.pem'))]
  const server = createServer({ key, cert }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => heard.push(bytes.toString()))
    socket.write(greeting)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  servers.push(server)
  return (server.address() as AddressInfo).port
}

/** All that `openssl ca` must be told; `openssl req` knows no dates of its own. */
const authority = `[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
[any]
commonName = supplied
`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-untrusted-'))
  const at = (name: string) => join(folder, name)
  const ssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder })
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem']
  ssl('req', ...key, '-subj', '/CN=mail.test', '-out', 'request.pem')
  writeFileSync(at('index'), '')
  writeFileSync(at('ca.cnf'), authority)
  const dates = ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z']
  const signed = ['-selfsign', '-keyfile', 'key.pem', '-in', 'request.pem', '-out', 'cert.pem']
  ssl('ca', '-batch', '-config', 'ca.cnf', '-rand_serial', '-notext', ...dates, ...signed)
  writeFileSync(at('message'), 'Subject: x\r\n\r\nx\r\n')
  // Written so, this machine is not known for what it is, and its certificate is looked at.
  const host = '[::ffff:127.0.0.1]'
  restore = environment({
    POSTHORN_HOME: folder,
    POSTHORN_IMAP: `imaps://${host}:${await serve('* OK ready\r\n')}`,
    POSTHORN_SUBMISSION: `smtps://${host}:${await serve('220 ready ESMTP\r\n')}`,
  })
})
afterAll(() => {
  restore()
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true, force: true })
})

const who = {
  key: 'ida@x.test',
  address: 'ida@x.test',
  name: '',
  credentials: { user: 'ida', password: 'never to be sent' },
}

it('is told at sign-in', async () => {
  await expect(trySignIn(who)).rejects.toMatchObject({ code: 'server-untrusted' })
})

it('leaves a send to be tried again', async () => {
  const sending = submit({
    who,
    envelope: { from: who.address, to: ['udo@x.test'] },
    file: join(folder, 'message'),
    beforeLastDot: () => Promise.reject(new AppError('internal')),
  })
  await expect(sending).rejects.toMatchObject({ code: 'server-untrusted', again: 'later' })
})

it('is not ready', async () => {
  expect(await checkReady()).toMatchObject({
    ready: false,
    parts: { database: { ok: true }, imap: { ok: false }, submission: { ok: false } },
  })
})

it('hears no password', () => expect(heard.join('')).not.toContain('never'))

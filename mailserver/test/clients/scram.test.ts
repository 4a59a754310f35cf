// AUTH=SCRAM-SHA-256 (RFC 7677) with mutt, which knows it from GNU SASL. Programs on Cyrus SASL refuse more than 65,536
// iterations, so they cannot use it where it costs what it should.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realClock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import { Wire } from '../conformance/wire'
import { password, startServer, type TestServer } from '../server'
import { runProgram, withProgram } from './programs'

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startServer('hashed', { POSTHORN_SCRAM: 'on' })
  folder = mkdtempSync(join(tmpdir(), 'posthorn-scram-'))
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const letter = 'From: Ann <ann@example.org>\r\nSubject: tea\r\n\r\nAt four?\r\n'

const userWithMail = async (): Promise<string> => {
  const user = await server.addUser()
  const store = server.store.open(user)
  await store.deliver('INBOX', { source: Buffer.from(letter) })
  server.store.release(store)
  return user
}

test('it is offered where it is turned on, and only there', async () => {
  const plain = await startServer('one for all')
  for (const [{ host, port }, offered] of [
    [server, true],
    [plain, false],
  ] as const) {
    const wire = await Wire.open({ host, port })
    expect((await wire.line())?.includes('AUTH=SCRAM-SHA-256')).toBe(offered)
    wire.close()
  }
  const wire = await Wire.open(plain)
  await wire.line()
  expect((await wire.command('AUTHENTICATE SCRAM-SHA-256')).reply).toMatch(/^NO/)
  wire.close()
  await plain.close()
})

withProgram('mutt', 'mutt signs in with SCRAM-SHA-256 and copies a message', async () => {
  const user = await userWithMail()
  const [copy, file] = [join(folder, 'copied'), join(folder, 'muttrc')]
  const settings = [
    `set imap_user="${user}"`,
    `set imap_pass="${password}"`,
    'set imap_authenticators="scram-sha-256"',
    `set folder="imap://${server.host}:${server.port}/"`,
    'set spoolfile="+INBOX"',
    'set ssl_starttls=no ssl_force_tls=no',
    'set confirmcreate=no confirmappend=no delete=no quit=yes sleep_time=0 mbox_type=mbox wait_key=no',
    `push "<copy-message>${copy}<enter><quit>"`,
  ]
  writeFileSync(file, settings.join('\n'))
  const mutt = (options: string) =>
    runProgram('script', ['-qec', `mutt -F ${file} ${options}`, '/dev/null'], {
      timeout: 60_000,
      env: { TERM: 'xterm', HOME: folder },
    })
  await mutt('')
  expect(readFileSync(copy, 'utf8')).toContain('At four?')
})

test('keys are made when a password is set or used, and go with it', async () => {
  const home = mkdtempSync(join(folder, 'keys-'))
  const open = (scram: string) =>
    openDirectory({
      config: readConfig({ POSTHORN_HOME: home, POSTHORN_DOMAIN: 'posthorn.test', POSTHORN_SCRAM: scram }),
      clock: realClock,
      log: createLog('error', () => undefined),
    })
  const user = 'ann@posthorn.test'
  const keysOf = (directory: ReturnType<typeof open>) =>
    directory.database.rows().users.get(user)?.scram ?? null
  const without = open('off')
  await without.addUser(user, 'one')
  expect(keysOf(without)).toBeNull()
  without.close()
  const withIt = open('on')
  expect((await withIt.authenticate(user, 'wrong', '192.0.2.1')).ok).toBe(false)
  expect(keysOf(withIt)).toBeNull()
  expect((await withIt.authenticate(user, 'one', '192.0.2.1')).ok).toBe(true)
  const first = keysOf(withIt)
  expect(first).toMatch(/^SCRAM-SHA-256\$1\d{5}\$/)
  await withIt.setPassword(user, 'two')
  expect(keysOf(withIt)).not.toBe(first)
  withIt.close()
  const again = open('off')
  await again.setPassword(user, 'three')
  expect(keysOf(again)).toBeNull()
  again.close()
})

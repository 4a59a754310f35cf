// The data folder of the first version, served by this one: each of its databases as it was made then, with what lies in it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realClock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import { serve, type RunningServer } from '../../src/serve'
import { Wire } from '../conformance/wire'
import { greeted } from '../support/dialog'
import { password, testEnvironment } from '../support/server'

const nowhere = {
  mx: async () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })),
  addresses: async () => [],
  texts: async () => [],
}

const home = mkdtempSync(join(tmpdir(), 'posthorn-earlier-'))
const file = (...path: string[]) => join(home, 'mail', ...path)
const ofAlice = file('users', 'alice@posthorn.test', 'store.db')
const logged: string[] = []
const log = createLog('warn', (line) => logged.push(line))
const config = readConfig(testEnvironment(home))
let server: RunningServer
const start = async () => (server = await serve(config, log, { resolver: nowhere }))

/** What came after the first version is taken away, and only that. */
const changed = (path: string, statements: readonly string[]) => {
  const database = new Database(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}
const makeOld = () => {
  changed(file('directory.db'), ['alter table users drop column scram'])
  changed(file('spool', 'queue.db'), ['alter table messages drop column sum'])
  changed(ofAlice, [
    'drop table sorting',
    "delete from meta where key in ('unsorted', 'born')",
    'drop table unlettered',
    'alter table content drop column ancestry',
    'drop table orphan',
    'alter table content drop column sent_day',
    'pragma user_version = 1',
  ])
  rmSync(file('users', '.version'))
  for (const name of ['search.db', 'order'])
    rmSync(join(ofAlice, '..', name), { recursive: true, force: true })
}

const signedIn = async (): Promise<Wire> => {
  const wire = await Wire.open({ host: '127.0.0.1', port: server.doors.imap as number })
  await wire.line()
  expect((await wire.command(`LOGIN alice@posthorn.test "${password}"`)).reply).toMatch(/^OK/)
  return wire
}

const look = async () => {
  const wire = await signedIn()
  const asked = ['STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY)', 'SELECT INBOX']
  const [status] = [await wire.command(asked[0] ?? ''), await wire.command(asked[1] ?? '')]
  const rows = await wire.command('UID FETCH 1:* (FLAGS ENVELOPE BODY.PEEK[TEXT])')
  const sorted = await wire.command('UID SORT (SUBJECT) UTF-8 ALL')
  const found = await wire.command('UID SEARCH TEXT pelican')
  wire.close()
  return { status: status?.told, rows: rows.told, sorted: sorted.told, found: found.told }
}

const send = async (to: string, subject: string, words: string) => {
  const talk = await greeted(server.doors.submission as number)
  await talk.say('EHLO client.example')
  await talk.say(`AUTH PLAIN ${Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')}`)
  await talk.say('MAIL FROM:<alice@posthorn.test>')
  expect(await talk.say(`RCPT TO:<${to}>`)).toMatch(/^250/)
  await talk.say('DATA')
  talk.send(`Subject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\n${words}\r\n.\r\n`)
  expect(await talk.reply()).toMatch(/^250/)
  talk.end()
}

beforeAll(async () => {
  const directory = openDirectory({ config, clock: realClock, log })
  for (const name of ['alice', 'bob']) await directory.addUser(`${name}@posthorn.test`, password, name)
  directory.close()
  await start()
})
afterAll(async () => {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

test('the same mail under the same UIDs, found and sorted; what waited still waits; the password holds', async () => {
  for (const [subject, words] of [
    ['walnut', 'a pelican came by'],
    ['almond', 'nobody came'],
    ['hazel', 'another one'],
  ] as const)
    await send('alice@posthorn.test', subject, words)
  await send('far@elsewhere.example', 'waits', 'for a server that answers')
  await expect.poll(() => existsSync(ofAlice)).toBe(true)
  const wire = await signedIn()
  await wire.command('SELECT INBOX')
  await expect
    .poll(async () => (await wire.command('NOOP')) && (await wire.command('UID SEARCH ALL')).told.join())
    .toMatch(/3$/)
  await wire.command('UID STORE 2 +FLAGS (\\Flagged \\Seen $Later)')
  await wire.command('UID STORE 1 +FLAGS (\\Deleted)')
  await wire.command('EXPUNGE')
  wire.close()
  const before = await look()
  expect(before.rows).toHaveLength(2)
  await server.stop()
  makeOld()
  await start()
  expect(await look()).toEqual(before)
  const spool = new Database(file('spool', 'queue.db'), { readonly: true })
  expect(spool.prepare('select address from recipients').pluck().all()).toEqual(['far@elsewhere.example'])
  spool.close()
  expect(logged.filter((line) => line.includes('"error"'))).toEqual([])
})

test('a mailbox that a newer version has written is left alone, and that is said', async () => {
  await server.stop()
  changed(ofAlice, ['pragma user_version = 99'])
  await start()
  const wire = await Wire.open({ host: '127.0.0.1', port: server.doors.imap as number })
  await wire.line()
  const { reply } = await wire.command(`LOGIN alice@posthorn.test "${password}"`)
  const opened = reply.startsWith('OK') ? (await wire.command('SELECT INBOX')).reply : reply
  expect(opened).toMatch(/^NO/)
  expect(logged.join('\n')).toContain('was written by a newer version')
  wire.close()
  const kept = new Database(ofAlice, { readonly: true })
  expect(kept.pragma('user_version', { simple: true })).toBe(99)
  kept.close()
})

test('where a newer version has been, nothing starts, and that is said', async () => {
  await server.stop()
  const stamp = file('users', '.version')
  const before = readFileSync(stamp, 'utf8')
  writeFileSync(stamp, '99\n')
  await expect(start()).rejects.toThrow(
    /was used by a newer version \(its mailboxes are at step 99, this one knows \d+\)/,
  )
  expect(readFileSync(stamp, 'utf8')).toBe('99\n')
  // That of a half-written file or none is no reason to stay away.
  for (const text of [before, '', '1\n']) {
    writeFileSync(stamp, text)
    await start()
    expect(readFileSync(stamp, 'utf8')).toBe(before)
    if (text !== '1\n') await server.stop()
  }
})

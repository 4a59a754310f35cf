// The ways an address leads on: the aliases file, .forward, virtual addresses, catch-all, and where each of them ends.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greeted } from '../support/dialog'
import { startServer, type TestServer } from '../support/server'

const send = async (server: TestServer, to: string[], subject: string): Promise<string[]> => {
  const talk = await greeted(server.doors.smtp as number)
  await talk.say('MAIL FROM:<x@client.example>')
  const said: string[] = []
  for (const each of to) said.push(await talk.say(`RCPT TO:<${each}@posthorn.test>`))
  if (said.some((reply) => reply.startsWith('250'))) {
    await talk.say('DATA')
    talk.send(`Subject: ${subject}\r\n\r\nFrom here on\r\nhello\r\n.\r\n`)
    said.push(await talk.reply())
  }
  talk.end()
  await server.idle()
  return said
}

const users = ['alice', 'bob', 'carol', 'dora']
const whoGot = (server: TestServer, subject: string) =>
  users.filter((user) => server.mails(user).some((text) => text.includes(`Subject: ${subject}\r\n`)))

const prepare = (home: string) => {
  const mail = join(home, 'mail')
  mkdirSync(mail, { recursive: true })
  writeFileSync(join(mail, 'members'), '# who reads\nbob, carol\n\n|/bin/false\n')
  const lines = [
    '# aliases(5)',
    'postmaster: bob',
    'team: alice,',
    '\tbob',
    'nested: team, carol',
    `list: :include:${join(mail, 'members')}`,
    `archive: ${join(mail, 'archive.mbox')}`,
    'pipe: |/bin/cat',
    'both: "|/bin/cat", carol',
    '"with space": bob',
    'round: about',
    'about: round',
    'deep@posthorn.test: carol',
  ]
  writeFileSync(join(mail, 'aliases'), `${lines.join('\n')}\n`)
  for (const [user, text] of [
    ['dora', '\\dora, carol@posthorn.test\n'],
    ['carol', '# mine\n"|/bin/false"\n'],
  ]) {
    const folder = join(mail, 'users', `${user}@posthorn.test`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, '.forward'), text ?? '')
  }
}

describe('by default', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ users, prepare })
  })
  afterAll(() => server.stop())

  test.each([
    ['postmaster', ['bob']],
    ['abuse', ['alice']],
    ['team', ['alice', 'bob']],
    ['Team', ['alice', 'bob']],
    ['team+tag', ['alice', 'bob']],
    ['nested', ['alice', 'bob', 'carol']],
    ['list', ['bob', 'carol']],
    ['both', ['carol']],
    ['deep', ['carol']],
    ['alice+holiday', ['alice']],
    // .forward with a backslash keeps a copy; one that names a program is refused, and the mail stays.
    ['dora', ['carol', 'dora']],
    ['carol', ['carol']],
  ])('%s leads to %j', async (name, expected) => {
    const subject = `to ${name}`
    expect((await send(server, [name], subject)).at(-1)).toMatch(/^250 2\.0\.0/)
    expect(whoGot(server, subject)).toEqual(expected)
  })

  test.each([
    ['pipe', /^550 5\.1\.1/, 'alias-command-refused'],
    ['archive', /^550 5\.1\.1/, 'alias-file-refused'],
    ['round', /^554 5\.4\.6/, 'alias-loop'],
  ])('%s leads nowhere, and the log says why', async (name, reply, event) => {
    expect((await send(server, [name], 'nowhere')).at(-1)).toMatch(reply)
    expect(server.log.some((line) => line.event === event)).toBe(true)
    expect(whoGot(server, 'nowhere')).toEqual([])
  })

  test('many ways to one mailbox bring one message', async () => {
    await send(server, ['team', 'nested', 'list', 'bob'], 'once each')
    const copies = server.mails('bob').filter((text) => text.includes('Subject: once each'))
    expect(copies).toHaveLength(1)
  })

  test('a message is written once: every mailbox has a name of the same file', async () => {
    await send(server, ['team'], 'one file')
    const inodes = ['alice', 'bob'].map((user) => {
      const folder = join(server.home, 'mail', 'users', `${user}@posthorn.test`, 'Maildir', 'new')
      const found = readdirSync(folder).find((name) =>
        readFileSync(join(folder, name), 'utf8').includes('one file'),
      )
      return statSync(join(folder, found ?? '')).ino
    })
    expect(inodes[0]).toBe(inodes[1])
  })

  test('one message is one story in the log: grep by its queue id tells it whole', async () => {
    const said = await send(server, ['team'], 'a story')
    const id = /queued as (\w+)/.exec(said.at(-1) ?? '')?.[1]
    const story = server.log.filter(({ queue }) => queue === id)
    expect(story.map(({ event }) => event)).toEqual(['queued', 'delivered', 'delivered'])
    expect(story[0]).toMatchObject({ from: 'x@client.example', client: '127.0.0.1', recipients: 2 })
    expect(story[1]).toMatchObject({ to: 'alice@posthorn.test', original: 'team@posthorn.test' })
  })
})

test('with allow_file_aliases a file is appended to, as mbox; a catch-all takes the rest', async () => {
  const env = { POSTHORN_ALLOW_FILE_ALIASES: 'true', POSTHORN_CATCH_ALL: 'alice@posthorn.test' }
  const server = await startServer({ users, prepare, env })
  await send(server, ['archive'], 'kept')
  await send(server, ['whoever'], 'caught')
  const file = readFileSync(join(server.home, 'mail', 'archive.mbox'), 'utf8')
  expect(file).toMatch(/^From x@client\.example /)
  expect(file).toContain('\n>From here on\n')
  expect(whoGot(server, 'caught')).toEqual(['alice'])
  await server.stop()
})

test('in demo mode what would leave is put where its sender sees it', async () => {
  const server = await startServer({ env: { POSTHORN_DEMO: 'true' }, users: [] })
  const talk = await greeted(server.doors.submission as number)
  await talk.say(`AUTH PLAIN ${Buffer.from('\0alice@posthorn.test\0posthorn').toString('base64')}`)
  await talk.say('MAIL FROM:<alice@posthorn.test>')
  expect(await talk.say('RCPT TO:<friend@far.example>')).toMatch(/^250/)
  await talk.say('DATA')
  talk.send('Subject: not sent\r\n\r\nx\r\n.\r\n')
  expect(await talk.reply()).toMatch(/^250/)
  talk.end()
  await server.idle()
  expect(server.mails('alice', 'Outbound (demo)').some((text) => text.includes('Subject: not sent'))).toBe(
    true,
  )
  expect(server.log.some(({ event }) => event === 'captured')).toBe(true)
  await server.stop()
})

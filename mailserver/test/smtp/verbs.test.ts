// The administrator's command line beside a running server.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { helpOn } from '../../src/verbs/help'
import { usages, type VerbName } from '../../src/verbs/usage'
import { greeted } from '../support/dialog'
import { runVerb } from '../support/process'
import { password, startServer, testEnvironment, type TestServer } from '../support/server'

const unreachable = {
  mx: async () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })),
  addresses: async () => [],
  texts: async () => [],
}

// Each verb is a process of its own; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let server: TestServer
const verb = (args: string[], input?: string) => runVerb(testEnvironment(server.home), args, input)
const until = async (fact: () => boolean | Promise<boolean>) => {
  while (!(await fact())) await new Promise((done) => setTimeout(done, 20))
}
beforeAll(async () => {
  server = await startServer({ parts: { resolver: unreachable } })
})
afterAll(() => server.stop())

const user = 'user@posthorn.test'
// The answer that every textbook prints, for a user who is called so and has the password "password".
const textbook = 'AHVzZXIAcGFzc3dvcmQ='

const signsIn = async (token: string) => {
  const talk = await greeted(server.doors.submission as number)
  const said = await talk.say(`AUTH PLAIN ${token}`)
  talk.end()
  return said.slice(0, 9)
}

test('user add, list, passwd, disable, delete, each seen at once by the doors; a short password is refused', async () => {
  expect((await verb(['user', 'add', user, 'Dora', 'Maar'], 'password\n')).code).toBe(0)
  expect(await signsIn(textbook)).toBe('235 2.7.0')
  expect((await verb(['user', 'add', user], 'long enough\n')).stderr).toContain('exists already')
  expect((await verb(['user', 'add', 'x@posthorn.test'], 'short\n')).stderr).toContain('at least 8')
  expect((await verb(['user', 'add', 'x@elsewhere.example'], 'long enough\n')).stderr).toContain(
    'not one of ours',
  )
  expect((await verb(['user', 'list'])).stdout).toContain(`${user}\tDora Maar`)
  expect((await verb(['user', 'passwd', user], 'longer still\n')).code).toBe(0)
  expect(await signsIn(textbook)).toBe('535 5.7.8')
  const changed = Buffer.from('\0user\0longer still').toString('base64')
  expect(await signsIn(changed)).toBe('235 2.7.0')
  expect((await verb(['user', 'disable', user])).code).toBe(0)
  expect(await signsIn(changed)).toBe('535 5.7.8')
  expect((await verb(['user', 'delete', user])).code).toBe(0)
  expect((await verb(['user', 'delete', user])).code).toBe(1)
  const talk = await greeted(server.doors.smtp as number)
  await talk.say('MAIL FROM:<x@client.example>')
  expect(await talk.say(`RCPT TO:<${user}>`)).toMatch(/^550 5\.1\.1/)
  talk.end()
})

test('what is granted may be written as, until it is revoked', async () => {
  const asSales = async () => {
    const talk = await greeted(server.doors.submission as number)
    const token = Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')
    await talk.say(`AUTH PLAIN ${token}`)
    const said = await talk.say('MAIL FROM:<sales@elsewhere.example>')
    talk.end()
    return said
  }
  expect(await asSales()).toMatch(/^553 5\.7\.1/)
  expect((await verb(['user', 'grant', 'alice@posthorn.test', 'Sales@elsewhere.example'])).stdout).toContain(
    'may write as sales@elsewhere.example',
  )
  expect(await asSales()).toMatch(/^250/)
  expect((await verb(['user', 'revoke', 'alice@posthorn.test', 'sales@elsewhere.example'])).code).toBe(0)
  expect(await asSales()).toMatch(/^553 5\.7\.1/)
  await verb(['user', 'grant', 'alice@posthorn.test', '@elsewhere.example'])
  expect(await asSales()).toMatch(/^250/)
  expect((await verb(['user', 'grant', 'nobody@posthorn.test', 'x@y.example'])).code).toBe(1)
  expect((await verb(['user', 'revoke', 'alice@posthorn.test', '@elsewhere.example'])).code).toBe(0)
})

test('every verb tells its actions and options', async () => {
  const { stdout } = await verb(['--help'])
  const names = [...stdout.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name)
  expect(names).toHaveLength(Object.keys(usages).length)
  expect(await verb(['queue', '--help'])).toMatchObject({ code: 0, stdout: helpOn('queue') })
  for (const name of names) {
    const help = helpOn(name as VerbName)
    expect(help).toContain(usages[name as VerbName])
    const actions = /^[a-z]+ ([a-z|]+)/.exec(usages[name as VerbName])?.[1]?.split('|') ?? []
    if (actions.length > 1)
      for (const action of actions) expect(help).toMatch(new RegExp(`^ {2}${action}\\b`, 'm'))
    if (name !== 'serve') expect(help).toContain('--json')
  }
})

test('what a verb did is told to a program too', async () => {
  const json = async (args: string[], input?: string) =>
    JSON.parse((await verb([...args, '--json'], input)).stdout)
  const dora = 'dora2@posthorn.test'
  expect(await json(['user', 'add', dora, 'Dora'], 'long enough\n')).toEqual({ address: dora, name: 'Dora' })
  expect(await json(['user', 'passwd', dora], 'longer still\n')).toEqual({
    address: dora,
    password: 'changed',
  })
  expect(await json(['user', 'disable', dora])).toEqual({ address: dora, disabled: true })
  expect(await json(['user', 'enable', dora])).toEqual({ address: dora, disabled: false })
  expect(await json(['user', 'quota', dora, '1K'])).toEqual({ address: dora, quotaBytes: 1024 })
  expect(await json(['user', 'grant', dora, 'x@y.example'])).toEqual({
    address: dora,
    mayWriteAs: ['x@y.example'],
  })
  const all = (await json(['user', 'list'])) as { address: string }[]
  expect(all.find(({ address }) => address === dora)).toMatchObject({
    name: 'Dora',
    mayWriteAs: ['x@y.example'],
  })
  expect(await json(['user', 'revoke', dora, 'x@y.example'])).toEqual({ address: dora, mayWriteAs: [] })
  expect(await json(['user', 'delete', dora])).toEqual({ address: dora, deleted: true })
  const alias = { alias: 'news@posthorn.test', targets: ['bob@posthorn.test'] }
  expect(await json(['alias', 'add', alias.alias, ...alias.targets])).toEqual(alias)
  expect(await json(['alias', 'list'])).toMatchObject({ [alias.alias]: alias.targets })
  expect(await json(['alias', 'remove', alias.alias])).toEqual({ ...alias, targets: [] })
  expect(await json(['domain', 'add', 'more.test'])).toMatchObject({ domain: 'more.test' })
  expect(await json(['domain', 'list'])).toContain('more.test')
  expect(await json(['domain', 'remove', 'more.test'])).toEqual({ domains: ['posthorn.test'] })
  expect(await json(['mailq'])).toEqual([])
  expect(await json(['queue', 'shape'])).toEqual([])
  expect(await json(['queue', 'flush'])).toEqual({ due: 0 })
  expect(await json(['queue', 'hold', 'all'])).toEqual([])
  expect(await json(['config'])).toMatchObject({ home: server.home })
})

test('an alias is seen at once by the running server', async () => {
  expect(
    (await verb(['alias', 'add', 'team@posthorn.test', 'alice@posthorn.test', 'bob@posthorn.test'])).code,
  ).toBe(0)
  const told = JSON.parse((await verb(['alias', 'test', 'team@posthorn.test', '--json'])).stdout) as {
    places: { to: string }[]
  }
  expect(told.places.map(({ to }) => to)).toEqual(['alice@posthorn.test', 'bob@posthorn.test'])
  // With -i a dot alone is a line as any other.
  const letter = 'Subject: for the team\n\nhello\n.\nafter the dot\n'
  expect((await verb(['sendmail', '-i', '-f', 'alice', 'team'], letter)).code).toBe(0)
  const ofTeam = () => server.mails('bob').find((text) => text.includes('for the team'))
  await until(() => ofTeam() !== undefined)
  expect(ofTeam()).toMatch(/\r\n\.\r\nafter the dot\r\n$/)
  expect((await verb(['alias', 'remove', 'team@posthorn.test'])).code).toBe(0)
  expect((await verb(['alias', 'add', 'x@elsewhere.example', 'bob@posthorn.test'])).stderr).toContain(
    'not one of ours',
  )
})

test('sendmail -t takes its recipients from the head, and Bcc away; a dot alone ends it without -i', async () => {
  const letter =
    'To: "Bob, B." <bob@posthorn.test>\nBcc: alice@posthorn.test\nSubject: from cron\n\nhello\n.\nafter the dot\n'
  expect((await verb(['sendmail', '-t', '-f', 'root@posthorn.test'], letter)).code).toBe(0)
  const mailOf = (user: string) => server.mails(user).find((text) => text.includes('from cron'))
  await until(() => mailOf('alice') !== undefined && mailOf('bob') !== undefined)
  const mail = mailOf('bob') ?? ''
  expect(mail).not.toContain('Bcc')
  expect(mail).not.toContain('after the dot')
  expect(mail).toMatch(/^Message-ID: /m)
  expect(mail).toMatch(/^From: <root@posthorn\.test>\r$/m)
  expect((await verb(['sendmail', '-t'], 'Subject: nobody\n\nx\n')).stderr).toContain('no recipients')
})

test('queue: what waits is listed, held, released, flushed and deleted from outside', async () => {
  await verb(['sendmail', '-f', 'alice', 'x@elsewhere.example'], 'Subject: waits\n\nx\n')
  await until(() => server.log.some(({ event }) => event === 'deferred'))
  const list = async () =>
    JSON.parse((await verb(['queue', 'list', '--json'])).stdout) as { id: string; held: boolean }[]
  await until(async () => (await list()).length === 1)
  const [{ id } = { id: '' }] = await list()
  expect((await verb(['mailq'])).stdout).toContain('451 4.4.3')
  expect((await verb(['queue', 'shape'])).stdout).toMatch(/TOTAL +1 +1/)
  expect(JSON.parse((await verb(['queue', 'show', id])).stdout)).toMatchObject({
    ...{ id, sender: 'alice@posthorn.test', file: expect.stringContaining(id) },
    recipients: [{ address: 'x@elsewhere.example', lastReply: expect.stringContaining('451 4.4.3') }],
  })
  expect((await verb(['queue', 'hold', id])).stdout).toBe(`${id} held\n`)
  expect((await list())[0]?.held).toBe(true)
  await verb(['queue', 'release', id])
  const tries = () => server.log.filter(({ event }) => event === 'deferred').length
  const before = tries()
  await verb(['queue', 'flush'])
  await until(() => tries() > before)
  expect((await verb(['queue', 'delete', id])).code).toBe(0)
  expect(await list()).toEqual([])
  expect((await verb(['queue', 'delete', id])).code).toBe(1)
})

test('config tells what differs and where it was set, and hides secrets', async () => {
  const env = { ...testEnvironment(server.home), POSTHORN_RELAY_PASSWORD: 'hunter2hunter2' }
  const { stdout } = await runVerb(env, ['config'])
  expect(stdout).toContain('domain = "posthorn.test"   # POSTHORN_DOMAIN')
  expect(stdout).not.toContain('hunter2')
  const wrong = await runVerb({ ...env, POSTHORN_SMTP_PORT: 'many' }, ['serve'])
  expect(wrong.code).toBe(78)
  expect(wrong.stderr).toContain('smtp_port = "many" (set by POSTHORN_SMTP_PORT)')
})

test('a taken port is named, with the key that changes it', async () => {
  const env = { ...testEnvironment(`${server.home}/second`), POSTHORN_SMTP_PORT: String(server.doors.smtp) }
  const { code, stderr } = await runVerb(env, ['serve'])
  expect(code).toBe(1)
  expect(stderr).toContain(
    `port ${server.doors.smtp} on 127.0.0.1 is taken by another program: stop it, or set smtp_port`,
  )
})

// The administrator's command line beside a running server.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runVerb } from '../support/process'
import { startServer, testEnvironment, type TestServer } from '../support/server'

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

test('user add, list, passwd, disable, delete; a short password is refused', async () => {
  expect((await verb(['user', 'add', 'dora@posthorn.test', 'Dora', 'Maar'], 'long enough\n')).code).toBe(0)
  expect((await verb(['user', 'add', 'dora@posthorn.test'], 'long enough\n')).stderr).toContain(
    'exists already',
  )
  expect((await verb(['user', 'add', 'x@posthorn.test'], 'short\n')).stderr).toContain('at least 8')
  expect((await verb(['user', 'add', 'x@elsewhere.example'], 'long enough\n')).stderr).toContain(
    'not one of ours',
  )
  expect((await verb(['user', 'list'])).stdout).toContain('dora@posthorn.test\tDora Maar')
  expect((await verb(['user', 'disable', 'dora@posthorn.test'])).code).toBe(0)
  expect((await verb(['user', 'delete', 'dora@posthorn.test'])).code).toBe(0)
  expect((await verb(['user', 'delete', 'dora@posthorn.test'])).code).toBe(1)
})

test('an alias is seen at once by the running server', async () => {
  expect(
    (await verb(['alias', 'add', 'team@posthorn.test', 'alice@posthorn.test', 'bob@posthorn.test'])).code,
  ).toBe(0)
  const told = JSON.parse((await verb(['alias', 'test', 'team@posthorn.test', '--json'])).stdout) as {
    places: { to: string }[]
  }
  expect(told.places.map(({ to }) => to)).toEqual(['alice@posthorn.test', 'bob@posthorn.test'])
  const letter = 'Subject: for the team\n\nhello\n'
  expect((await verb(['sendmail', '-f', 'alice', 'team'], letter)).code).toBe(0)
  await until(() => server.mails('bob').some((text) => text.includes('for the team')))
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

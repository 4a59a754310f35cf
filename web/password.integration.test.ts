import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hearEvents } from '../e2e/servers/event-stream'
import { startMailSystem, whyNot, type MailSystem } from '../e2e/servers/index'
import { openMailbox } from '../e2e/servers/mailbox'
import { repository } from '../e2e/servers/repository'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'

// Changing one's password: on the bundled server by its control socket, on Dovecot by a program that an administrator
// wrote (e2e/servers/password-program.ts).
const kinds = ['posthorn', 'dovecot'] as const

describe.each(kinds)('the password of somebody on %s', (kind) => {
  const why = whyNot(kind)
  let system: MailSystem
  let web: Web
  beforeAll(async () => {
    if (why) return
    system = await startMailSystem(kind)
    web = await startWeb(system)
  }, 60_000)
  afterAll(async () => {
    await web?.stop()
    await system?.stop()
  })
  const change = async (visitor: Visitor, old: string, wanted: string, from = '192.0.2.60') => {
    const answer = await visitor.call('PUT', '/password', { old, new: wanted }, { 'x-forwarded-for': from })
    const { error } = answer.body<{ error?: { code: string; answer: string } }>()
    return { status: answer.status, code: error?.code, said: error?.answer, headers: answer.headers }
  }

  it.skipIf(why)(
    'is changed for every door, ends all other sessions at once, and keeps this one',
    async () => {
      const { address, password } = system.users.bob
      const wanted = 'Ünïcode "quoted" $HOME `x` \\ 密码'
      const [laptop, phone] = [visitorOf(web), visitorOf(web)]
      await laptop.signIn(system.users.bob)
      await phone.signIn({ address: address.toUpperCase(), password })
      const [here, there] = [await hearEvents(web, laptop), await hearEvents(web, phone)]
      const message = {
        ...{ subject: 'Planned', html: '', text: 'x', uploads: [], inReplyTo: '', references: [] },
        ...{ original: null, draft: null, from: null, to: [{ name: '', address }], cc: [], bcc: [] },
      }
      // Later than the change takes, be the machine as busy as it may.
      const at = new Date(Date.now() + 10_000).toISOString()
      const planned = { message, undoSeconds: 0, at }
      expect((await laptop.call('POST', '/accounts/0/outbox', planned)).status).toBe(202)

      const since = here.types().length
      expect((await change(laptop, password, wanted)).status).toBe(200)

      await there.ended
      expect(there.types().at(-1)).toBe('signed-out')
      expect((await phone.call('GET', '/preferences')).status).toBe(401)
      // Dovecot looks at its file once a second.
      const withOld = async () => (await visitorOf(web).signIn({ address, password })).status
      await vi.waitFor(async () => expect(await withOld()).toBe(401), { timeout: 10_000, interval: 300 })
      expect((await visitorOf(web).signIn({ address, password: wanted })).status).toBe(200)
      // What was planned leaves with the new password, and the stream that stayed open tells of its arrival.
      const mailbox = await openMailbox(system, { address, password: wanted })
      await vi.waitFor(
        async () => expect((await mailbox.list('INBOX')).map(({ subject }) => subject)).toContain('Planned'),
        { timeout: 30_000, interval: 200 },
      )
      // The stream that stayed open is watched for with it: opened anew, it looks once more, and tells what comes.
      const told = (type: string) =>
        vi.waitFor(() => expect(here.types().slice(since)).toContain(type), { timeout: 30_000 })
      await told('stale')
      await mailbox.append({ raw: 'From: x@y.test\r\nSubject: After\r\n\r\nx\r\n' })
      await told('arrived')
      expect(here.types()).not.toContain('signed-out')
      here.leave()
      await mailbox.close()
      // The first request after a restart opens the mail with what the session's row holds now.
      await web.crash()
      expect((await laptop.call('GET', '/accounts/0/mailboxes')).status).toBe(200)
      expect(web.output()).not.toContain(wanted)
    },
  )

  it.skipIf(why)('is not changed to what the mail server refuses, nor to the same', async () => {
    const visitor = visitorOf(web)
    const { password } = system.users.alice
    await visitor.signIn(system.users.alice)
    expect(await change(visitor, password, 'short')).toMatchObject({ status: 400, code: 'bad-request' })
    expect(await change(visitor, password, `tab\tin ${password}`)).toMatchObject({ status: 400 })
    expect(await change(visitor, password, password)).toMatchObject({ status: 422, code: 'password-refused' })
    // Ours has no rule but its length, which the page holds as well.
    if (kind === 'dovecot')
      expect(await change(visitor, password, 'my posthorn')).toMatchObject({
        status: 422,
        code: 'password-refused',
        said: 'A password must not hold the name of this program.',
      })
    expect((await visitorOf(web).signIn(system.users.alice)).status).toBe(200)
  })

  it.skipIf(why)('is guessed no faster here than at sign-in, and the log names who guesses', async () => {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.carol)
    const tries: (string | undefined)[] = []
    for (let count = 0; count < 6; count++)
      tries.push((await change(visitor, `wrong ${count}`, 'something new', '192.0.2.61')).code)
    expect(tries).toEqual([...Array<string>(5).fill('wrong-password'), 'too-many-tries'])
    const held = await change(visitor, system.users.carol.password, 'something new', '192.0.2.61')
    expect([held.status, Number(held.headers.get('retry-after')) > 0]).toEqual([429, true])
    await vi.waitFor(() =>
      expect(web.output()).toMatch(
        /"event":"sign-in-failed","reason":"wrong-password","user":"carol@.*"address":"192\.0\.2\.61"/,
      ),
    )
    // The session itself is not punished.
    expect((await visitor.call('GET', '/preferences')).status).toBe(200)
  })
})

it.skipIf(whyNot('dovecot'))("docs/self-hosting.md's own program changes each of many at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-program-'))
  try {
    const page = readFileSync(join(repository, 'docs', 'self-hosting.md'), 'utf8')
    const [, written = ''] = /^```python\n([\s\S]*?)^```$/m.exec(page) ?? []
    const [program, users] = [join(folder, 'program.py'), join(folder, 'users')]
    writeFileSync(program, written.replace('/etc/dovecot/users', users))
    const names = Array.from({ length: 6 }, (_, at) => `user${at}@x.test`)
    writeFileSync(users, names.map((name) => `${name}:{PLAIN}old:::\n`).join(''), { mode: 0o640 })
    const ask = (user: string) => {
      const child = spawn('python3', [program], { stdio: ['pipe', 'ignore', 'ignore'] })
      child.stdin.end(JSON.stringify({ user, old: 'old', new: 'something new' }))
      return once(child, 'exit').then(([code]) => code as number)
    }
    expect(await Promise.all(names.map((name) => ask(name.toUpperCase())))).toEqual(names.map(() => 0))
    expect(await ask('nobody@x.test')).toBe(1)
    const lines = readFileSync(users, 'utf8').trim().split('\n')
    expect(lines).toEqual(names.map((name) => expect.stringMatching(`^${name}:\\{SHA512-CRYPT\\}[^:]+:::$`)))
    expect([statSync(users).mode & 0o777, readdirSync(folder).sort()]).toEqual([
      0o640,
      ['program.py', 'users'],
    ])
    // What failed says nothing about the old password.
    rmSync(users)
    expect(await ask(names[0]!)).toBe(70)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it.skipIf(whyNot('posthorn'))('a door that does not answer changes nothing, and says so', async () => {
  const system = await startMailSystem('posthorn')
  const web = await startWeb(system, { env: { POSTHORN_PASSWORD_CHANGE: 'unix:/nowhere/control.sock' } })
  try {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
    const body = { old: system.users.alice.password, new: 'something new' }
    const answer = await visitor.call('PUT', '/password', body)
    expect([answer.status, answer.body()]).toMatchObject([502, { error: { code: 'password-unsure' } }])
    expect((await visitorOf(web).signIn(system.users.alice)).status).toBe(200)
  } finally {
    await web.stop()
    await system.stop()
  }
})

// DESIGN.md decision 10: kill -9 at any moment loses nothing that was acknowledged, and puts nothing into a
// mailbox twice.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readConfig, type Environment } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { leaveDrop } from '../../src/queue/maildrop'
import { serve } from '../../src/serve'
import { dialog } from '../support/dialog'
import { prepareHome } from '../support/first-start'
import { startProcess, type ServerProcess } from '../support/process'
import { password, readMaildir, testEnvironment } from '../support/server'

const rounds = Number(process.env.POSTHORN_CRASH_ROUNDS ?? 4)
const long = { timeout: 60_000 + rounds * 15_000 }
const homes: string[] = []
afterEach(() => homes.splice(0).forEach((home) => rmSync(home, { recursive: true, force: true })))

const users = ['alice@posthorn.test', 'bob@posthorn.test', 'carol@posthorn.test']

const newHome = async () => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-crash-'))
  homes.push(home)
  const env = testEnvironment(home)
  await prepareHome(readConfig(env), users, password)
  return { home, env }
}

interface Sent {
  token: string
  to: string[]
  from?: string
  notify?: 'SUCCESS'
}

/** Sends one message; answers whether it was acknowledged. */
const sendOne = async (
  port: number,
  { token, to, from = 'sender@client.example', notify }: Sent,
): Promise<boolean> => {
  const talk = await dialog(port)
  try {
    await talk.reply()
    await talk.say('EHLO client.example')
    await talk.say(`MAIL FROM:<${from}>`)
    for (const each of to) await talk.say(`RCPT TO:<${each}>${notify ? ` NOTIFY=${notify}` : ''}`)
    if (!(await talk.say('DATA')).startsWith('354')) return false
    talk.send(`Subject: ${token}\r\nFrom: ${from}\r\n\r\n${'some text\r\n'.repeat(50)}.\r\n`)
    return (await talk.reply()).startsWith('250')
  } finally {
    talk.end()
  }
}

/** How often each token lies in each mailbox; reports aside. */
const countIn = (home: string, user: string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const text of readMaildir(home, user)) {
    if (text.startsWith('Return-Path: <>')) continue
    const token = /^Subject: (\S+)/m.exec(text)?.[1] ?? ''
    counts.set(token, (counts.get(token) ?? 0) + 1)
  }
  return counts
}

/** Once more without a crash, until nothing waits; in this process, which costs a fifth of one more. */
const settled = async (env: Environment) => {
  const server = await serve(
    readConfig(env),
    createLog('error', () => {}),
  )
  await server.idle()
  await server.stop()
}

const check = (home: string, acknowledged: readonly Sent[]) => {
  for (const user of users) {
    const counts = countIn(home, user)
    const missing = acknowledged.filter(({ token, to }) => to.includes(user) && !counts.has(token))
    expect(missing, `acknowledged, but not in ${user}`).toEqual([])
    expect(
      [...counts].filter(([, count]) => count > 1),
      `twice in ${user}`,
    ).toEqual([])
  }
}

const recipientsOf = (n: number): string[] => (n % 3 === 0 ? users : [users[n % 3] as string])

/** Of what goes straight into one mailbox. */
const straight = [
  'journal-written',
  'journal-synced',
  'direct-delivering',
  'direct-delivered',
  'direct-settled',
]

/** Every durable step of a message's way, as the queue names them: before it, after it. */
const steps = [
  ...straight,
  'written',
  'file-synced',
  'folder-synced',
  'rows-synced',
  'committed',
  'delivering',
  'delivered',
  'recorded',
  'forgotten',
  'removed',
]

const alive = ({ child }: ServerProcess) => child.exitCode === null && child.signalCode === null

/** Four senders until the server dies at the step; answers what was acknowledged. */
const sendUntilKilled = async (env: Environment, step: string, more: Partial<Sent> = {}): Promise<Sent[]> => {
  const acknowledged: Sent[] = []
  const server = await startProcess({ ...env, POSTHORN_TEST_CRASH: `${step}:4` })
  let sender = 0
  const senders = Array.from({ length: 4 }, async () => {
    while (alive(server) && sender < 60) {
      const n = sender++
      const sent = { token: `${step}-${n}`, to: recipientsOf(n), ...more }
      if (await sendOne(server.doors.smtp as number, sent)) acknowledged.push(sent)
    }
  })
  expect(await server.ended).toBe('SIGKILL')
  await Promise.all(senders)
  return acknowledged
}

test.each(steps)('kill -9 at the step "%s"', long, async (step) => {
  const { home, env } = await newHome()
  const acknowledged = await sendUntilKilled(env, step)
  await settled(env)
  check(home, acknowledged)
})

test.each(['direct-kept', 'direct-revoked'])(
  'kill -9 at the step "%s": what cannot be delivered straight is the queue\'s, once',
  long,
  async (step) => {
    const { home, env } = await newHome()
    const acknowledged = await sendUntilKilled({ ...env, POSTHORN_TEST_BREAK: 'direct-delivering' }, step, {
      to: ['bob@posthorn.test'],
    })
    await settled(env)
    check(home, acknowledged)
  },
)

test.each(['report-written', 'report-spooled', 'report-committed'])(
  'kill -9 at the step "%s": who asked to be told is told once',
  long,
  async (step) => {
    const { home, env } = await newHome()
    const bob = 'bob@posthorn.test'
    const asked = await sendUntilKilled(env, step, {
      from: 'alice@posthorn.test',
      to: [bob],
      notify: 'SUCCESS',
    })
    await settled(env)
    check(home, asked)
    const reports = readMaildir(home, 'alice@posthorn.test').filter((text) =>
      text.includes('Action: delivered'),
    )
    const tokens = reports.map((text) => /^Subject: (report\S+)/m.exec(text)?.[1] ?? '')
    expect(tokens.length).toBe(new Set(tokens).size)
    for (const { token } of asked) expect(tokens).toContain(token)
  },
)

test.each(['drop-read', 'drop-queued', 'drop-removed'])(
  'kill -9 at the step "%s": what sendmail left is delivered once',
  long,
  async (step) => {
    const { home, env } = await newHome()
    const sent = Array.from({ length: 8 }, (_, n) => ({ token: `${step}-${n}`, to: recipientsOf(n) }))
    for (const { token, to } of sent) {
      const drop = { sender: 'alice@posthorn.test', recipients: to, user: 'cron' }
      await leaveDrop(home, drop, Buffer.from(`Subject: ${token}\r\n\r\nx\r\n`))
    }
    const server = await startProcess({ ...env, POSTHORN_TEST_CRASH: `${step}:3` }).catch(() => null)
    // It may die before it is ready: what waits is taken at the start.
    if (server) expect(await server.ended).toBe('SIGKILL')
    // The first run takes what was left, the second delivers what the first had no time for.
    await settled(env)
    await settled(env)
    check(home, sent)
    for (const { token, to } of sent)
      for (const user of to) expect(countIn(home, user).get(token), token).toBe(1)
  },
)

test('rows whose bytes a power cut took are not delivered, and what was whole is', long, async () => {
  const { home, env } = await newHome()
  // Four in the queue, none of them delivered, and nothing else under way.
  const hold = { POSTHORN_TEST_BREAK: 'delivering', POSTHORN_TEST_CRASH: 'committed:4' }
  const server = await startProcess({ ...env, ...hold })
  const acknowledged: Sent[] = []
  for (let n = 0; n < 4; n++) {
    const sent = { token: `power-${n}`, to: users }
    if (await sendOne(server.doors.smtp as number, sent)) acknowledged.push(sent)
  }
  expect(await server.ended).toBe('SIGKILL')
  expect(acknowledged).toHaveLength(3)
  const folder = join(home, 'mail', 'spool', 'messages')
  const [torn = '', gone = '', ...whole] = readdirSync(folder)
  expect(whole).toHaveLength(2)
  const size = statSync(join(folder, torn)).size
  writeFileSync(join(folder, torn), Buffer.alloc(size))
  rmSync(join(folder, gone))
  await settled(env)
  const all = users.flatMap((user) => readMaildir(home, user))
  expect(all.filter((text) => text.startsWith('\0'))).toEqual([])
  expect(readdirSync(join(home, 'mail', 'spool', 'torn'))).toEqual([torn])
  for (const user of users) expect(countIn(home, user).size).toBe(2)
})

test('what sendmail left is kept until the queue has proven that its own copy is whole', long, async () => {
  const { home, env } = await newHome()
  // Two, for the spool: a single one would be in the journal.
  const to = ['alice@posthorn.test', 'bob@posthorn.test']
  const drop = { sender: 'alice@posthorn.test', recipients: to, user: 'cron' }
  const id = await leaveDrop(home, drop, Buffer.from('Subject: left\r\n\r\nx\r\n'))
  const server = await startProcess({ ...env, POSTHORN_TEST_CRASH: 'drop-queued:1' }).catch(() => null)
  if (server) expect(await server.ended).toBe('SIGKILL')
  const file = join(home, 'mail', 'spool', 'messages', id)
  // A file of its own: what was delivered before the kill is a link to the old one.
  const { size } = statSync(file)
  rmSync(file)
  writeFileSync(file, Buffer.alloc(size))
  await settled(env)
  await settled(env)
  expect(countIn(home, to[0] as string)).toEqual(new Map([['left', 1]]))
})

test('kill -9 again and again while ten senders deliver', long, async () => {
  const { home, env } = await newHome()
  const acknowledged: Sent[] = []
  for (let round = 0; round < rounds; round++) {
    const server: ServerProcess = await startProcess(env)
    let n = 0
    let killed = false
    let begun = (): void => undefined
    // The moment is random, and however slow the machine, something was acknowledged before it.
    const first = new Promise<void>((done) => (begun = done))
    const senders = Array.from({ length: 10 }, async () => {
      while (!killed) {
        const sent = { token: `round-${round}-${n++}`, to: recipientsOf(n) }
        if (!(await sendOne(server.doors.smtp as number, sent))) continue
        acknowledged.push(sent)
        begun()
      }
    })
    await first
    await new Promise((done) => setTimeout(done, Math.random() * 500))
    killed = true
    await server.kill()
    await Promise.all(senders)
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds)
  await settled(env)
  check(home, acknowledged)
})

test('SIGTERM finishes deliveries under way and exits 0', long, async () => {
  const { home, env } = await newHome()
  const server = await startProcess(env)
  const sent = Array.from({ length: 30 }, (_, n) => ({ token: `term-${n}`, to: users }))
  const answers = await Promise.all(sent.map((each) => sendOne(server.doors.smtp as number, each)))
  expect(await server.stop()).toBe(0)
  expect(answers.every(Boolean)).toBe(true)
  await settled(env)
  check(home, sent)
})

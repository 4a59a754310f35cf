// DESIGN.md decision 10: kill -9 at any moment loses nothing that was acknowledged, and puts nothing into a
// mailbox twice.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { realClock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import { dialog } from '../support/dialog'
import { startProcess, type ServerProcess } from '../support/process'
import { password, readMaildir, testEnvironment } from '../support/server'

const long = { timeout: 60_000 }
const homes: string[] = []
afterEach(() => homes.splice(0).forEach((home) => rmSync(home, { recursive: true, force: true })))

const users = ['alice@posthorn.test', 'bob@posthorn.test', 'carol@posthorn.test']

const newHome = async () => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-crash-'))
  homes.push(home)
  const env = testEnvironment(home)
  const directory = openDirectory({
    config: readConfig(env),
    clock: realClock,
    log: createLog('error', () => {}),
  })
  for (const user of users) await directory.addUser(user, password)
  directory.close()
  return { home, env }
}

interface Sent {
  token: string
  to: string[]
}

/** Sends one message; answers whether it was acknowledged. */
const sendOne = async (port: number, { token, to }: Sent): Promise<boolean> => {
  const talk = await dialog(port)
  try {
    await talk.reply()
    await talk.say('EHLO client.example')
    await talk.say('MAIL FROM:<sender@client.example>')
    for (const each of to) await talk.say(`RCPT TO:<${each}>`)
    if (!(await talk.say('DATA')).startsWith('354')) return false
    talk.send(`Subject: ${token}\r\nFrom: sender@client.example\r\n\r\n${'some text\r\n'.repeat(50)}.\r\n`)
    return (await talk.reply()).startsWith('250')
  } finally {
    talk.end()
  }
}

/** How often each token lies in each mailbox. */
const countIn = (home: string, user: string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const text of readMaildir(home, user)) {
    const token = /^Subject: (\S+)/m.exec(text)?.[1] ?? ''
    counts.set(token, (counts.get(token) ?? 0) + 1)
  }
  return counts
}

/** Once more without a crash, until nothing waits. */
const settled = async (env: ReturnType<typeof testEnvironment>) => {
  const server = await startProcess({ ...env, POSTHORN_TEST_DRAIN: '1' })
  expect(await server.ended).toBe('0')
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

test.each(['spooled', 'committed', 'delivering', 'delivered'])(
  'kill -9 at the step "%s"',
  long,
  async (step) => {
    const { home, env } = await newHome()
    const acknowledged: Sent[] = []
    const server = await startProcess({ ...env, POSTHORN_TEST_CRASH: `${step}:4` })
    let sender = 0
    const alive = () => server.child.exitCode === null && server.child.signalCode === null
    const senders = Array.from({ length: 4 }, async () => {
      while (alive() && sender < 40) {
        const n = sender++
        const sent = { token: `${step}-${n}`, to: recipientsOf(n) }
        if (await sendOne(server.doors.smtp as number, sent)) acknowledged.push(sent)
      }
    })
    expect(await server.ended).toBe('SIGKILL')
    await Promise.all(senders)
    await settled(env)
    check(home, acknowledged)
  },
)

test('kill -9 again and again while ten senders deliver', long, async () => {
  const { home, env } = await newHome()
  const rounds = Number(process.env.POSTHORN_CRASH_ROUNDS ?? 4)
  const acknowledged: Sent[] = []
  for (let round = 0; round < rounds; round++) {
    const server: ServerProcess = await startProcess(env)
    let n = 0
    let killed = false
    const senders = Array.from({ length: 10 }, async () => {
      while (!killed) {
        const sent = { token: `round-${round}-${n++}`, to: recipientsOf(n) }
        if (await sendOne(server.doors.smtp as number, sent)) acknowledged.push(sent)
      }
    })
    await new Promise((done) => setTimeout(done, 150 + Math.random() * 400))
    killed = true
    await server.kill()
    await Promise.all(senders)
  }
  expect(acknowledged.length).toBeGreaterThan(rounds)
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

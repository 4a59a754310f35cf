// What the supervisor does when somebody ends it, and when something ends one of its parts. Needs the built programs.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openMailbox } from '../../e2e/servers/mailbox'
import { anyPorts } from '../../e2e/servers/ports'
import { repository } from '../../e2e/servers/repository'
import { launch, readyLine, type Running } from '../../e2e/servers/running'
import { visitorOf } from '../../e2e/servers/visitor'

const host = '127.0.0.1'
const until = { timeout: 60_000, interval: 20 }
/** Three starts of everything, beside whatever else the machine does. */
const MOST_MS = 240_000

let home = ''
let program: Running | null = null
const listening: Server[] = []
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'posthorn-crash-'))))
afterEach(async () => {
  await program?.end('SIGTERM')
  listening.splice(0).forEach((server) => server.close())
  rmSync(home, { recursive: true, force: true })
})

const posthorn = (env: Record<string, string> = {}): Running =>
  (program = launch({
    command: process.execPath,
    args: ['bin/posthorn.mjs', 'start'],
    cwd: repository,
    env: { POSTHORN_HOME: home, ...anyPorts, ...env },
  }))
const url = (line: string) => /running: {2}(\S+)/.exec(line)?.[1] ?? null
const says = (words: string) => (line: string) => (line.includes(words) ? line : null)

const mailLog = () => readFileSync(join(home, 'logs', 'mailserver.log'), 'utf8').split('\n')
interface Doors {
  smtp: number
  submission: number
  imap: number
}
const doorsNow = (): Doors =>
  mailLog()
    .map((line) => readyLine<{ doors: Doors }>(line)?.doors)
    .findLast((doors) => doors !== undefined) as Doors

/** The supervisor's child that runs this program. */
const processOf = (running: Running, script: string): number => {
  const children = readFileSync(`/proc/${running.pid}/task/${running.pid}/children`, 'utf8').trim().split(' ')
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script))
  return Number(found)
}

/** A host that takes one message and holds its last reply back until it is told to give it. */
const slowHost = async () => {
  let arrived = () => {}
  let answer = () => {}
  const handedOver = new Promise<void>((done) => (arrived = done))
  const allowed = new Promise<void>((done) => (answer = done))
  const taken: string[] = []
  const talk = (socket: Socket) => {
    const say = (line: string) => socket.write(`${line}\r\n`)
    let message: string[] | null = null
    socket.on('error', () => socket.destroy())
    say('220 slow.example ESMTP')
    createInterface({ input: socket }).on('line', async (line) => {
      if (message && line !== '.') return void message.push(line)
      if (message) {
        taken.push(message.join('\n'))
        message = null
        arrived()
        await allowed
        return say('250 2.0.0 taken')
      }
      if (line === 'DATA') {
        message = []
        return say('354 go on')
      }
      say(line === 'QUIT' ? '221 bye' : '250 ok')
    })
  }
  const server = createServer(talk)
  listening.push(server)
  await new Promise<void>((done) => server.listen(0, host, done))
  return { port: (server.address() as AddressInfo).port, handedOver, answer: () => answer(), taken }
}

it(
  'Ctrl-C finishes a delivery that is under way, once, and then ends everything',
  { timeout: MOST_MS },
  async () => {
    const relay = await slowHost()
    const env = {
      POSTHORN_DOMAIN: 'posthorn.test',
      POSTHORN_RELAY_HOST: `${host}:${relay.port}`,
      POSTHORN_RELAY_TLS: 'off',
    }
    const alice = { address: 'alice@posthorn.test', password: 'correct horse' }
    execFileSync(process.execPath, ['bin/posthorn.mjs', 'user', 'add', alice.address], {
      cwd: repository,
      env: { ...process.env, POSTHORN_HOME: home, ...env },
      input: `${alice.password}\n`,
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    const first = posthorn(env)
    await first.line(url, until.timeout)
    const auth = { user: alice.address, pass: alice.password }
    const door = { host, port: doorsNow().submission, auth, tls: { rejectUnauthorized: false } }
    const letter = { from: alice.address, to: 'hana@far.example', subject: 'On its way' }
    await createTransport(door).sendMail(letter)
    await relay.handedOver

    process.kill(first.pid, 'SIGINT')
    await first.line(says('deliveries under way are finished first'))
    await vi.waitFor(() => expect(mailLog().join('\n')).toContain('"stopping"'), until)
    relay.answer()
    expect(await first.exited).toBe(0)
    expect(mailLog().filter((line) => line.includes('"delivered"'))).toHaveLength(1)

    const again = posthorn(env)
    await again.line(url, until.timeout)
    const left = execFileSync(process.execPath, ['bin/posthorn.mjs', 'queue', 'list', '--json'], {
      cwd: repository,
      env: { ...process.env, POSTHORN_HOME: home, ...env },
      encoding: 'utf8',
    })
    expect(left).not.toContain('hana@far.example')
    expect(relay.taken).toHaveLength(1)
  },
)

it(
  'brings each part back after kill -9, waits longer the second time, and nobody is signed out',
  { timeout: MOST_MS },
  async () => {
    const running = posthorn()
    const address = await running.line(url, until.timeout)
    const alice = { address: 'alice@posthorn.test', password: 'posthorn' }
    const visitor = visitorOf({ url: address })
    expect((await visitor.signIn(alice)).status).toBe(200)
    const { smtp, imap } = doorsNow()
    const sender = createTransport({ host, port: smtp, tls: { rejectUnauthorized: false } })
    await sender.sendMail({ from: 'dora@far.example', to: alice.address, subject: 'Acknowledged' })

    for (const wait of ['0.5 s', '1 s']) {
      process.kill(processOf(running, 'posthorn-mail.cjs'), 'SIGKILL')
      const words = `The mail server was ended by SIGKILL; starting it again in ${wait}. Why: `
      expect(await running.line(says(words))).toContain(join(home, 'logs', 'mailserver.log'))
      await vi.waitFor(
        () => expect(mailLog().filter((line) => readyLine(line)).length).toBe(wait === '1 s' ? 3 : 2),
        until,
      )
    }
    await running.line(says('The mail server runs again'), until.timeout)
    expect(doorsNow()).toMatchObject({ smtp, imap })
    const mailbox = await openMailbox({ imap: { host, port: imap } }, alice)
    await mailbox.until('INBOX', (messages) => messages.some(({ subject }) => subject === 'Acknowledged'))
    await mailbox.close()

    process.kill(processOf(running, 'web.mjs'), 'SIGKILL')
    await running.line(says('The web app was ended by SIGKILL; starting it again in 0.5 s'))
    await running.line(says('The web app runs again'), until.timeout)
    expect((await visitor.call('GET', '/accounts/0/mailboxes')).status).toBe(200)
  },
)

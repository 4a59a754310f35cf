// The mail server in a folder of its own, with the packages it declares and no others: it builds,
// starts, delivers and passes a part of its tests. `npm run test:long -- mailserver-alone` installs from its own
// lock file and runs all of them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMailbox } from '../../e2e/servers/mailbox'
import { repository } from '../../e2e/servers/repository'
import { launch, readyLine } from '../../e2e/servers/running'
import { copyTo } from './copy'

/** Compiling and starting anew, beside whatever else the machine does. */
const MOST_MS = 180_000

let folder = ''
let copy = ''

/** What `npm ci` would put there, without the registry: a link for each package that is declared. */
const linkDeclared = () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(copy, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>
  for (const name of [...Object.keys({ ...dependencies, ...devDependencies }), '.bin']) {
    const at = join(copy, 'node_modules', name)
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(join(repository, 'node_modules', name), at)
  }
}

const run = (program: string, ...args: string[]) => {
  try {
    return execFileSync(program, args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`)
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-copied-out-'))
  copy = join(folder, 'mail')
  copyTo(copy)
  linkDeclared()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('agrees with its lock file', () => {
  expect(run('npm', 'ls', '--all', '--package-lock-only')).toContain('posthorn-mail@')
})

it('builds, starts and takes a letter to a mailbox', { timeout: MOST_MS }, async () => {
  run('npm', 'run', '--silent', 'build')
  const doors = ['SMTP', 'SUBMISSION', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POP3S']
  const server = launch({
    command: process.execPath,
    args: ['bin/posthorn-mail.cjs', 'serve'],
    cwd: copy,
    env: {
      POSTHORN_HOME: join(folder, 'home'),
      POSTHORN_DEMO: '1',
      ...Object.fromEntries(doors.map((door) => [`POSTHORN_${door}_PORT`, '0'])),
    },
  })
  const ready = await server.line((line) => readyLine<{ doors: { smtp: number; imap: number } }>(line))
  const host = '127.0.0.1'
  const sender = createTransport({ host, port: ready.doors.smtp, tls: { rejectUnauthorized: false } })
  await sender.sendMail({ from: 'dora@example.org', to: 'alice@posthorn.test', subject: 'From far away' })
  const alice = { address: 'alice@posthorn.test', password: 'posthorn' }
  const mailbox = await openMailbox({ imap: { host, port: ready.doors.imap } }, alice)
  await mailbox.until('INBOX', (messages) => messages.some(({ subject }) => subject === 'From far away'))
  await mailbox.close()
  expect(await server.end('SIGTERM')).toBe(0)
})

it('passes its tests', { timeout: MOST_MS }, () => {
  const files = ['test/pop3/dialogs', 'test/pop3/clients']
  expect(run('npx', 'vitest', 'run', '--no-color', ...files)).toMatch(/Test Files +2 passed/)
})

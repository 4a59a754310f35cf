// The bundled mail server as a program of its own: the tests know its command line and its sockets, no more.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { MailSystem, TestUser } from './contract'
import { launch, readyLine, type Running } from './running'
import { repository } from './repository'
import { fromTemplate, keepTemplate } from './templates'
import { DOMAIN, testUsers } from './users'

interface Doors {
  smtp: number
  submission: number
  smtps: number
  imap: number
  imaps: number
  pop3: number
  pop3s: number
}

/** The bundled system has doors that Debian's set-up does not open; its own tests use them. */
export interface PosthornSystem extends MailSystem {
  kind: 'posthorn'
  doors: Doors
  home: string
  pid(): number
  /** SIGTERM, then a start on the same ports and data. */
  restart(): Promise<void>
}

const program = join(repository, 'mailserver', 'bin', 'posthorn-mail.cjs')
const anyPort: Doors = { smtp: 0, submission: 0, smtps: 0, imap: 0, imaps: 0, pop3: 0, pop3s: 0 }

const environment = (home: string, doors: Doors): Record<string, string> => ({
  POSTHORN_HOME: home,
  POSTHORN_DOMAIN: DOMAIN,
  POSTHORN_MAIL_HOST: '127.0.0.1',
  ...Object.fromEntries(
    Object.entries(doors).map(([door, port]) => [`POSTHORN_${door.toUpperCase()}_PORT`, String(port)]),
  ),
})

const addUser = (home: string, { address, password }: TestUser) =>
  execFileSync(process.execPath, [program, 'user', 'add', address], {
    cwd: repository,
    env: { ...process.env, ...environment(home, anyPort) },
    input: `${password}\n`,
    stdio: ['pipe', 'ignore', 'inherit'],
  })

const serve = async (home: string, doors: Doors): Promise<{ running: Running; doors: Doors }> => {
  const env = environment(home, doors)
  const running = launch({ command: process.execPath, args: [program, 'serve'], cwd: repository, env })
  const ready = await running.line((line) => readyLine<{ doors: Doors }>(line))
  return { running, doors: ready.doors }
}

const madeBy = 'mailserver/dist/posthorn-mail.mjs'
const accounts = (home: string) => ({
  name: 'accounts',
  madeBy,
  to: join(home, 'mail'),
  as: 'files' as const,
})
const signingKey = (home: string) => ({
  name: 'signing-key',
  madeBy,
  to: join(home, 'mail', 'dkim'),
  as: 'files' as const,
})

/** Three processes, three hashes of a password and a key for each of dozens of systems took a minute of a run: made once. */
const addUsual = (home: string) => {
  if (!fromTemplate(accounts(home))) {
    Object.values(testUsers).forEach((user) => addUser(home, user))
    keepTemplate(accounts(home))
  }
  fromTemplate(signingKey(home))
}

/** Where it keeps the mail of a user. */
export const posthornMaildir = (home: string, { address }: TestUser): string =>
  join(home, 'mail', 'users', address, 'Maildir')

/** A process for each of hundreds would take minutes: one is added, and the others with the hash of its password. */
const addCrowd = (home: string, [first, ...others]: readonly TestUser[]) => {
  if (!first) return
  addUser(home, first)
  const directory = new Database(join(home, 'mail', 'directory.db'))
  const copy = directory.prepare(
    'insert into users (address, hash) select ?, hash from users where address = ?',
  )
  directory.transaction(() => others.forEach(({ address }) => copy.run(address, first.address)))()
  directory.close()
}

export interface PosthornStart {
  users?: TestUser[]
  /** All have the password of the first. */
  crowd?: TestUser[]
  /** Before the first start, when nothing is open. */
  prepare?: (home: string) => void
}

export const startPosthorn = async ({
  users,
  crowd = [],
  prepare,
}: PosthornStart = {}): Promise<PosthornSystem> => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-own-'))
  if (users) users.forEach((user) => addUser(home, user))
  else addUsual(home)
  addCrowd(home, crowd)
  prepare?.(home)
  const first = await serve(home, anyPort)
  if (!users) keepTemplate(signingKey(home))
  const doors = first.doors
  let running = first.running
  const again = async (signal: 'SIGKILL' | 'SIGTERM') => {
    await running.end(signal)
    running = (await serve(home, doors)).running
  }
  const host = '127.0.0.1'
  return {
    kind: 'posthorn',
    home,
    pid: () => running.pid,
    doors,
    imap: { host, port: doors.imap },
    submission: { host, port: doors.submission },
    smtp: { host, port: doors.smtp },
    users: testUsers,
    passwordChange: `unix:${join(home, 'mail', 'control.sock')}`,
    group: () => running.pid,
    crash: () => again('SIGKILL'),
    restart: () => again('SIGTERM'),
    stop: async () => {
      await running.end('SIGTERM')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

// A real server in this process, on free ports and a folder of its own, for tests that need no crash.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, type Environment } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { serve, type RunningServer, type ServeParts } from '../../src/serve'
import { prepareHome } from './first-start'

export const password = 'correct horse'

export interface TestServer {
  home: string
  doors: RunningServer['doors']
  /** Bytes of each message in a user's mailbox, read from the Maildir itself. */
  mails(user: string, folder?: string): string[]
  log: Record<string, unknown>[]
  idle(): Promise<void>
  stop(): Promise<void>
}

const files = (folder: string): string[] => {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

export const readMails = (maildir: string): string[] =>
  [...files(join(maildir, 'new')), ...files(join(maildir, 'cur'))].map((file) => readFileSync(file, 'latin1'))

export const readMaildir = (home: string, user: string, folder = 'INBOX'): string[] => {
  const maildir = join(home, 'mail', 'users', user, 'Maildir')
  return readMails(folder === 'INBOX' ? maildir : join(maildir, `.${folder.replaceAll('/', '.')}`))
}

export const testEnvironment = (home: string, more: Environment = {}): Environment => ({
  POSTHORN_HOME: home,
  POSTHORN_DOMAIN: 'posthorn.test',
  POSTHORN_MAIL_HOSTNAME: 'mail.posthorn.test',
  POSTHORN_SMTP_PORT: '0',
  POSTHORN_SUBMISSION_PORT: '0',
  POSTHORN_SMTPS_PORT: '0',
  POSTHORN_LMTP_PORT: '0',
  POSTHORN_IMAP_PORT: '0',
  POSTHORN_IMAPS_PORT: '0',
  POSTHORN_POP3_PORT: '0',
  POSTHORN_POP3S_PORT: '0',
  ...more,
})

export interface Start {
  env?: Environment
  users?: readonly string[]
  prepare?: (home: string) => void
  parts?: Partial<ServeParts>
  /** Name of an LMTP socket in the data folder. */
  socket?: string
}

export const startServer = async ({
  env,
  users = ['alice', 'bob'],
  prepare,
  parts,
  socket,
}: Start = {}): Promise<TestServer> => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-smtp-'))
  const lmtp = socket ? { POSTHORN_LMTP_SOCKET: join(home, socket) } : {}
  const config = readConfig(testEnvironment(home, { ...lmtp, ...env }))
  const lines: Record<string, unknown>[] = []
  const log = createLog('debug', (line) => lines.push(JSON.parse(line) as Record<string, unknown>))
  const addressOf = (user: string) => (user.includes('@') ? user : `${user}@${config.domain}`)
  await prepareHome(config, users.map(addressOf), password)
  prepare?.(home)
  const server = await serve(config, log, parts)
  return {
    home,
    doors: server.doors,
    mails: (user, folder) => readMaildir(home, addressOf(user), folder),
    log: lines,
    idle: server.idle,
    stop: async () => {
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

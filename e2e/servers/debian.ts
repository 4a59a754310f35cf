// Debian's Dovecot and Postfix as one mail system.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MailSystem, TestUser } from './contract'
import { type DovecotExtras, fillDovecot, startDovecot } from './dovecot'
import type { Filed } from './maildir'
import { writePasswordProgram } from './password-program'
import { startPostfix } from './postfix'
import { testUsers } from './users'

/** Why Dovecot and Postfix cannot run here, in one line; null when they can. */
export const whyNoDebian = (): string | null => {
  if (process.getuid?.() !== 0) return 'Dovecot and Postfix start only as root'
  const missing = ['dovecot', 'postfix'].filter((name) => !existsSync(`/usr/sbin/${name}`))
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : null
}

interface DebianStart {
  extras?: DovecotExtras
  /** What lies in alice's inbox, and in that of each of the crowd. */
  letters?: Iterable<Filed> | undefined
  crowd?: TestUser[]
}

export const startDebian = async ({
  extras = 'none',
  letters,
  crowd = [],
}: DebianStart = {}): Promise<MailSystem> => {
  const why = whyNoDebian()
  if (why) throw new Error(why)
  const home = mkdtempSync(join(tmpdir(), 'posthorn-debian-'))
  // Sockets in a private folder would be out of reach of the daemons' own users.
  const folders = { dovecot: join(home, 'dovecot'), postfix: join(home, 'postfix') }
  chmodSync(home, 0o755)
  Object.values(folders).forEach((folder) => mkdirSync(folder))
  const users = [...Object.values(testUsers), ...crowd]
  const dovecot = await startDovecot(folders.dovecot, users, extras)
  if (letters) fillDovecot(folders.dovecot, [testUsers.alice, ...crowd], letters)
  const postfix = await startPostfix(folders.postfix, dovecot, users)
  const host = '127.0.0.1'
  return {
    kind: 'dovecot',
    imap: { host, port: dovecot.port },
    submission: { host, port: postfix.submission },
    smtp: { host, port: postfix.smtp },
    users: testUsers,
    passwordChange: writePasswordProgram(folders.dovecot),
    imapLog: () => readFileSync(join(folders.dovecot, 'dovecot.log'), 'utf8'),
    inTransit: postfix.inTransit,
    group: dovecot.pid,
    crash: dovecot.crash,
    stop: async () => {
      await postfix.stop()
      await dovecot.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

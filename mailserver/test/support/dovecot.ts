// Debian's Dovecot as the second opinion: a configuration of its own in a temporary folder, any user with the one
// password, an empty mailbox for everybody. Nothing under /etc is read or written.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { selfSigned } from '../../src/core/certificate'
import { password } from '../server'

/** Owner of the mailboxes; Dovecot keeps none as root. */
const mailUid = 5000

/** Why it cannot run here, or null. */
export const dovecotMissing = (): string | null => {
  if (!existsSync('/usr/sbin/dovecot') || !existsSync('/usr/lib/dovecot/pop3'))
    return 'did not run: Dovecot is not installed'
  return process.getuid?.() === 0 ? null : 'did not run: Dovecot needs root'
}

const specialUses = ['Drafts', 'Sent', 'Archive', 'Junk', 'Trash']
  .map((name) => `  mailbox ${name} {\n    special_use = \\${name}\n    auto = subscribe\n  }`)
  .join('\n')

// Every test is one client address: waits after a wrong password and the limit per address would fall on all.
const configuration = (folder: string, port: number, pop3: number) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 2000
first_valid_uid = ${mailUid}
first_valid_gid = ${mailUid}
mail_plugins = quota zlib
protocol imap {
  mail_plugins = quota zlib imap_quota imap_zlib
}
plugin {
  quota = count:User quota
  quota_rule = *:storage=1G
  quota_vsizes = yes
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailUid} home=${folder}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
${specialUses}
}
service imap-login {
  service_count = 0
  client_limit = 4000
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  service_count = 0
  inet_listener pop3 {
    port = ${pop3}
  }
  inet_listener pop3s {
    port = 0
  }
}
service pop3 {
  service_count = 500
}
service imap {
  service_count = 500
  process_limit = 2000
}
service auth {
  client_limit = 5000
  unix_listener ${folder}/auth-client {
    mode = 0666
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })

const greets = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (yes: boolean) => {
      socket.destroy()
      done(yes)
    }
    socket.once('data', () => answer(true))
    socket.once('error', () => answer(false)).once('close', () => answer(false))
  })

const ready = async (child: ChildProcess, port: number): Promise<void> => {
  const until = Date.now() + 30_000
  while (!(await greets(port))) {
    if (child.exitCode !== null) throw new Error(`Dovecot ended with ${child.exitCode}`)
    if (Date.now() > until) throw new Error('Dovecot does not greet')
    await after(50)
  }
}

export interface Dovecot {
  host: string
  port: number
  pop3: number
  /** Where another server asks whether a password is right. */
  authSocket: string
  /** With these messages in INBOX. */
  newUser(messages?: readonly string[]): Promise<string>
  close(): Promise<void>
}

const fill = (home: string, messages: readonly string[]) => {
  if (messages.length === 0) return
  const maildir = join(home, 'Maildir')
  for (const each of ['', 'cur', 'new', 'tmp']) mkdirSync(join(maildir, each), { recursive: true })
  for (const [index, text] of messages.entries())
    writeFileSync(join(maildir, 'new', `${1_700_000_000 + index}.M1P1.test`), text)
  execFileSync('chown', ['-R', `${mailUid}:${mailUid}`, home])
}

export const startDovecot = async (): Promise<Dovecot> => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-dovecot-'))
  const port = await freePort()
  const pop3 = await freePort()
  const made = selfSigned(['localhost'])
  chmodSync(folder, 0o755)
  for (const name of ['run', 'state', 'home']) mkdirSync(join(folder, name))
  chownSync(join(folder, 'home'), mailUid, mailUid)
  writeFileSync(join(folder, 'cert.pem'), made.certificate)
  writeFileSync(join(folder, 'key.pem'), made.key)
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port, pop3))
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  process.once('exit', () => child.kill('SIGTERM'))
  await ready(child, port)
  let users = 0
  return {
    host: '127.0.0.1',
    port,
    pop3,
    authSocket: join(folder, 'auth-client'),
    newUser: (messages = []) => {
      const user = `user${(users += 1)}@posthorn.test`
      fill(join(folder, 'home', user), messages)
      return Promise.resolve(user)
    },
    close: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

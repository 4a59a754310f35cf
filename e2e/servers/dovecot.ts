// Debian's Dovecot from a configuration of its own in a temporary folder: nothing under /etc is read or written.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Certificate, makeCertificate } from './certificate'
import type { TestUser } from './contract'
import { type Filed, fillMaildirs } from './maildir'
import { freePort, greets, isLeft } from './ports'
import { launch, type Running } from './running'

/** Owner of the mailboxes; Dovecot refuses to deliver as root. */
const MAIL_UID = 5000

export interface Dovecot {
  port: number
  lmtpSocket: string
  authSocket: string
  certificate: Certificate
  pid(): number
  crash(): Promise<void>
  stop(): Promise<void>
}

const mailboxes = [
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Archive', '\\Archive'],
  ['Junk', '\\Junk'],
  ['Trash', '\\Trash'],
]
  .map(([name, use]) => `  mailbox ${name} {\n    special_use = ${use}\n    auto = subscribe\n  }`)
  .join('\n')

/** `sharing`: folders of others by RFC 4314, and a quota of 10 kB (RFC 9208). */
export type DovecotExtras = 'none' | 'sharing'

// Debian's package brings both plugins. RFC 2342: what others share stands under `shared/`.
const sharing = (folder: string) => `
mail_plugins = acl quota
protocol imap {
  mail_plugins = acl quota imap_acl imap_quota
}
plugin {
  acl = vfile
  acl_shared_dict = file:${folder}/home/shared-mailboxes
  quota = count:User quota
  quota_rule = *:storage=10k
  quota_vsizes = yes
}
namespace others {
  type = shared
  separator = /
  prefix = shared/%%u/
  location = maildir:${folder}/home/%%u/Maildir:INDEXPVT=${folder}/home/%u/shared/%%u
  subscriptions = no
  list = children
}
`

interface Settings {
  size: 'usual' | 'crowd'
  extras: DovecotExtras
  folder: string
  port: number
  certificate: Certificate
}

/** More than a hundred connections under TLS: each would keep a login process of its own (Dovecot's "high-performance mode"). */
const manyConnections = `
default_client_limit = 10000
service imap-login {
  service_count = 0
}
service imap {
  process_limit = 4000
}`

const listeners = (folder: string, port: number) => `
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  unix_listener ${folder}/lmtp {
    mode = 0666
  }
}
service auth {
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
}`

// Every test is one client address: Dovecot's waits after a wrong password would fall on all of them.
// login_trusted_networks: the web app is one address for everybody and says whose address it forwards (ID).
const configuration = ({ folder, port, certificate, extras, size }: Settings) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificate.cert}
ssl_key = <${certificate.key}
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
login_trusted_networks = 127.0.0.0/8
mail_location = maildir:~/Maildir
mail_max_userip_connections = 40
first_valid_uid = ${MAIL_UID}
first_valid_gid = ${MAIL_UID}
postmaster_address = postmaster@posthorn.test
recipient_delimiter = +
passdb {
  driver = passwd-file
  args = ${folder}/passwd
}
userdb {
  driver = static
  args = uid=${MAIL_UID} gid=${MAIL_UID} home=${folder}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
${mailboxes}
}
${extras === 'sharing' ? sharing(folder) : ''}
${listeners(folder, port)}
${size === 'crowd' ? manyConnections : ''}
`

const start = async (folder: string, port: number): Promise<Running> => {
  const program = launch({ command: 'dovecot', args: ['-F', '-c', join(folder, 'dovecot.conf')] })
  await greets(port, program)
  return program
}

/** Where it keeps the mail of a user, and whose files they must be. */
export const dovecotMaildir = (folder: string, { address }: TestUser) => ({
  path: join(folder, 'home', address, 'Maildir'),
  owner: MAIL_UID,
})

/** The same letters for each, before anybody signs in. */
export const fillDovecot = (folder: string, users: readonly TestUser[], letters: Iterable<Filed>): void => {
  const places = users.map((user) => dovecotMaildir(folder, user))
  fillMaildirs(
    places.map(({ path }) => path),
    letters,
  )
  for (const { path, owner } of places) execFileSync('chown', ['-R', `${owner}:${owner}`, dirname(path)])
}

export const startDovecot = async (
  folder: string,
  users: TestUser[],
  extras: DovecotExtras = 'none',
): Promise<Dovecot> => {
  const port = await freePort()
  const certificate = makeCertificate(folder)
  for (const name of ['run', 'state', 'home']) mkdirSync(join(folder, name))
  chmodSync(folder, 0o755)
  chownSync(join(folder, 'home'), MAIL_UID, MAIL_UID)
  const size = users.length > 50 ? 'crowd' : 'usual'
  const passwords = users.map(({ address, password }) => `${address}:{PLAIN}${password}`).join('\n')
  writeFileSync(join(folder, 'passwd'), `${passwords}\n`, { mode: 0o644 })
  writeFileSync(join(folder, 'dovecot.conf'), configuration({ folder, port, certificate, extras, size }))
  let program = await start(folder, port)
  return {
    port,
    lmtpSocket: join(folder, 'lmtp'),
    authSocket: join(folder, 'auth-client'),
    certificate,
    pid: () => program.pid,
    crash: async () => {
      await program.end('SIGKILL')
      // A master that finds the socket of the last one answered does not start.
      await isLeft(join(folder, 'run', 'login', 'login'))
      program = await start(folder, port)
    },
    stop: async () => void (await program.end('SIGTERM')),
  }
}

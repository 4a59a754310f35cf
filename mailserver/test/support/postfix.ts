// Debian's Postfix as the second opinion and as a neighbour to exchange mail with: configuration, queue and mailboxes
// in a temporary folder. Nothing under /etc is read or written.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from '../../src/core/certificate'
import { readMails } from './server'

const master = '/usr/lib/postfix/sbin/master'

/** Why it cannot run here, or null. */
export const postfixMissing = (): string | null => {
  if (!existsSync(master)) return 'did not run: Postfix is not installed'
  return process.getuid?.() === 0 ? null : 'did not run: Postfix needs root'
}

export interface Postfix {
  port: number
  submission: number
  smtps: number
  folder: string
  mails(user: string): string[]
  stop(): Promise<void>
}

export interface PostfixOptions {
  host?: string
  domain: string
  users: readonly string[]
  port?: number
  /** Lines of main.cf, behind ours. */
  more?: string
}

const idOf = (...asked: string[]) => Number(execFileSync('id', asked, { encoding: 'utf8' }))

export const freePort = async (host: string): Promise<number> => {
  const server = createServer()
  await once(server.listen(0, host), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const table = (pairs: readonly string[][]) =>
  `inline:{${pairs.map(([key, value]) => `{${key} = ${value}}`).join(', ')}}`

const mainCf = (folder: string, { host = '127.0.0.1', domain, users, more = '' }: PostfixOptions) => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
myhostname = mail.${domain}
mydomain = ${domain}
myorigin = ${domain}
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_bind_address = ${host}
mynetworks = 192.0.2.1/32
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = ${table(users.map((user) => [`${user}@${domain}`, `${user}/`]))}
virtual_minimum_uid = 1
virtual_uid_maps = static:${idOf('-u', 'postfix')}
virtual_gid_maps = static:${idOf('-g', 'postfix')}
virtual_alias_maps = ${table([
  [`postmaster@${domain}`, `${users[0]}@${domain}`],
  [`abuse@${domain}`, `${users[0]}@${domain}`],
])}
recipient_delimiter = +
smtp_dns_support_level = disabled
smtp_host_lookup = native
message_size_limit = 100000
smtpd_recipient_limit = 5
smtpd_relay_restrictions = reject_unauth_destination
smtpd_forbid_bare_newline = reject
smtpd_forbid_bare_newline_exclusions =
smtpd_data_restrictions = reject_unauth_pipelining
smtpd_helo_required = yes
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
smtpd_peername_lookup = no
${more}
`

// Postfix refuses loopback addresses beyond the first as inet_interfaces, and listens on them when a service names them.
interface Ports {
  port: number
  submission: number
  smtps: number
}

const masterCf = (host: string, { port, submission, smtps }: Ports) => `
${host}:${port} inet n - n - - smtpd
${host}:${submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o { smtpd_client_restrictions = permit_sasl_authenticated, reject }
${host}:${smtps} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o { smtpd_client_restrictions = permit_sasl_authenticated, reject }
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

const greets = (host: string, port: number) =>
  new Promise<void>((done) => {
    const look = () => {
      const socket = connect({ host, port })
      socket.once('data', () => {
        socket.destroy()
        done()
      })
      socket.once('error', () => setTimeout(look, 50))
    }
    look()
  })

export const startPostfix = async (options: PostfixOptions): Promise<Postfix> => {
  const { host = '127.0.0.1', domain } = options
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-postfix-'))
  const port = options.port ?? (await freePort(host))
  const [submission, smtps] = [await freePort(host), await freePort(host)]
  chmodSync(folder, 0o755)
  for (const name of ['etc', 'queue', 'data', 'mail']) mkdirSync(join(folder, name))
  for (const name of ['data', 'mail']) chownSync(join(folder, name), idOf('-u', 'postfix'), 0)
  const { key, certificate } = selfSigned([`mail.${domain}`])
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
  writeFileSync(join(folder, 'cert.pem'), certificate)
  writeFileSync(join(folder, 'etc', 'main.cf'), mainCf(folder, options))
  writeFileSync(join(folder, 'etc', 'master.cf'), masterCf(host, { port, submission, smtps }))
  const env = { ...process.env, MAIL_CONFIG: join(folder, 'etc') }
  execFileSync('postfix', ['check'], { env, stdio: 'pipe' })
  const program = spawn(master, ['-s'], { env, stdio: 'ignore' })
  const ended = once(program, 'exit')
  await Promise.race([
    Promise.all([greets(host, port), greets(host, submission)]),
    ended.then(() => Promise.reject(new Error(`Postfix did not start: see ${folder}/postfix.log`))),
  ])
  return {
    port,
    submission,
    smtps,
    folder,
    mails: (user) => readMails(join(folder, 'mail', user)),
    stop: async () => {
      program.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

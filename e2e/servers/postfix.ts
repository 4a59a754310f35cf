// Debian's Postfix from a configuration and a queue of its own, delivering to Dovecot by LMTP.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, writeFileSync, chownSync } from 'node:fs'
import { join } from 'node:path'
import type { TestUser } from './contract'
import type { Dovecot } from './dovecot'
import { freePort, greets } from './ports'
import { launch } from './running'
import { DOMAIN } from './users'

export interface Postfix {
  smtp: number
  submission: number
  inTransit(): number
  stop(): Promise<void>
}

const idOf = (user: string) => Number(execFileSync('id', ['-u', user], { encoding: 'utf8' }))
const table = (addresses: string[]) => `inline:{${addresses.map((it) => `{${it}=${it}}`).join(', ')}}`

const mainCf = (folder: string, dovecot: Dovecot, addresses: string[]) => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
myhostname = mail.${DOMAIN}
mydomain = ${DOMAIN}
myorigin = ${DOMAIN}
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 192.0.2.1/32
virtual_mailbox_domains = ${DOMAIN}
virtual_mailbox_maps = ${table(addresses)}
virtual_transport = lmtp:unix:${dovecot.lmtpSocket}
recipient_delimiter = +
default_transport = error:5.4.4 this mail system stands alone
smtp_dns_support_level = disabled
message_size_limit = 52428800
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_reject_unlisted_recipient = yes
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${dovecot.certificate.cert}
smtpd_tls_key_file = ${dovecot.certificate.key}
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${dovecot.authSocket}
smtpd_sender_login_maps = ${table(addresses)}
`

const submissionOptions = [
  'syslog_name=postfix/submission',
  'smtpd_tls_security_level=encrypt',
  'smtpd_sasl_auth_enable=yes',
  '{ smtpd_client_restrictions = permit_sasl_authenticated, reject }',
  '{ smtpd_sender_restrictions = reject_sender_login_mismatch }',
]
  .map((option) => `  -o ${option}`)
  .join('\n')

const masterCf = (smtp: number, submission: number) => `
127.0.0.1:${smtp} inet n - n - - smtpd
127.0.0.1:${submission} inet n - n - - smtpd
${submissionOptions}
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

/** In the order in which a message goes through them, so that none is missed between two. */
const inTransit = (folder: string): number =>
  ['maildrop', 'incoming', 'active', 'deferred']
    .flatMap((queue) => readdirSync(join(folder, 'queue', queue), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile()).length

export const startPostfix = async (folder: string, dovecot: Dovecot, users: TestUser[]): Promise<Postfix> => {
  const [smtp, submission] = [await freePort(), await freePort()]
  for (const name of ['etc', 'queue', 'data']) mkdirSync(join(folder, name))
  chmodSync(folder, 0o755)
  chownSync(join(folder, 'data'), idOf('postfix'), 0)
  const addresses = users.map(({ address }) => address)
  writeFileSync(join(folder, 'etc', 'main.cf'), mainCf(folder, dovecot, addresses))
  writeFileSync(join(folder, 'etc', 'master.cf'), masterCf(smtp, submission))
  // `postfix start-fg` would put its master in a process group of its own, out of reach of `end`.
  const environment = { MAIL_CONFIG: join(folder, 'etc') }
  execFileSync('postfix', ['check'], { env: { ...process.env, ...environment }, stdio: 'ignore' })
  const program = launch({ command: '/usr/lib/postfix/sbin/master', args: ['-s'], env: environment })
  await greets(smtp, program)
  await greets(submission, program)
  return {
    smtp,
    submission,
    inTransit: () => inTransit(folder),
    stop: async () => void (await program.end('SIGTERM')),
  }
}

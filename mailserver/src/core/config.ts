// The only place that reads the environment and posthorn.toml. What it returns is complete and checked:
// a wrong value stops the start with the key, where it was set and what was expected.
//
// Order, the later wins: default, $POSTHORN_HOME/posthorn.toml, POSTHORN_<KEY>_FILE, POSTHORN_<KEY>.
// Keys that the web app owns stand in the same file; they are not ours to judge.
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { ConfigError } from './errors'

const port = z.union([z.literal('off'), z.coerce.number().int().min(0).max(65535)])
const list = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((item) => item.trim())
          .filter(Boolean)
      : value,
  z.array(z.string()),
)
const flag = z.preprocess(
  (value) => (typeof value === 'string' ? ['1', 'true', 'yes', 'on'].includes(value.toLowerCase()) : value),
  z.boolean(),
)
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const domainName = z
  .string()
  .toLowerCase()
  .regex(
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'a domain name',
  )
const tlsMode = z.enum(['off', 'optional', 'required'])

/** Every key of the mail server beside its default and what it means; docs and `config` are made from this. */
export const keys = {
  mail_host: [z.string(), '127.0.0.1', 'Address the mail doors listen on'],
  domain: [domainName.optional(), undefined, 'Mail domain of this site (demo: posthorn.test)'],
  mail_domains: [list, [], 'Further domains whose mail is kept here'],
  mail_hostname: [domainName.optional(), undefined, 'Name of this server in greetings and Received lines'],
  demo: [flag, false, 'Demo accounts; mail to other domains is captured, never sent'],
  smtp_port: [port, 25, 'Transfer from other servers'],
  submission_port: [port, 587, 'Submission with STARTTLS'],
  smtps_port: [port, 465, 'Submission with TLS from the start'],
  lmtp_port: [port, 'off', 'LMTP, for another MTA that delivers into this store'],
  lmtp_socket: [z.string().optional(), undefined, 'LMTP on a unix socket at this path'],
  imap_port: [port, 143, 'IMAP with STARTTLS'],
  imaps_port: [port, 993, 'IMAP with TLS from the start'],
  pop3_port: [port, 110, 'POP3 with STLS'],
  pop3s_port: [port, 995, 'POP3 with TLS from the start'],
  control_socket: [
    z.string().optional(),
    undefined,
    'Unix socket on which the web app changes passwords; default mail/control.sock in the data folder, off = none',
  ],
  metrics_host: [z.string(), '127.0.0.1', 'Address on which the metrics are given to Prometheus'],
  mail_metrics_port: [
    port,
    'off',
    'Port of the metrics of the mail server, under /metrics at `metrics_host`; the control socket gives them, too',
  ],
  tls_certificate: [z.string().optional(), undefined, 'PEM file; without it a self-signed one is made'],
  tls_key: [z.string().optional(), undefined, 'PEM file with the private key'],
  smtp_tls: [tlsMode, 'optional', 'TLS on the transfer door'],
  submission_tls: [
    tlsMode,
    'required',
    'TLS on the submission door; a password in the clear is taken from this machine alone, whatever is said here',
  ],
  trusted_networks: [list, [], 'Networks (CIDR) that may relay without signing in'],
  xclient_hosts: [list, [], 'Addresses that may use XCLIENT and XFORWARD'],
  proxy_protocol_hosts: [
    list,
    [],
    'Proxies (CIDR) that begin each connection with the PROXY protocol (1 or 2), and must',
  ],
  message_size_limit: [count(10_000, 1_000_000_000), 52_428_800, 'Bytes of the largest message taken'],
  recipient_limit: [count(1, 100_000), 1000, 'Recipients of one message'],
  connection_limit: [count(1, 100_000), 1000, 'Open connections per door'],
  connections_per_address: [
    count(1, 100_000),
    100,
    'Open SMTP connections per foreign address (of IPv6, a /64)',
  ],
  messages_per_address: [
    count(1, 10_000_000),
    10_000,
    'Messages a foreign address that nobody trusts may bring in an hour',
  ],
  recipients_per_address: [
    count(1, 10_000_000),
    50_000,
    'Recipients such an address may name in an hour, refused ones too',
  ],
  messages_per_hour: [count(1, 10_000_000), 100_000, 'Messages a signed-in user may send in an hour'],
  recipients_per_hour: [count(1, 10_000_000), 200_000, 'Recipients a signed-in user may write to in an hour'],
  recipient_delimiter: [z.string().max(1), '+', 'What separates a plus-address from the user; empty = none'],
  catch_all: [z.string().optional(), undefined, 'Local address that gets mail for unknown users'],
  postmaster: [z.string().optional(), undefined, 'Who reads postmaster and abuse; default: the first user'],
  aliases_file: [z.string().optional(), undefined, 'aliases(5); default mail/aliases in the data folder'],
  allow_file_aliases: [flag, false, 'Aliases may append to files'],
  relay_host: [z.string().optional(), undefined, 'Send everything foreign through this host[:port]'],
  relay_user: [z.string().optional(), undefined, 'SASL user at relay_host'],
  relay_password: [z.string().optional(), undefined, 'SASL password at relay_host (secret)'],
  relay_tls: [tlsMode, 'optional', 'TLS towards relay_host'],
  mta_sts: [flag, true, 'Keep to what other domains promise about TLS (RFC 8461)'],
  scram: [flag, false, 'Offer SCRAM-SHA-256 over IMAP; its keys are made when a password is set or used'],
  oauth_introspection: [
    z
      .url()
      .regex(/^(https:\/\/|http:\/\/(localhost|127\.[\d.]+|\[::1\])[:/])/i, 'https, or http on this machine')
      .optional(),
    undefined,
    'Where access tokens are asked about (RFC 7662); set, XOAUTH2 and OAUTHBEARER are offered',
  ],
  oauth_client_id: [z.string().optional(), undefined, 'Who we are there'],
  oauth_client_secret: [z.string().optional(), undefined, 'Our secret there (secret)'],
  oauth_audience: [
    z.string().min(1).optional(),
    undefined,
    'For whom a token must have been given: one of the `aud` of its answer. This or `oauth_scope` must be set',
  ],
  oauth_scope: [
    z
      .string()
      .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'one scope, without spaces')
      .optional(),
    undefined,
    'What a token must have been given for: one of the words of the `scope` of its answer',
  ],
  oauth_user_claim: [
    z.string().min(1),
    'username',
    'Which word of its answer names the user: username, email, sub; an email that is not verified names nobody',
  ],
  dkim: [flag, true, 'Sign outgoing mail with a key made at first start'],
  dkim_selector: [z.string().regex(/^[a-z0-9-]{1,63}$/i), 'posthorn', 'Selector of that key'],
  sender_checks: [z.enum(['on', 'off']), 'on', 'SPF, DKIM, DMARC and ARC for mail from strangers'],
  spam_filter: [
    z
      .string()
      .regex(
        /^r?spamd:\/\/(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?$/i,
        'spamd://HOST[:783] or rspamd://HOST[:11333]',
      )
      .optional(),
    undefined,
    'spamd or Rspamd that is asked about mail from strangers',
  ],
  soft_bounce: [flag, false, 'Permanent failures are tried again instead of bounced'],
  queue_lifetime_hours: [count(1, 2400), 120, 'How long a message is tried before it bounces'],
  delay_warning_hours: [count(0, 240), 4, 'When the sender is told about a delay; 0 = never'],
  log_level: [z.enum(['debug', 'info', 'warn', 'error']), 'info', 'Least level that is logged'],
} as const satisfies Record<string, readonly [z.ZodType, unknown, string]>

export const secretKeys: readonly string[] = ['relay_password', 'oauth_client_secret']

type Keys = typeof keys
export type ConfigKey = keyof Keys
export type Values = { [K in ConfigKey]: z.output<Keys[K][0]> }
export type Config = Omit<Values, 'domain' | 'mail_hostname' | 'mail_domains'> & {
  home: string
  domain: string
  mail_hostname: string
  /** `domain` and `mail_domains` together. */
  domains: string[]
}

export type Environment = Record<string, string | undefined>

const readToml = (file: string): Record<string, unknown> => {
  if (!existsSync(file)) return {}
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message.split('\n')[0]}`)
  }
}

const fromEnvironment = (key: string, env: Environment): { value: unknown; from: string } | null => {
  const name = `POSTHORN_${key.toUpperCase()}`
  const plain = env[name]
  if (plain !== undefined && plain !== '') return { value: plain, from: name }
  const file = env[`${name}_FILE`]
  if (!file) return null
  try {
    return { value: readFileSync(file, 'utf8').trim(), from: `${name}_FILE` }
  } catch (error) {
    throw new ConfigError(`${name}_FILE = ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`)
  }
}

export interface Setting {
  key: ConfigKey
  value: unknown
  /** `default`, the file, or the variable that set it. */
  from: string
}

/** Each key with the value in force and its origin, unchecked keys refused. */
export const readSettings = (env: Environment = process.env): { home: string; settings: Setting[] } => {
  const home = resolve(env.POSTHORN_HOME || 'data')
  const file = join(home, 'posthorn.toml')
  const toml = readToml(file)
  const settings = Object.entries(keys).map(([name, [schema, fallback]]): Setting => {
    const key = name as ConfigKey
    const set =
      fromEnvironment(key, env) ?? (toml[key] === undefined ? null : { value: toml[key], from: file })
    if (!set) return { key, value: fallback, from: 'default' }
    const checked = schema.safeParse(set.value)
    if (checked.success) return { key, value: checked.data, from: set.from }
    const shown = secretKeys.includes(key) ? '(secret)' : JSON.stringify(set.value)
    throw new ConfigError(`${key} = ${shown} (set by ${set.from}): ${checked.error.issues[0]?.message}`)
  })
  return { home, settings }
}

export const readConfig = (env: Environment = process.env): Config => {
  const { home, settings } = readSettings(env)
  const values = Object.fromEntries(settings.map(({ key, value }) => [key, value])) as Values
  const domain = values.domain ?? (values.demo ? 'posthorn.test' : undefined)
  if (!domain) {
    throw new ConfigError(
      'domain is not set: write domain = "example.org" into posthorn.toml or set POSTHORN_DOMAIN',
    )
  }
  if (Boolean(values.tls_certificate) !== Boolean(values.tls_key)) {
    throw new ConfigError('tls_certificate and tls_key belong together: one of them is not set')
  }
  if (values.oauth_introspection && !values.oauth_audience && !values.oauth_scope) {
    throw new ConfigError(
      'oauth_introspection needs oauth_audience or oauth_scope: without either a token of any other application opens mailboxes',
    )
  }
  const { mail_domains: further, ...rest } = values
  return {
    ...rest,
    home,
    domain,
    domains: [...new Set([domain, ...further.map((name) => name.toLowerCase())])],
    mail_hostname: values.mail_hostname ?? (values.demo ? `mail.${domain}` : hostname() || `mail.${domain}`),
  }
}

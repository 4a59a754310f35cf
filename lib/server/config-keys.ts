import { z } from 'zod'

// Every key an administrator can set, once: the same name is `base_path` in posthorn.toml and
// POSTHORN_BASE_PATH in the environment; a secret may also come from the file that POSTHORN_SECRET_FILE
// names. docs/configuration.md is generated from this table, so the sentence beside a key is its manual.
// Values arrive as text whatever their source; `read` turns the text into what the program uses.

export interface Key<T = unknown> {
  read: z.ZodType<T, string>
  /** The text used when nobody sets the key; null when the value is then derived or stays unset. */
  fallback: string | null
  says: string
  secret?: true
}

const key = <T>(described: Key<T>): Key<T> => described

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((n) => n <= 65_535, 'must be at most 65535')

const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`)

const yesNo = z
  .string()
  .toLowerCase()
  .refine((text) => ['1', 'true', 'yes', '0', 'false', 'no', ''].includes(text), 'must be true or false')
  .transform((text) => ['1', 'true', 'yes'].includes(text))

const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))

const basePath = z
  .string()
  .transform((text) => text.replace(/\/+$/, ''))
  .refine(
    (text) => text === '' || /^(\/[A-Za-z0-9_.~-]+)+$/.test(text),
    'must be / or a path such as /webmail or /a/b, of letters, digits and . _ ~ -',
  )
  .refine((text) => !/\/\.\.?(\/|$)/.test(text), 'must not contain . or .. as a step')

const publicUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a URL such as https://mail.example.org/webmail',
})

/** Where mail is read or submitted. `starttls`: offered is used, and demanded unless the host is loopback. */
export interface MailDoor {
  host: string
  port: number
  tls: 'implicit' | 'starttls'
  loopback: boolean
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

const door = (schemes: Record<string, { tls: MailDoor['tls']; port: number }>) =>
  z.string().transform((text, check): MailDoor => {
    const url = URL.canParse(text) ? new URL(text) : null
    const scheme = url && schemes[url.protocol.slice(0, -1)]
    if (!url?.hostname || !scheme || url.username || url.search || (url.pathname || '/') !== '/') {
      const names = Object.keys(schemes).map((name) => `${name}://host:port`)
      check.addIssue(`must be ${names.join(' or ')}`)
      return z.NEVER
    }
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    return { host, port: Number(url.port) || scheme.port, tls: scheme.tls, loopback: isLoopback(host) }
  })

const imap = door({ imap: { tls: 'starttls', port: 143 }, imaps: { tls: 'implicit', port: 993 } })
const submission = door({ smtp: { tls: 'starttls', port: 587 }, smtps: { tls: 'implicit', port: 465 } })

const passwordDoor = z.string().transform((text, check): string => {
  if (text === 'off' || /^(unix:)?\/[^\0]+$/.test(text)) return text
  const url = URL.canParse(text) ? new URL(text) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url && isWeb && !url.username && (url.protocol === 'https:' || isLoopback(url.hostname)))
    return url.href
  check.addIssue(
    'must be off, the path of a program, unix:/path/of/a/socket, or an https URL (http on this machine only)',
  )
  return z.NEVER
})

const portOrOff = z.union([z.literal('off'), port])

const mailPort = (fallback: string, what: string) =>
  key({
    read: portOrOff,
    fallback,
    says: `Port of the bundled mail server for ${what}. 0 lets the system choose, off closes the door.`,
  })

export const keys = {
  home: key({
    read: z.string().min(1),
    fallback: './data',
    says: 'Folder of everything Posthorn keeps: database, outbox, uploads, secrets and, with the bundled mail server, the mail. posthorn.toml is read from here, so this key itself comes from the environment only.',
  }),
  host: key({
    read: z.string().min(1),
    fallback: '127.0.0.1',
    says: 'Address on which the web process listens. Keep it on loopback behind Apache or nginx.',
  }),
  webPort: key({ read: port, fallback: '3000', says: 'Port of the web process. 0 lets the system choose.' }),
  basePath: key({
    read: basePath,
    fallback: '/webmail',
    says: 'Path under which the web app is served; / for none. It is chosen at start: nothing is rebuilt. Works whether a proxy keeps the prefix or strips it.',
  }),
  publicUrl: key({
    read: publicUrl,
    fallback: null,
    says: 'Address people type, such as https://mail.example.org/webmail. Decides links, the origin check and whether cookies are Secure. Without it: http://localhost with the port and path above.',
  }),
  secret: key({
    read: z.string().min(32, 'must be at least 32 characters'),
    fallback: null,
    secret: true,
    says: 'Key material that signs people in and seals pending sends. Without it, one is made and kept in the file `secret` of the data folder. Changing it signs everybody out.',
  }),
  database: key({
    read: z.string().min(1),
    fallback: null,
    says: 'File of the SQLite database. Without it: posthorn.db in the data folder.',
  }),
  trustedProxies: key({
    read: list,
    fallback: '127.0.0.0/8, ::1/128',
    says: 'Addresses (CIDR) of the proxies whose X-Forwarded-For, -Proto, -Host and -Prefix, or Forwarded, are believed. From anybody else these headers are ignored.',
  }),
  imap: key({
    read: imap,
    fallback: null,
    says: 'IMAP server, as imaps://mail.example.org (TLS) or imap://mail.example.org:143 (STARTTLS, demanded unless the host is loopback). Without it: the bundled mail server.',
  }),
  submission: key({
    read: submission,
    fallback: null,
    says: 'Server that takes outgoing mail, as smtp://mail.example.org:587 (STARTTLS) or smtps://mail.example.org:465 (TLS). Without it: the bundled mail server.',
  }),
  domain: key({
    read: z.string().regex(/^[^\s/@:]+$/, 'must be a domain name'),
    fallback: 'posthorn.test',
    says: 'Mail domain. A name typed without @ at sign-in belongs to it.',
  }),
  trustedAuthserv: key({
    read: list,
    fallback: null,
    says: 'Names (authserv-id) of the servers whose Authentication-Results are believed, separated by commas: mail they vouch for is marked Verified. Name only servers that remove such lines from incoming mail. Without it: the bundled mail server, and nobody when mail is on another server.',
  }),
  reachableNetworks: key({
    read: list,
    fallback: '',
    says: 'Private networks (CIDR, separated by commas) that remote images and one-click unsubscribe may also be fetched from, on any port: an intranet whose newsletters people read. Every other private or loopback address is refused.',
  }),
  mailHostname: key({
    read: z.string().regex(/^[^\s/@:]+$/, 'must be a host name'),
    fallback: null,
    says: 'Name of the bundled mail server in greetings, Received lines and Authentication-Results. Without it: the host name of the machine.',
  }),
  passwordChange: key({
    read: passwordDoor,
    fallback: null,
    says: 'What changes a password when a person asks for it in the settings: the path of a program, an https URL, or unix:/path of a socket. It is told JSON with user, address, old, new and client, a program on standard input, the others by POST. docs/self-hosting.md has the answers it may give. Without it: the bundled mail server; with another one, changing is not offered. off never offers it.',
  }),
  passwordChangeToken: key({
    read: z.string().min(1),
    fallback: null,
    secret: true,
    says: 'Sent as Authorization: Bearer with what goes to the URL of password_change.',
  }),
  sessionIdleHours: key({
    read: count(1, 8760),
    fallback: '168',
    says: 'A session that was not used for this many hours ends.',
  }),
  sessionMaxHours: key({
    read: count(1, 87_600),
    fallback: '720',
    says: 'A session ends this many hours after sign-in, used or not.',
  }),
  uploadMegabytes: key({
    read: count(1, 1024),
    fallback: '25',
    says: 'Largest attachment that is accepted, in megabytes.',
  }),
  imapConnections: key({
    read: count(4, 100_000),
    fallback: '400',
    says: 'Connections to the IMAP server that work for all people together, three at most for one. Beyond that the one that was unused longest is closed for who has none. To each person with a tab open comes one that listens.',
  }),
  sendsPerHour: key({
    read: count(1, 1_000_000),
    fallback: '500',
    says: 'Messages one person may send in an hour by the web app; ten times as many leave from one client address. Further ones are refused with the time after which one is taken again.',
  }),
  imagesPerMinute: key({
    read: count(1, 1_000_000),
    fallback: '1200',
    says: 'Remote images one person may have fetched in a minute; ten times as many for one client address.',
  }),
  searchesPerMinute: key({
    read: count(1, 1_000_000),
    fallback: '240',
    says: 'Searches one person may begin in a minute; ten times as many from one client address.',
  }),
  logLevel: key({
    read: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    fallback: 'info',
    says: 'How much the web process logs: fatal, error, warn, info, debug, trace or silent.',
  }),
  metricsHost: key({
    read: z.string().min(1),
    fallback: '127.0.0.1',
    says: 'Address on which the metrics of web app and mail server are given to Prometheus, under /metrics. Nothing asks who reads them: keep it on loopback or a private network.',
  }),
  metricsPort: key({
    read: port,
    fallback: '0',
    says: 'Port of the metrics of the web app; 0 turns them off.',
  }),
  hsts: key({
    read: yesNo,
    fallback: 'false',
    says: 'Send Strict-Transport-Security (a year) when the public URL is https. Off by default, because a browser that has seen it refuses http on this host name for a year.',
  }),
  demo: key({
    read: yesNo,
    fallback: 'false',
    says: 'Demo accounts alice, bob and carol with example mail. Set by `npm start` on an empty data folder without configuration; not meant to be set by hand.',
  }),
  crashAt: key({
    read: z.string().regex(/^[a-z-]{0,40}$/),
    fallback: '',
    says: 'For the tests of Posthorn only: the web process kills itself at the named step of a send.',
  }),
  mailHost: key({
    read: z.string().min(1),
    fallback: '127.0.0.1',
    says: 'Address on which the bundled mail server opens its doors.',
  }),
  smtpPort: mailPort('25', 'mail from other servers (SMTP)'),
  submissionPort: key({
    read: port,
    fallback: '587',
    says: 'Port of the bundled mail server for sending by people (submission, STARTTLS): the web app sends here.',
  }),
  smtpsPort: mailPort('465', 'sending by people (submission, TLS)'),
  imapPort: key({
    read: port,
    fallback: '143',
    says: 'Port of the bundled mail server for IMAP with STARTTLS: the web app reads here.',
  }),
  imapsPort: mailPort('993', 'IMAP with TLS'),
  pop3Port: mailPort('110', 'POP3 with STARTTLS'),
  pop3sPort: mailPort('995', 'POP3 with TLS'),
  lmtpPort: mailPort('off', 'LMTP, from another MTA that delivers into this store'),
}

export type KeyName = keyof typeof keys
export const keyNames = Object.keys(keys) as KeyName[]

type Values = { [K in KeyName]: (typeof keys)[K] extends Key<infer T> ? T : never }
type Derived =
  | 'publicUrl'
  | 'secret'
  | 'database'
  | 'imap'
  | 'submission'
  | 'trustedAuthserv'
  | 'mailHostname'
  | 'passwordChange'
/** Without a default, and nothing is derived for them. */
type Optional = 'passwordChangeToken'
/** What the table alone gives: derived keys may still be unset. */
export type GivenValues = Omit<Values, Derived | Optional> & {
  [K in Derived | Optional]: Values[K] | null
}
export type Config = Omit<Values, Optional> & { [K in Optional]: Values[K] | null }

export const tomlName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
export const environmentName = (name: string): string => `POSTHORN_${tomlName(name).toUpperCase()}`

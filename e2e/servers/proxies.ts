// Debian's web servers in front of Posthorn, started with the files of deploy/ as they are: only what docs/self-hosting.md
// names as the administrator's own (names, certificates, ports) is replaced, by the same words.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from './certificate'
import { edit, type Form, type ProxyKind, sedsInFront, sedsOf } from './forms'
import { freePort, listens } from './ports'
import { repository } from './repository'
import { launch, type Program } from './running'

export type { ProxyKind } from './forms'

export interface Behind {
  /** Where Posthorn listens, or the proxy behind this one. */
  web: number
  /** What the administrator changes besides: lines of `sed`, as the docs write them. */
  seds: readonly string[]
}

export interface Proxy {
  url: string
  port: number
  certificate: string
  /** What it wrote about requests. */
  log(): string
  stop(): Promise<void>
}

interface Place {
  folder: string
  http: number
  https: number
  web: number
  seds: readonly string[]
}

const programs = { nginx: '/usr/sbin/nginx', apache: '/usr/sbin/apache2', caddy: '/usr/bin/caddy' }

/** Why it cannot run here, in one line; null when it can. */
export const whyNoProxy = (kind: ProxyKind): string | null => {
  if (process.getuid?.() !== 0) return 'web servers start only as root'
  return existsSync(programs[kind]) ? null : `not installed: ${programs[kind]}`
}

const ours = (file: string, { folder, http, https, web, seds }: Place): string => {
  const copy = join(folder, 'as-edited')
  copyFileSync(join(repository, 'deploy', file), copy)
  edit(copy, seds)
  return readFileSync(copy, 'utf8')
    .replace(/^.*\[::\].*\n/gm, '')
    .replaceAll('/etc/letsencrypt/live/mail.example.org/fullchain.pem', join(folder, 'cert.pem'))
    .replaceAll('/etc/letsencrypt/live/mail.example.org/privkey.pem', join(folder, 'key.pem'))
    .replaceAll('mail.example.org', 'localhost')
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${web}`)
    .replace(/(?<=listen )80\b|\*:80\b/g, `127.0.0.1:${http}`)
    .replace(/(?<=listen )443\b|\*:443\b/g, `127.0.0.1:${https}`)
    .replaceAll('/var/log/nginx', folder)
}

const nginx = (place: Place): Program => {
  const { folder } = place
  mkdirSync(join(folder, 'sites-enabled'))
  writeFileSync(join(folder, 'sites-enabled', 'posthorn.conf'), ours('nginx/posthorn.conf', place))
  const debian = readFileSync('/etc/nginx/nginx.conf', 'utf8')
    .replace('/etc/nginx/sites-enabled', join(folder, 'sites-enabled'))
    .replace('/etc/nginx/conf.d', join(folder, 'conf.d'))
    .replace('/run/nginx.pid', join(folder, 'nginx.pid'))
    .replaceAll('/var/log/nginx', folder)
  writeFileSync(join(folder, 'nginx.conf'), debian)
  return { command: programs.nginx, args: ['-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'] }
}

/** As docs/self-hosting.md says it, on a copy of Debian's own folder: the words that follow `a2enmod` there. */
const enable = (folder: string, etc: string): void => {
  const docs = readFileSync(join(repository, 'docs', 'self-hosting.md'), 'utf8')
  const modules = docs.match(/^a2enmod (.+)$/m)?.[1]?.split(' ') ?? []
  const php = readdirSync(join(etc, 'mods-enabled')).flatMap(
    (name) => name.match(/^(php.*)\.load$/)?.[1] ?? [],
  )
  const env = { ...process.env, APACHE_CONFDIR: etc, APACHE_STATE_DIRECTORY: join(folder, 'state') }
  const run = (command: string, names: string[]) => execFileSync(command, ['-q', '-f', ...names], { env })
  run('a2dismod', [...php, 'mpm_prefork'])
  run('a2enmod', modules)
  run('a2dissite', ['*'])
  run('a2ensite', ['posthorn'])
}

const apache = (place: Place): Program => {
  const { folder, http, https } = place
  const etc = join(folder, 'etc')
  cpSync('/etc/apache2', etc, { recursive: true, verbatimSymlinks: true })
  writeFileSync(join(etc, 'sites-available', 'posthorn.conf'), ours('apache/posthorn.conf', place))
  writeFileSync(join(etc, 'ports.conf'), `Listen 127.0.0.1:${http}\nListen 127.0.0.1:${https}\n`)
  enable(folder, etc)
  const env = {
    APACHE_RUN_USER: 'www-data',
    APACHE_RUN_GROUP: 'www-data',
    APACHE_PID_FILE: join(folder, 'apache2.pid'),
    APACHE_RUN_DIR: folder,
    APACHE_LOCK_DIR: folder,
    APACHE_LOG_DIR: folder,
  }
  return { command: programs.apache, args: ['-d', etc, '-f', join(etc, 'apache2.conf'), '-DFOREGROUND'], env }
}

const caddy = (place: Place): Program => {
  const file = join(place.folder, 'Caddyfile')
  const site = ours('caddy/Caddyfile', place)
    .replace('# tls', 'tls')
    .replace('localhost {', `localhost:${place.https} {\n\tbind 127.0.0.1`)
  writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`)
  const env = { HOME: place.folder, XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder }
  return { command: programs.caddy, args: ['run', '--adapter', 'caddyfile', '--config', file], env }
}

const starts = { nginx, apache, caddy }

export const startProxy = async (kind: ProxyKind, { web, seds }: Behind): Promise<Proxy> => {
  const folder = mkdtempSync(join(tmpdir(), `posthorn-${kind}-`))
  makeCertificate(folder)
  const place = { folder, web, seds, http: await freePort(), https: await freePort() }
  const program = launch(starts[kind](place))
  await listens(place.https, program)
  const logFile = join(folder, 'posthorn.access.log')
  return {
    url: `https://localhost:${place.https}`,
    port: place.https,
    certificate: join(folder, 'cert.pem'),
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
    stop: async () => {
      // It keeps nothing; asked in peace, Apache waits for a connection that it has refused a body on.
      await program.end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const frontOf = ({ also }: Form) =>
  also === 'nginx in front' ? 'nginx' : also === 'apache in front' ? 'apache' : null

/** Why this form cannot be had here, in one line; null when it can. */
export const whyNoForm = (form: Form): string | null => {
  const front = frontOf(form)
  return whyNoProxy(form.kind) ?? (front && whyNoProxy(front))
}

/** All that stands between a browser and Posthorn; the answer is the one that the browser speaks to. */
export const startForm = async (form: Form, web: number): Promise<Proxy> => {
  const inner = await startProxy(form.kind, { web, seds: sedsOf(form) })
  const front = frontOf(form)
  if (!front) return inner
  const outer = await startProxy(front, { web: inner.port, seds: sedsInFront(front, form.path) })
  return {
    ...outer,
    log: () => outer.log() + inner.log(),
    stop: async () => {
      await outer.stop()
      await inner.stop()
    },
  }
}

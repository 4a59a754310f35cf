import 'server-only'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import {
  type Config,
  environmentName,
  type GivenValues,
  isLoopback,
  type Key,
  type KeyName,
  keyNames,
  keys,
  type MailDoor,
  tomlName,
} from './config-keys'
import { mailServerKeys } from './mail-server-keys'
import { once } from './once'

export type { Config, MailDoor }

// The one reader of posthorn.toml and of the environment. The environment wins over the file, so that one
// value can be tried without editing. A wrong value stops the process with the key and the reason; a key
// that nobody knows stops it too, because a misspelt key is a setting that silently does not hold.

/** Says which key is wrong and why; the message is complete for an administrator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Source = 'default' | 'posthorn.toml' | 'environment' | 'derived'
type Environment = Record<string, string | undefined>
interface Given {
  text: string
  source: Source
  /** How the administrator wrote it, for the error message. */
  written: string
}

const readSecretFile = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new ConfigError(`${name}: cannot read ${path}: ${(cause as Error).message}`, { cause })
  }
}

const readToml = (home: string): Record<string, unknown> => {
  const path = join(home, 'posthorn.toml')
  if (!existsSync(path)) return {}
  let table: Record<string, unknown>
  try {
    table = parseToml(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new ConfigError(`${path}: ${(cause as Error).message}`, { cause })
  }
  const ours = keyNames.filter((name) => name !== 'home').flatMap((name) => tomlNames(name))
  const known = new Set([...ours, ...mailServerKeys])
  const stranger = Object.keys(table).find((name) => !known.has(name))
  if (stranger) throw new ConfigError(`${path}: unknown key "${stranger}"`)
  return table
}

const tomlNames = (name: KeyName): string[] => {
  const plain = tomlName(name)
  return isSecret(name) ? [plain, `${plain}_file`] : [plain]
}

const isSecret = (name: KeyName): boolean => (keys[name] as Key).secret === true

const textOfToml = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value))

const given = (name: KeyName, environment: Environment, toml: Record<string, unknown>): Given | null => {
  const variable = environmentName(name)
  const inEnvironment = environment[variable]
  if (inEnvironment) return { text: inEnvironment, source: 'environment', written: variable }
  const fileVariable = `${variable}_FILE`
  const file = isSecret(name) ? environment[fileVariable] : undefined
  if (file) return { text: readSecretFile(fileVariable, file), source: 'environment', written: fileVariable }
  const plain = tomlName(name)
  const written = `posthorn.toml: ${plain}`
  if (toml[plain] !== undefined) return { text: textOfToml(toml[plain]), source: 'posthorn.toml', written }
  const tomlFile = isSecret(name) ? toml[`${plain}_file`] : undefined
  if (tomlFile !== undefined)
    return {
      text: readSecretFile(`${plain}_file`, String(tomlFile)),
      source: 'posthorn.toml',
      written: `${written}_file`,
    }
  const fallback = keys[name].fallback
  return fallback === null ? null : { text: fallback, source: 'default', written: variable }
}

const read = (name: KeyName, found: Given | null): unknown => {
  if (!found) return null
  const result = keys[name].read.safeParse(found.text)
  if (result.success) return result.data
  const reason = result.error.issues[0]?.message ?? 'is not valid'
  const shown = isSecret(name) ? '' : ` (it is "${found.text}")`
  throw new ConfigError(`${found.written}: ${reason}${shown}`)
}

export interface LoadedConfig {
  config: Config
  sources: Record<KeyName, Source>
}

/** Reads and checks everything, and keeps nothing: `config()` is the one that the program uses. */
export const loadConfig = (environment: Environment): LoadedConfig => {
  const home = resolve(/* turbopackIgnore: true */ environment.POSTHORN_HOME || keys.home.fallback || '.')
  const toml = readToml(home)
  const found = Object.fromEntries(keyNames.map((name) => [name, given(name, environment, toml)])) as Record<
    KeyName,
    Given | null
  >
  const values = Object.fromEntries(
    keyNames.map((name) => [name, read(name, found[name])]),
  ) as unknown as GivenValues
  const sources = Object.fromEntries(
    keyNames.map((name) => [name, found[name]?.source ?? 'derived']),
  ) as Record<KeyName, Source>
  return { config: derive({ ...values, home }, sources), sources }
}

const bundledDoor = (host: string, port: number): MailDoor => {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return { host: reachable, port, tls: 'starttls', loopback: isLoopback(reachable) }
}

/** As mailserver/src/control says. */
const bundledControl = (home: string): string =>
  `unix:${join(/* turbopackIgnore: true */ home, 'mail', 'control.sock')}`

const derive = (values: GivenValues, sources: Record<KeyName, Source>): Config => {
  const { basePath, publicUrl } = settleAddress(values, sources)
  const named = `mail.${values.domain}`
  const mailHostname = values.mailHostname ?? (values.demo ? named : hostname() || named)
  return {
    ...values,
    basePath,
    publicUrl,
    mailHostname,
    // What another server wrote is believed only when the administrator says so.
    trustedAuthserv: values.trustedAuthserv ?? (values.imap ? [] : [mailHostname]),
    passwordChange: values.passwordChange ?? (values.imap ? 'off' : bundledControl(values.home)),
    secret: values.secret ?? keptSecret(values.home),
    database: resolve(/* turbopackIgnore: true */ values.home, values.database ?? 'posthorn.db'),
    imap: values.imap ?? bundledDoor(values.mailHost, values.imapPort),
    submission: values.submission ?? bundledDoor(values.mailHost, values.submissionPort),
  }
}

/** A path in the public URL is the base path; said twice, it must be said alike. */
const settleAddress = (values: GivenValues, sources: Record<KeyName, Source>) => {
  if (!values.publicUrl)
    return {
      basePath: values.basePath,
      publicUrl: `http://localhost:${values.webPort}${values.basePath}`,
    }
  const url = new URL(values.publicUrl)
  const path = url.pathname.replace(/\/+$/, '')
  if (path === '' || path === values.basePath)
    return { basePath: values.basePath, publicUrl: url.origin + values.basePath }
  if (sources.basePath !== 'default')
    throw new ConfigError(
      `POSTHORN_PUBLIC_URL: its path ${path} is not the base path ${values.basePath || '/'}: leave one of the two out`,
    )
  const parsed = keys.basePath.read.safeParse(path)
  if (!parsed.success)
    throw new ConfigError(`POSTHORN_PUBLIC_URL: its path ${parsed.error.issues[0]?.message}`)
  return { basePath: parsed.data, publicUrl: url.origin + parsed.data }
}

/** Made once with O_EXCL, so that two processes starting together end with the same one. */
const keptSecret = (home: string): string => {
  const path = join(home, 'secret')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32) throw new ConfigError(`${path}: must hold at least 32 characters`)
  return secret
}

/** next-auth reads these two itself, and only from the environment (its own convention). */
const tellNextAuth = (config: Config): void => {
  process.env.NEXTAUTH_URL = `${config.publicUrl}/api/auth`
  process.env.NEXTAUTH_SECRET = config.secret
}

const loaded = (): LoadedConfig =>
  once('config', () => {
    const fresh = loadConfig(process.env)
    tellNextAuth(fresh.config)
    return fresh
  })

/** What is in force in this process. */
export const config = (): Config => loaded().config

/** Port 0 is known only after listening; everything that was derived from it follows. */
export const settleWebPort = (port: number): void => {
  const { config, sources } = loaded()
  config.webPort = port
  if (sources.publicUrl === 'derived') config.publicUrl = `http://localhost:${port}${config.basePath}`
  tellNextAuth(config)
}

const build = once('build', () => ({ id: '' }))

/** Which build this process serves; in development there is none. */
export const settleBuild = (id: string): void => void (build.id = id)
export const buildServed = (): string => build.id

export const isDevelopment = (): boolean => process.env.NODE_ENV === 'development'

/** Next's own doors for what it cannot be told otherwise (web/main.ts). */
export const tellNext = (settings: Record<string, string>): void => void Object.assign(process.env, settings)

export interface KeyDescription {
  key: string
  environment: string
  fallback: string | null
  says: string
  secret: boolean
}

/** For docs/configuration.md. */
export const describeConfig = (): KeyDescription[] =>
  keyNames.map((name) => ({
    key: tomlName(name),
    environment: environmentName(name),
    fallback: keys[name].fallback,
    says: keys[name].says,
    secret: isSecret(name),
  }))

/** For `posthorn config`: what is in force and where it comes from, secrets masked. */
export const showConfig = ({
  config,
  sources,
}: LoadedConfig): { key: string; value: string; source: Source }[] =>
  keyNames.map((name) => ({
    key: tomlName(name),
    value: isSecret(name) ? '********' : shown(config[name]),
    source: sources[name],
  }))

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') {
    const door = value as MailDoor
    return `${door.host}:${door.port} (${door.tls === 'implicit' ? 'TLS' : 'STARTTLS'})`
  }
  return String(value)
}

// The certificate the doors show: the administrator's files, or a self-signed one made at first start.
// Files are looked at again every minute and on SIGHUP, so a renewed certificate needs no restart.
import { readFileSync, statSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { selfSigned } from './certificate'
import type { Clock } from './clock'
import type { Config } from './config'
import { ConfigError } from './errors'
import type { Log } from './log'

export interface KeyPair {
  key: string
  cert: string
}

export interface Certificate {
  current(): KeyPair
  /** Called after every change with the new pair. */
  onChange(listener: (pair: KeyPair) => void): void
  reload(): void
  stop(): void
}

const lookAgainAfter = 60_000

/** The administrator's files, or where our own are made. */
export const certificateFiles = (config: Config): { key: string; cert: string } => {
  if (config.tls_certificate && config.tls_key) return { cert: config.tls_certificate, key: config.tls_key }
  const folder = join(config.home, 'mail', 'tls')
  return { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') }
}

const makeFiles = async (files: { key: string; cert: string }, config: Config): Promise<void> => {
  const { key, cert } = files
  try {
    statSync(cert)
    statSync(key)
  } catch {
    await mkdir(dirname(key), { recursive: true, mode: 0o700 })
    const names = [config.mail_hostname, ...config.domains, 'localhost', '127.0.0.1', '::1'] as const
    const made = selfSigned([...new Set(names)] as [string, ...string[]])
    await writeFile(`${key}.new`, made.key, { mode: 0o600 })
    await writeFile(`${cert}.new`, made.certificate)
    await rename(`${key}.new`, key)
    await rename(`${cert}.new`, cert)
  }
}

const read = (files: { key: string; cert: string }): KeyPair => {
  const pair = { key: readFileSync(files.key, 'utf8'), cert: readFileSync(files.cert, 'utf8') }
  createSecureContext(pair)
  return pair
}

const stamp = (files: { key: string; cert: string }): string =>
  [files.key, files.cert].map((file) => statSync(file).mtimeMs).join()

export const openCertificate = async (parts: {
  config: Config
  clock: Clock
  log: Log
}): Promise<Certificate> => {
  const { config, clock, log } = parts
  const files = certificateFiles(config)
  if (!config.tls_certificate) await makeFiles(files, config)
  const listeners: ((pair: KeyPair) => void)[] = []
  let seen: string
  let pair: KeyPair
  try {
    seen = stamp(files)
    pair = read(files)
  } catch (error) {
    throw new ConfigError(`tls_certificate ${files.cert}, tls_key ${files.key}: ${(error as Error).message}`)
  }
  const reload = () => {
    try {
      const now = stamp(files)
      if (now === seen) return
      pair = read(files)
      seen = now
      log.info('certificate-reloaded', { file: files.cert })
      for (const listener of listeners) listener(pair)
    } catch (error) {
      // A renewal half written: the old pair stays in force and the files are read again.
      log.warn('certificate-unreadable', { file: files.cert, error: (error as Error).message })
    }
  }
  let cancel = () => {}
  const lookAgain = () => {
    reload()
    cancel = clock.after(lookAgainAfter, lookAgain)
  }
  cancel = clock.after(lookAgainAfter, lookAgain)
  return {
    current: () => pair,
    onChange: (listener) => listeners.push(listener),
    reload,
    stop: () => cancel(),
  }
}

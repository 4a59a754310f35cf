// What the mail server alone consists of: its folder, as it is tracked, with a lock file of its own.
import { cpSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Lock, mailserverLock, type Manifest } from './lock'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = join(root, 'mailserver')
const built = new Set(['node_modules', 'dist'])

export const lockFile = join(source, 'package-lock.json')

export const lockText = (): string => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest
  return `${JSON.stringify(mailserverLock(lock, manifest), null, 2)}\n`
}

export const copyTo = (folder: string): void =>
  cpSync(source, folder, { recursive: true, filter: (path) => !built.has(basename(path)) })

// What somebody set, whoever owns the key: names only, so that `start` can tell an untouched installation from
// a configured one before either program judges the values.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'smol-toml'

export type Environment = Record<string, string | undefined>

export interface Settings {
  home: string
  /** Keys as in posthorn.toml, wherever they were set. */
  given: Set<string>
}

const PREFIX = 'POSTHORN_'

const inEnvironment = (env: Environment) =>
  Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && env[name] !== '')
    .map((name) => name.slice(PREFIX.length).toLowerCase())

const inFile = (home: string) => {
  const file = join(home, 'posthorn.toml')
  return existsSync(file) ? Object.keys(parse(readFileSync(file, 'utf8'))) : []
}

export const readSettings = (env: Environment): Settings => {
  const home = resolve(env.POSTHORN_HOME || 'data')
  const keys = [...inEnvironment(env), ...inFile(home)].map((key) => key.replace(/_file$/, ''))
  return { home, given: new Set(keys.filter((key) => key !== 'home')) }
}

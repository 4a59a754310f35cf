// posthorn.toml as `setup` writes it: complete before it has its name, closed to others because it may hold a
// password, and never over what an administrator wrote.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'smol-toml'
import { keys, type ConfigKey } from '../core/config'
import { Failure } from '../core/errors'

export type Chosen = Partial<Record<ConfigKey, string | number>>

/** Each setting under the sentence that says what it is. */
const asToml = (chosen: Chosen): string =>
  Object.entries(chosen)
    .map(([key, value]) => `# ${keys[key as ConfigKey][2]}\n${stringify({ [key]: value })}`)
    .join('')

const readExisting = (file: string): string => {
  if (!existsSync(file)) return ''
  const text = readFileSync(file, 'utf8')
  if (parse(text).domain !== undefined)
    throw new Failure('exists', `${file} names a domain already: edit it, or choose another POSTHORN_HOME`)
  return text
}

const refuseDemo = (home: string) => {
  if (existsSync(join(home, 'demo.json')))
    throw new Failure('exists', `${home} holds the demo: set POSTHORN_HOME to a folder for real mail`)
}

const check = (chosen: Chosen) => {
  for (const [key, value] of Object.entries(chosen)) {
    const { success, error } = keys[key as ConfigKey][0].safeParse(value)
    if (!success) throw new Failure('config', `${key} = ${value}: ${error.issues[0]?.message}`)
  }
}

/** Keys stand before whatever is there: behind a table's head they would belong to the table. */
export const writeSettings = (home: string, chosen: Chosen): string => {
  refuseDemo(home)
  check(chosen)
  const file = join(home, 'posthorn.toml')
  const before = readExisting(file)
  const twice = Object.keys(chosen).filter((key) => before !== '' && parse(before)[key] !== undefined)
  if (twice.length > 0)
    throw new Failure('exists', `${file} sets ${twice.join(', ')} already: remove that first`)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${asToml(chosen)}${before ? `\n${before}` : ''}`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  chmodSync(file, 0o600)
  return file
}

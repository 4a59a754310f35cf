// What a first start and a first user cost, a second of a processor or more, is paid once a process: the key that signs mail,
// and what is kept of a password. That a start makes a key of its own is held by `setup` (smtp/site).
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { realClock } from '../../src/core/clock'
import type { Config } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { openDirectory } from '../../src/directory'
import { secretsOf } from '../../src/directory/sign-in'

type Secrets = ReturnType<typeof secretsOf>

let key = ''
const signingKey = (): string => {
  if (key) return key
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return key
}

const known = new Map<string, Secrets>()

/** The same salt for everybody. */
export const secretsOnce = (config: Config, password: string): Secrets => {
  const name = `${config.scram} ${password}`
  const secrets = known.get(name) ?? secretsOf(config, password)
  known.set(name, secrets)
  return secrets
}

/** The folder of a server that has a key and these users. */
export const prepareHome = async (
  config: Config,
  users: readonly string[],
  password: string,
): Promise<void> => {
  const folder = join(config.home, 'mail', 'dkim')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, `${config.dkim_selector}.pem`), signingKey(), { mode: 0o600 })
  const directory = openDirectory({ config, clock: realClock, log: createLog('error', () => {}) })
  for (const address of users) {
    const [name = ''] = address.split('@')
    directory.database.insertUser({ address, name, ...(await secretsOnce(config, password)) })
  }
  directory.close()
}

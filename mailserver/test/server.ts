// A mail server's reading side for tests: the real store and directory in a folder of its own, doors on free ports.
//
// The folder goes with the run's (vitest.setup.ts): 600 users are 25,000 files, whose removal takes a loaded disk a minute
// that no test has.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from '../src/core/certificate'
import { realClock } from '../src/core/clock'
import { readConfig, type Environment } from '../src/core/config'
import { createLog } from '../src/core/log'
import { openDirectory } from '../src/directory'
import type { Directory } from '../src/directory/contract'
import { createImapServer } from '../src/imap'
import { createStore } from '../src/store'
import type { Store } from '../src/store/contract'
import { secretsOnce } from './support/first-start'

export const password = 'posthorn'

export interface TestServer {
  host: string
  port: number
  /** Its folder: `POSTHORN_HOME` of the one that goes on with it. */
  home: string
  tlsPort: number
  store: Store
  /** Lines that were logged as errors: a good test ends with none. */
  errors: string[]
  /** A user whom no other test touches. */
  addUser(): Promise<string>
  close(): Promise<void>
}

/** Hundreds of dialogs sign in as hundreds of users: password hashing is shown by the client tests instead. */
export const openToAll = (directory: Directory): Directory => ({
  ...directory,
  authenticate: async (login, given) =>
    given === password
      ? { ok: true, user: { address: login, name: '', disabled: false } }
      : { ok: false, reason: 'refused' },
})

export const startServer = async (
  passwords: 'hashed' | 'one for all' = 'hashed',
  more: Environment = {},
): Promise<TestServer> => {
  const home = more.POSTHORN_HOME ?? mkdtempSync(join(tmpdir(), 'posthorn-imap-test-'))
  const errors: string[] = []
  const log = createLog('error', (line) => errors.push(line))
  const config = readConfig({ POSTHORN_HOME: home, POSTHORN_DOMAIN: 'posthorn.test', ...more })
  const store = createStore({ folder: join(home, 'mail', 'users'), log })
  const directory = openDirectory({ config, clock: realClock, log })
  const made = selfSigned(['localhost'])
  const server = createImapServer({
    store,
    directory: passwords === 'hashed' ? directory : openToAll(directory),
    log,
    tls: { current: () => ({ key: made.key, cert: made.certificate }) },
    folder: join(home, 'mail', 'spool', 'imap'),
    limits: { message: 4_000_000 },
  })
  const host = '127.0.0.1'
  const ports = await server.listen({ host, imap: 0, imaps: 0 })
  let users = 0
  return {
    host,
    home,
    port: ports.imap as number,
    tlsPort: ports.imaps as number,
    store,
    errors,
    addUser: async () => {
      users += 1
      const address = `user${users}@posthorn.test`
      if (passwords === 'hashed')
        directory.database.insertUser({ address, name: '', ...(await secretsOnce(config, password)) })
      return address
    },
    close: async () => {
      await server.close()
      await store.close()
      directory.close()
    },
  }
}

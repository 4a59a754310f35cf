// The directory over SQLite and the administrator's aliases file.
//
// Invariants: a password is never stored plain and never logged; an unknown user costs the same work as a wrong
// password; a change made by the command line is seen by the next question.
import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import { Failure } from '../core/errors'
import type { Log } from '../core/log'
import { canonical, isUserAddress } from './addresses'
import { openAliasesFile } from './aliases-file'
import type { Directory, SignIn, User } from './contract'
import { openDirectoryDatabase, type DirectoryDatabase, type UserRow } from './database'
import { hashPassword, nobody, passwordMatches } from './password'
import { leadsTo, route, type Known } from './routes'
import { createThrottle } from './throttle'

export interface DirectoryParts {
  config: Config
  clock: Clock
  log: Log
}

export interface AdministeredDirectory extends Directory {
  database: DirectoryDatabase
  /** Files and commands that an address' aliases name; refused or written by the delivery. */
  close(): void
}

const rememberFor = 5 * 60_000

/** Remembers for minutes that a password was right: clients reconnect far more often than scrypt is cheap. */
const createMemory = (clock: Clock) => {
  const secret = randomBytes(32)
  const kept = new Map<string, number>()
  const keyOf = (row: UserRow, password: string) =>
    createHmac('sha256', secret).update(`${row.address}\0${row.hash}\0${password}`).digest('base64')
  return {
    knows: (row: UserRow, password: string) => (kept.get(keyOf(row, password)) ?? 0) > clock.now(),
    keep: (row: UserRow, password: string) => {
      if (kept.size > 10_000) kept.clear()
      kept.set(keyOf(row, password), clock.now() + rememberFor)
    },
  }
}

const asUser = (row: UserRow): User => ({
  address: row.address,
  name: row.name,
  disabled: row.disabled === 1,
})

const known = (
  config: Config,
  database: DirectoryDatabase,
  fileAlias: (local: string) => readonly string[] | null,
): Known => ({
  get domains() {
    const further = database.rows().domains
    return further.size === 0 ? new Set(config.domains) : new Set([...config.domains, ...further])
  },
  mainDomain: config.domain,
  hasUser: (address) => database.rows().users.has(address),
  aliasOf: (address) => database.rows().aliases.get(address) ?? fileAlias(address),
  firstUser: () => database.rows().users.keys().next().value ?? null,
  delimiter: config.recipient_delimiter,
  catchAll: config.catch_all ?? null,
  postmaster: config.postmaster ?? null,
})

const wait = (clock: Clock, ms: number) =>
  new Promise<void>((done) => (ms === 0 ? done() : void clock.after(ms, done)))

const createSignIn = ({ config, clock, log }: DirectoryParts, database: DirectoryDatabase) => {
  const throttle = createThrottle(clock)
  const memory = createMemory(clock)
  const refuse = (login: string, peer: string, reason: 'refused' | 'disabled'): SignIn => {
    const failures = throttle.failed(peer, login)
    // The line that deploy/fail2ban matches.
    log.warn('sign-in-failed', { login: login.slice(0, 254), peer, failures })
    return { ok: false, reason }
  }
  return async (login: string, password: string, peer: string): Promise<SignIn> => {
    const pause = throttle.check(peer, login)
    if (pause === 'banned') {
      log.warn('sign-in-banned', { login: login.slice(0, 254), peer })
      return { ok: false, reason: 'slow-down' }
    }
    const row = database
      .rows()
      .users.get(canonical(login.includes('@') ? login : `${login}@${config.domain}`))
    if (row && row.disabled === 0 && memory.knows(row, password)) {
      throttle.succeeded(peer, login)
      return { ok: true, user: asUser(row) }
    }
    await wait(clock, pause)
    const right = await passwordMatches(password, row?.hash ?? (await nobody))
    if (!row || !right) return refuse(login, peer, 'refused')
    if (row.disabled === 1) return refuse(login, peer, 'disabled')
    throttle.succeeded(peer, login)
    memory.keep(row, password)
    return { ok: true, user: asUser(row) }
  }
}

export const openDirectory = (parts: DirectoryParts): AdministeredDirectory => {
  const { config, log } = parts
  const database = openDirectoryDatabase(join(config.home, 'mail', 'directory.db'))
  const aliases = openAliasesFile({ config, log })
  const facts = known(config, database, (address) => aliases.lookup(address))
  return {
    database,
    authenticate: createSignIn(parts, database),
    route: (address) => route(facts, address),
    maySendAs: (user, address) => leadsTo(facts, address, canonical(user)),
    user: (address) => {
      const row = database.rows().users.get(canonical(address))
      return row ? asUser(row) : null
    },
    users: () => [...database.rows().users.values()].map(asUser),
    domains: () => [...facts.domains],
    addUser: async (given, password, name = '') => {
      const address = canonical(given)
      if (!isUserAddress(address)) throw new Failure('bad-address', `${given} cannot be a user here`)
      if (!facts.domains.has(address.slice(address.indexOf('@') + 1))) {
        throw new Failure(
          'bad-address',
          `${address}: its domain is not one of ours (${[...facts.domains].join(', ')})`,
        )
      }
      const hash = await hashPassword(password)
      if (!database.insertUser({ address, name, hash }))
        throw new Failure('exists', `${address} exists already`)
    },
    setPassword: async (given, password) => {
      const hash = await hashPassword(password)
      if (!database.updateUser(canonical(given), { hash })) throw new Failure('not-found', `no user ${given}`)
    },
    removeUser: (given) => {
      if (!database.deleteUser(canonical(given))) throw new Failure('not-found', `no user ${given}`)
    },
    close: () => database.close(),
  }
}

// The directory over SQLite and the administrator's aliases file.
//
// Invariants: a password is never stored plain and never logged; an unknown user costs the same work as a wrong
// password; a change made by the command line is seen by the next question.
import { join } from 'node:path'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import { Failure } from '../core/errors'
import type { Log } from '../core/log'
import { canonical, isUserAddress } from './addresses'
import { openAliasesFile } from './aliases-file'
import type { Directory } from './contract'
import { openDirectoryDatabase, type DirectoryDatabase } from './database'
import { leadsTo, route, type Known } from './routes'
import { asUser, createSignIn, secretsOf } from './sign-in'

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

const isGranted = (grants: ReadonlySet<string> | undefined, address: string): boolean =>
  grants !== undefined && (grants.has(address) || grants.has(address.slice(address.lastIndexOf('@'))))

export const openDirectory = (parts: DirectoryParts): AdministeredDirectory => {
  const { config, log } = parts
  const database = openDirectoryDatabase(join(config.home, 'mail', 'directory.db'))
  const aliases = openAliasesFile({ config, log })
  const facts = known(config, database, (address) => aliases.lookup(address))
  return {
    database,
    ...createSignIn(parts, database),
    route: (address) => route(facts, address),
    maySendAs: (user, address) =>
      leadsTo(facts, address, canonical(user)) ||
      isGranted(database.rows().grants.get(canonical(user)), canonical(address)),
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
      if (!database.insertUser({ address, name, ...(await secretsOf(config, password)) }))
        throw new Failure('exists', `${address} exists already`)
    },
    setPassword: async (given, password) => {
      if (!database.updateUser(canonical(given), await secretsOf(config, password)))
        throw new Failure('not-found', `no user ${given}`)
    },
    removeUser: (given) => {
      if (!database.deleteUser(canonical(given))) throw new Failure('not-found', `no user ${given}`)
    },
    close: () => database.close(),
  }
}

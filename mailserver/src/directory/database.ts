// directory.db: users, aliases and domains. The command line writes to it while the server runs, so readers
// keep what they read only as long as SQLite says that nobody has written (`data_version`).
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

export interface UserRow {
  address: string
  name: string
  hash: string
  disabled: number
  quotaBytes: number | null
  /** SCRAM-SHA-256 keys, where they were made. */
  scram: string | null
}

export interface DirectoryRows {
  users: Map<string, UserRow>
  aliases: Map<string, string[]>
  domains: Set<string>
  /** User -> addresses, or `@domain`, they may write as beside their own. */
  grants: Map<string, Set<string>>
}

export interface DirectoryDatabase {
  rows(): DirectoryRows
  insertUser(user: Pick<UserRow, 'address' | 'name' | 'hash' | 'scram'>): boolean
  updateUser(
    address: string,
    change: Partial<Pick<UserRow, 'hash' | 'disabled' | 'quotaBytes' | 'name' | 'scram'>>,
  ): boolean
  deleteUser(address: string): boolean
  addAlias(address: string, target: string): boolean
  removeAlias(address: string, target: string | null): boolean
  addDomain(name: string): boolean
  removeDomain(name: string): boolean
  addGrant(user: string, sender: string): boolean
  removeGrant(user: string, sender: string): boolean
  close(): void
}

const schema = `
  CREATE TABLE IF NOT EXISTS users (
    address TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', hash TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0, quotaBytes INTEGER, createdAt INTEGER NOT NULL DEFAULT (unixepoch())
  ) STRICT;
  CREATE TABLE IF NOT EXISTS aliases (
    address TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (address, target)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS domains (name TEXT PRIMARY KEY) STRICT;
  CREATE TABLE IF NOT EXISTS grants (
    user TEXT NOT NULL, sender TEXT NOT NULL, PRIMARY KEY (user, sender)
  ) STRICT;
`

/** What came after the first version; two processes may open the file at once. */
const addColumns = (db: Database.Database): void =>
  db
    .transaction(() => {
      const columns = db.pragma('table_info(users)') as { name: string }[]
      if (!columns.some(({ name }) => name === 'scram')) db.exec('ALTER TABLE users ADD COLUMN scram TEXT')
    })
    .immediate()

export const openDirectoryDatabase = (file: string): DirectoryDatabase => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('busy_timeout = 5000')
  db.exec(schema)
  addColumns(db)
  const version = db.prepare('PRAGMA data_version').pluck()
  let seen: unknown = null
  let kept: DirectoryRows | null = null
  let isAsked = false

  const read = (): DirectoryRows => {
    const aliases = new Map<string, string[]>()
    const grants = new Map<string, Set<string>>()
    const granted = db.prepare('SELECT user, sender FROM grants ORDER BY rowid').all()
    for (const { user, sender } of granted as { user: string; sender: string }[])
      grants.set(user, (grants.get(user) ?? new Set()).add(sender))
    const pairs = db.prepare('SELECT address, target FROM aliases ORDER BY rowid').all()
    for (const { address, target } of pairs as { address: string; target: string }[]) {
      aliases.set(address, [...(aliases.get(address) ?? []), target])
    }
    const users = db.prepare(
      'SELECT address, name, hash, disabled, quotaBytes, scram FROM users ORDER BY createdAt, rowid',
    )
    return {
      users: new Map((users.all() as UserRow[]).map((user) => [user.address, user])),
      aliases,
      grants,
      domains: new Set(db.prepare('SELECT name FROM domains').pluck().all() as string[]),
    }
  }
  // data_version tells other connections' writes only; our own throw the copy away themselves.
  const write = (sql: string, ...values: unknown[]): boolean => {
    kept = null
    return db.prepare(sql).run(...values).changes > 0
  }
  return {
    rows: () => {
      // One answer holds for this turn of the loop: a recipient asks a dozen times.
      if (kept && isAsked) return kept
      isAsked = true
      setImmediate(() => (isAsked = false))
      const now = version.get()
      if (!kept || now !== seen) {
        kept = read()
        seen = now
      }
      return kept
    },
    insertUser: ({ address, name, hash, scram }) =>
      write(
        'INSERT OR IGNORE INTO users (address, name, hash, scram) VALUES (?, ?, ?, ?)',
        address,
        name,
        hash,
        scram,
      ),
    updateUser: (address, change) =>
      Object.entries(change)
        .map(([column, value]) => write(`UPDATE users SET ${column} = ? WHERE address = ?`, value, address))
        .every(Boolean),
    deleteUser: (address) => {
      // A new user of this name starts with nothing.
      write('DELETE FROM grants WHERE user = ?', address)
      return write('DELETE FROM users WHERE address = ?', address)
    },
    addAlias: (address, target) =>
      write('INSERT OR IGNORE INTO aliases (address, target) VALUES (?, ?)', address, target),
    removeAlias: (address, target) =>
      target === null
        ? write('DELETE FROM aliases WHERE address = ?', address)
        : write('DELETE FROM aliases WHERE address = ? AND target = ?', address, target),
    addDomain: (name) => write('INSERT OR IGNORE INTO domains (name) VALUES (?)', name),
    removeDomain: (name) => write('DELETE FROM domains WHERE name = ?', name),
    addGrant: (user, sender) =>
      write('INSERT OR IGNORE INTO grants (user, sender) VALUES (?, ?)', user, sender),
    removeGrant: (user, sender) => write('DELETE FROM grants WHERE user = ? AND sender = ?', user, sender),
    close: () => db.close(),
  }
}

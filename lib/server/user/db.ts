import 'server-only'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import {
  type DatabaseConnection,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
} from 'kysely'
import { config, ConfigError } from '../config'
import { once } from '../once'
import { migrations } from './migrations'
import type { Tables } from './schema'

// The person's data that is not mail. Statements are written in Kysely and stay dialect-neutral: PostgreSQL
// comes later (DESIGN.md decision 8).

export type Db = Kysely<Tables>
type SqliteDatabase = Database.Database

/** Opens and migrates; the promise fails when the file cannot be used, and the web process then stops. */
export const database = (): Promise<Db> => once('database', () => openDatabase(config().database))

/** SQLite's changes of tables belong to its transactions; Kysely runs them outside unless it is told. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
/** A disk that is full ends a transaction by itself (sqlite.org/lang_transaction.html): what it says of that is what is told. */
class PlainDriver extends SqliteDriver {
  constructor(private readonly sqlite: SqliteDatabase) {
    super({ database: sqlite })
  }
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.sqlite.inTransaction) await super.rollbackTransaction(connection)
  }
}

class TransactionalDialect extends SqliteDialect {
  constructor(private readonly sqlite: SqliteDatabase) {
    super({ database: sqlite })
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
  override createDriver(): SqliteDriver {
    return new PlainDriver(this.sqlite)
  }
}

export const openDatabase = async (path: string): Promise<Db> => {
  const db = new Kysely<Tables>({ dialect: new TransactionalDialect(openSqlite(path)) })
  await migrate(db, path)
  return db
}

const openSqlite = (path: string) => {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const sqlite = new Database(path)
    sqlite.pragma('busy_timeout = 5000')
    sqlite.pragma('journal_mode = WAL')
    // A job is on disk before the 202 is sent: WAL with NORMAL could lose the last commits in a power cut.
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
    return sqlite
  } catch (cause) {
    throw new ConfigError(`POSTHORN_DATABASE: cannot open ${path}: ${(cause as Error).message}`, { cause })
  }
}

const migrate = async (db: Db, path: string): Promise<void> => {
  await refuseNewer(db, path)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error)
    throw new ConfigError(`${path}: cannot be brought up to date: ${String(error)}`, { cause: error })
}

const refuseNewer = async (db: Db, path: string): Promise<void> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const stranger = rows.find((row) => !(row.name in migrations))
  if (stranger)
    throw new ConfigError(
      `${path} was used by a newer Posthorn (it has step ${stranger.name}): start that version again, or restore the backup made before it`,
    )
}

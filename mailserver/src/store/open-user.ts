// Opening one user: the database, what the rest of the room shares, and the remains of a death cleared away.
import { closeSync, fdatasync, openSync, readdirSync, statSync, unlinkSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type Database from 'better-sqlite3'
import type { Log } from '../core/log'
import { Lane, type Context, type Limits } from './context'
import type { TextIndex } from './text/client'

const syncFile = promisify(fdatasync)

export interface OpenUser {
  user: string
  /** The user's own folder, holding Maildir and database. */
  folder: string
  log: Log
  limits: () => Limits
  text: TextIndex
}

export const contextFor = ({ user, folder, log, limits, text }: OpenUser, db: Database.Database) => {
  const statements = new Map<string, Database.Statement>()
  let wal: number | null = null
  const ctx: Context = {
    user,
    folder,
    maildir: join(folder, 'Maildir'),
    db,
    log,
    limits,
    lane: new Lane(),
    text,
    listeners: new Set(),
    q: <Result>(text: string) => {
      let statement = statements.get(text)
      if (!statement) statements.set(text, (statement = db.prepare(text)))
      return statement as Database.Statement<unknown[], Result>
    },
    emit: (event) => {
      for (const listener of [...ctx.listeners]) {
        try {
          listener(event)
        } catch (error) {
          // One session's fault must not keep the others, or the commit, from their answer.
          log.error('store-listener-failed', { reason: String(error) })
        }
      }
    },
    // SQLite locks the database file, never the -wal file: a second descriptor on it is harmless.
    syncWal: () => syncFile((wal ??= openSync(`${db.name}-wal`, 'r'))),
  }
  const closeFiles = () => {
    if (wal !== null) closeSync(wal)
    wal = null
  }
  return { ctx, closeFiles }
}

/** What a dead process of ours left half written; another program's young files are left alone. */
/** Folders of removed mailboxes and a reindex that was cut off. */
export const clearRemains = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (/^gone-[0-9a-f]{16}$|^store\.db\.new/.test(name))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

export const clearTmp = (maildir: string) => {
  const tmp = join(maildir, 'tmp')
  for (const name of readdirSync(tmp)) {
    const path = join(tmp, name)
    const ours = /^\d+\.(M\d+P\d+Q\d+R|D[A-Za-z0-9_-]{27}\.)/.test(name)
    if (ours || Date.now() - statSync(path).mtimeMs > 36 * 3600 * 1000) unlinkSync(path)
  }
}

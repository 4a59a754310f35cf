// Opening one user: the database, what the rest of the room shares, and the remains of a death cleared away.
import { closeSync, openSync, readdirSync, statSync, unlinkSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Log } from '../core/log'
import { Lane, type Context, type Limits } from './context'
import type { Disk } from './disk/client'
import type { TextIndex } from './text/client'

export interface OpenUser {
  user: string
  /** The user's own folder, holding Maildir and database. */
  folder: string
  log: Log
  limits: () => Limits
  text: TextIndex
  disk: Disk
}

export interface Opened {
  ctx: Context
  isAwake(): boolean
  lastUsed(): number
  /** Closes the files; the next use opens them again. Statements must not be held across an await outside the lane. */
  rest(): void
}

export const contextFor = (
  { user, folder, log, limits, text, disk }: OpenUser,
  openFile: () => Database.Database,
): Opened => {
  const statements = new Map<string, Database.Statement>()
  let db: Database.Database | null = null
  let wal: number | null = null
  let used = 0
  const awake = () => {
    used = Date.now()
    return (db ??= openFile())
  }
  const ctx: Context = {
    user,
    folder,
    maildir: join(folder, 'Maildir'),
    get db() {
      return awake()
    },
    log,
    limits,
    lane: new Lane(),
    text,
    disk,
    listeners: new Set(),
    q: <Result>(text: string) => {
      let statement = statements.get(text)
      if (!statement) statements.set(text, (statement = awake().prepare(text)))
      used = Date.now()
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
    syncWal: () => disk.sync((wal ??= openSync(`${awake().name}-wal`, 'r'))),
  }
  const rest = () => {
    if (wal !== null) closeSync(wal)
    wal = null
    statements.clear()
    db?.close()
    db = null
  }
  return { ctx, isAwake: () => db !== null, lastUsed: () => used, rest }
}

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

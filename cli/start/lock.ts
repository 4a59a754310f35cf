// One supervisor per data folder: a second one would move to other ports and write into the same mailboxes.
// The lock is the database's own (fcntl), so the kernel gives it back when its holder dies, however it dies.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export const LOCK_NAME = 'supervisor.lock'

export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning'
}

/** Gives the function that releases it. */
export const lockFolder = (home: string): (() => void) => {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const lock = new Database(join(home, LOCK_NAME), { timeout: 0 })
  try {
    // No journal: nothing is ever written, and a data folder should hold what it must.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new AlreadyRunning(
      `Posthorn already runs on ${home}. Stop that one, or set POSTHORN_HOME to another folder.`,
    )
  }
  return () => void lock.close()
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownFailure } from './own-failure'

// What SQLite itself throws, not what its manual says.
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-own-failure-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const thrownBy = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}

it('a database that is full is a lack of room', () => {
  const db = new Database(join(folder, 'full.db'))
  db.exec('CREATE TABLE t (x)')
  db.pragma('max_page_count = 3')
  const error = thrownBy(() => db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run())
  expect(ownFailure(error)).toMatchObject({ code: 'no-room' })
  expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0)
  db.close()
})

it('a database that another program holds is busy, with a time', () => {
  const path = join(folder, 'held.db')
  const [holder, other] = [new Database(path), new Database(path, { timeout: 10 })]
  holder.exec('CREATE TABLE t (x); BEGIN EXCLUSIVE')
  const error = thrownBy(() => other.prepare('INSERT INTO t VALUES (1)').run())
  expect(ownFailure(error)).toMatchObject({ code: 'too-busy', retryAfterSeconds: 5 })
  holder.exec('ROLLBACK')
  other.prepare('INSERT INTO t VALUES (1)').run()
  holder.close()
  other.close()
})

it.each([[new Error('x')], [null], ['ENOSPC'], [{ code: 'SQLITE_CORRUPT' }]])(
  '%s is something else',
  (error) => expect(ownFailure(error)).toBeNull(),
)

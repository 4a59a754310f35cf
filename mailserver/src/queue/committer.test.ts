import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCommitter } from './committer'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const open = () => {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE facts (fact TEXT)')
  const lost: string[] = []
  const committer = createCommitter({
    db,
    syncLog: () => Promise.resolve(),
    onLost: (error) => lost.push(String(error)),
  })
  const put = (fact: string) => () => void db.prepare('INSERT INTO facts VALUES (?)').run(fact)
  const facts = () => db.prepare('SELECT fact FROM facts ORDER BY rowid').pluck().all()
  return { db, committer, lost, put, facts }
}

test('a lazy write that fails takes no other along, and is written when it can be, before what comes later', async () => {
  const { db, committer, lost, put, facts } = open()
  db.exec(
    "CREATE TRIGGER full BEFORE INSERT ON facts WHEN NEW.fact = 'old' BEGIN SELECT RAISE(ABORT, 'full'); END",
  )
  committer.lazily(put('old'))
  await committer.durable(put('first'))
  expect(facts()).toEqual(['first'])
  expect(lost).toHaveLength(1)
  vi.advanceTimersByTime(5_000)
  expect(lost).toHaveLength(2)
  db.exec('DROP TRIGGER full')
  await committer.durable(put('second'))
  expect(facts()).toEqual(['first', 'old', 'second'])
  vi.advanceTimersByTime(60_000)
  expect(facts()).toHaveLength(3)
})

test('a durable write that fails is told so at once and not repeated', async () => {
  const { db, committer, put, facts } = open()
  db.exec("CREATE TRIGGER full BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'full'); END")
  await expect(committer.durable(put('x'))).rejects.toThrow('full')
  db.exec('DROP TRIGGER full')
  committer.flush()
  vi.advanceTimersByTime(60_000)
  expect(facts()).toEqual([])
})

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

test('of thousands that a full disk owes, a few are tried at once; what comes meanwhile is refused, and all hold in their order', async () => {
  const { db, committer, lost, put, facts } = open()
  db.pragma('max_page_count = 3')
  let tries = 0
  for (let at = 0; at < 3_000; at++) {
    const write = put(`${at} ${'x'.repeat(5_000)}`)
    committer.lazily(() => {
      tries += 1
      write()
    })
  }
  committer.flush()
  await expect(committer.durable(put(`late ${'x'.repeat(10_000)}`))).rejects.toThrow('full')
  expect(tries).toBeLessThanOrEqual(1_000)
  expect(lost.length).toBeGreaterThanOrEqual(3_000)
  db.pragma('max_page_count = 100000')
  await committer.durable(put('last'))
  expect(facts().map((fact) => String(fact).split(' ')[0])).toEqual([
    ...Array.from({ length: 3_000 }, (_, at) => `${at}`),
    'last',
  ])
})

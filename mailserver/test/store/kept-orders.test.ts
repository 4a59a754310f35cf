// What SORT and THREAD keep beside the database: read by the next start, and right when messages went and came meanwhile.
// The rows it was made from are taken away in between, so that only what was kept can tell the order.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Wire } from '../conformance/wire'
import { password, startServer, type TestServer } from '../server'

const count = 120
/** Another order than that of arrival, by subject and by date; every third answers the one before. */
const subjectOf = (n: number) => `w${String((n * 7919) % 1009).padStart(4, '0')}`
const dateOf = (n: number) => new Date(Date.UTC(2025, 0, 1) + ((n * 7907) % 997) * 60_000)
const letter = (n: number) =>
  [
    `Subject: ${subjectOf(n)}`,
    `Date: ${dateOf(n).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}@example.org>`,
    ...(n % 3 === 0 ? [`In-Reply-To: <${n - 1}@example.org>`] : []),
    '',
    `letter ${n}`,
    '',
  ].join('\r\n')

const signIn = async (server: TestServer): Promise<Wire> => {
  const wire = await Wire.open(server)
  await wire.line()
  await wire.command(`LOGIN alice@posthorn.test ${password}`)
  return wire
}

const numbersIn = (told: readonly string[]): string =>
  told.find((line) => /^\* (SORT|THREAD) /.test(line)) ?? ''

const ask = async (wire: Wire) => ({
  subject: numbersIn((await wire.command('UID SORT (SUBJECT) UTF-8 ALL')).told),
  date: numbersIn((await wire.command('UID SORT (REVERSE DATE) UTF-8 ALL')).told),
  thread: numbersIn((await wire.command('UID THREAD REFERENCES UTF-8 ALL')).told),
})

const expected = (uids: readonly number[]) => {
  const by = (key: (uid: number) => string | number) =>
    uids.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b))
  const there = new Set(uids)
  const parentOf = (uid: number) => (uid % 3 === 0 ? uid - 1 : null)
  // Two answers of one message stand apart only by their date; here each has one at most.
  const threads = uids
    .filter((uid) => !there.has(parentOf(uid) ?? 0))
    .toSorted((a, b) => dateOf(a).getTime() - dateOf(b).getTime())
    .map((uid) => (there.has(uid + 1) && parentOf(uid + 1) === uid ? `(${uid} ${uid + 1})` : `(${uid})`))
  return {
    subject: `* SORT ${by(subjectOf).join(' ')}`,
    date: `* SORT ${by((uid) => -dateOf(uid).getTime()).join(' ')}`,
    thread: `* THREAD ${threads.join('')}`,
  }
}

const append = async (wire: Wire, from: number, to: number) => {
  for (let n = from; n <= to; n += 1) {
    const bytes = letter(n)
    await wire.command(`APPEND INBOX {${bytes.length}+}\r\n${bytes}`)
  }
}

const untilKept = async (folder: string) => {
  const kept = () =>
    existsSync(folder) ? readdirSync(folder).filter((name) => /-(subject|sent|kin)$/.test(name)) : []
  while (kept().length < 3) await after(20)
}

test('RFC 5256: orders kept by one process are read by the next, without what was expunged and with what is new', async () => {
  const first = await startServer('one for all')
  const folder = join(first.home, 'mail', 'users', 'alice@posthorn.test')
  mkdirSync(folder, { recursive: true })
  const wire = await signIn(first)
  await append(wire, 1, count)
  await wire.command('SELECT INBOX')
  const all = Array.from({ length: count }, (_, at) => at + 1)
  expect(await ask(wire)).toEqual(expected(all))
  await untilKept(join(folder, 'order'))
  const gone = [1, 8, 9, 60, count]
  await wire.command(`UID STORE ${gone.join(',')} +FLAGS.SILENT (\\Deleted)`)
  await wire.command('EXPUNGE')
  wire.close()
  await first.close()

  const database = new Database(join(folder, 'store.db'))
  const { changes } = database
    .prepare('delete from sorting where content < (select max(content) from sorting)')
    .run()
  expect(changes).toBe(count - gone.length - 1)
  database.close()

  const second = await startServer('one for all', { POSTHORN_HOME: first.home })
  const again = await signIn(second)
  await append(again, count + 1, count + 3)
  await again.command('SELECT INBOX')
  const left = [...all.filter((uid) => !gone.includes(uid)), count + 1, count + 2, count + 3]
  expect(await ask(again)).toEqual(expected(left))
  again.close()
  await second.close()
  expect([...first.errors, ...second.errors]).toEqual([])
})

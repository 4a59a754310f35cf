// What SORT and THREAD keep beside the database: read by the next start, and right when messages went and came meanwhile.
// The rows it was made from are taken away in between, so that only what was kept can tell the order.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Wire } from '../conformance/wire'
import { password, startServer } from '../server'
import { startProcess } from '../support/process'
import { testEnvironment } from '../support/server'

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

const signIn = async (where: { host: string; port: number }, user: string): Promise<Wire> => {
  const wire = await Wire.open(where)
  await wire.line()
  await wire.command(`LOGIN ${user} ${password}`)
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
  const first = await startServer()
  const user = await first.addUser()
  const folder = join(first.home, 'mail', 'users', user)
  mkdirSync(folder, { recursive: true })
  const wire = await signIn(first, user)
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

  // A process of its own: in this one the orders are still in memory.
  const second = await startProcess(testEnvironment(first.home))
  const again = await signIn({ host: '127.0.0.1', port: second.doors.imap as number }, user)
  await append(again, count + 1, count + 3)
  await again.command('SELECT INBOX')
  const left = [...all.filter((uid) => !gone.includes(uid)), count + 1, count + 2, count + 3]
  expect(await ask(again)).toEqual(expected(left))
  again.close()
  expect(await second.stop()).toBe(0)
  expect(first.errors).toEqual([])
})

test('one user of two stores in one process has two orders', async () => {
  const orders: string[] = []
  for (const numbers of [
    [1, 2, 3, 4],
    [4, 3, 2, 1],
  ]) {
    const server = await startServer('one for all')
    const wire = await signIn(server, 'alice@posthorn.test')
    for (const n of numbers) await append(wire, n, n)
    await wire.command('SELECT INBOX')
    const { subject } = await ask(wire)
    const uids = [1, 2, 3, 4].toSorted((a, b) =>
      subjectOf(numbers[a - 1]!) < subjectOf(numbers[b - 1]!) ? -1 : 1,
    )
    expect(subject).toBe(`* SORT ${uids.join(' ')}`)
    orders.push(subject)
    wire.close()
    await server.close()
    expect(server.errors).toEqual([])
  }
  expect(orders[0]).not.toBe(orders[1])
})

test('what came since the last order is known when the mailbox is selected again, before it is asked for', async () => {
  const server = await startServer()
  const user = await server.addUser()
  const wire = await signIn(server, user)
  await append(wire, 1, 4)
  await wire.command('SELECT INBOX')
  await ask(wire)
  await append(wire, 5, 9)
  const other = await signIn(server, user)
  await other.command('SELECT INBOX')
  await other.command('NOOP')
  const database = new Database(join(server.home, 'mail', 'users', user, 'store.db'))
  expect(database.prepare('delete from sorting').run().changes).toBe(9)
  database.close()
  const { date } = await ask(other)
  expect(date).toBe(expected([1, 2, 3, 4, 5, 6, 7, 8, 9]).date)
  for (const each of [wire, other]) each.close()
  await server.close()
  expect(server.errors).toEqual([])
})

// What the store may cost: disk for its index, open files for many users, trips to the disk for many deliveries.
import { createHook } from 'node:async_hooks'
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import Database from 'better-sqlite3'
import type { UserStore } from './contract'
import { createStore } from './index'

const awake = 5
let folder: string
let store: ReturnType<typeof createStore>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounds-'))
  store = createStore({ folder, keepOpen: 4, keepAwake: awake })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const letter = (text: string) => Buffer.from(`Subject: letter\r\n\r\n${text}\r\n`)
const deliver = (user: UserStore, text: string) => user.deliver('INBOX', { source: letter(text) })

/** Letters as often as English has them. */
const alphabet =
  'eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddlllluuucccmmmwwffggyyppbbvkjxqz'
let seed = 4711
const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
const word = () => Array.from({ length: 2 + random(9) }, () => alphabet[random(alphabet.length)]).join('')
const vocabulary = Array.from({ length: 3_000 }, word)
const text = (words: number) =>
  Array.from({ length: words }, () => vocabulary[random(random(3_000) + 1)])
    .join(' ')
    .replace(/.{70}/g, '$&\r\n')

test('the full-text index is less than three times the text it indexes', async () => {
  const user = store.open('alice@posthorn.test')
  const inbox = user.mailbox('INBOX')!.id
  const letters = Array.from({ length: 600 }, () => letter(text(600)))
  await user.append(
    inbox,
    letters.map((source) => ({ source })),
  )
  expect(await user.search(inbox, { key: 'body', value: 'nobody-wrote-this' })).toEqual([])
  await store.close()
  const file = join(folder, 'alice@posthorn.test', 'search.db')
  const db = new Database(file)
  const size = db
    .prepare('select sum(length(cast(head as blob)) + length(cast(body as blob))) from text')
    .pluck()
    .get()
  db.pragma('wal_checkpoint(truncate)')
  db.close()
  const ratio = statSync(file).size / Number(size)
  expect(ratio).toBeGreaterThan(1)
  expect(ratio).toBeLessThan(3)
  store = createStore({ folder })
})

test('without a usable index every message is read: slower, and as exact', async () => {
  mkdirSync(join(folder, 'bob@posthorn.test', 'search.db'), { recursive: true })
  const user = store.open('bob@posthorn.test')
  const inbox = user.mailbox('INBOX')!.id
  for (const each of ['a needle in hay', 'hay', 'NEEDLE']) await deliver(user, each)
  expect(await user.search(inbox, { key: 'body', value: 'needle' })).toEqual([1, 3])
  expect(await user.search(inbox, { key: 'text', value: 'letter' })).toEqual([1, 2, 3])
})

const openDatabases = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)).startsWith(folder)
    } catch {
      return false
    }
  }).length

test('open files do not grow with users, away or connected', async () => {
  const visit = async (from: number, to: number, hold: 'stay' | 'leave') => {
    for (let n = from; n < to; n++) {
      const user = store.open(`user${n}@posthorn.test`)
      await deliver(user, 'hello')
      if (hold === 'leave') store.release(user)
    }
  }
  // A database is three files and one to sync by; the worker has eight of both kinds open.
  const most = 4 * (awake + 2) + 8 * 6 + 3
  await visit(0, 25, 'leave')
  expect(openDatabases()).toBeLessThanOrEqual(most)
  await visit(25, 50, 'stay')
  expect(openDatabases()).toBeLessThanOrEqual(most)
})

/** Requests that went to the file system through the thread pool. */
const countRequests = async (work: () => Promise<unknown>): Promise<number> => {
  let count = 0
  const hook = createHook({
    init: (_, type) => {
      if (type.startsWith('FSREQ')) count += 1
    },
  }).enable()
  await work()
  hook.disable()
  return count
}

test('deliveries at one moment share the fsyncs of folder, UID list and database', async () => {
  const user = store.open('carol@posthorn.test')
  await deliver(user, 'first')
  const each = await countRequests(async () => {
    for (let n = 0; n < 40; n++) await deliver(user, `one after the other ${n}`)
  })
  const together = await countRequests(() =>
    Promise.all(Array.from({ length: 40 }, (_, n) => deliver(user, `together ${n}`))),
  )
  expect(together / each).toBeLessThan(0.75)
})

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { openJournal, type Journal, type Owed } from './journal'

const folders: string[] = []
const opened: Journal[] = []
const broken: string[] = []
afterEach(() => {
  vi.useRealTimers()
  broken.length = 0
  for (const journal of opened.splice(0)) journal.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  folders.push(folder)
  return folder
}
/** Another process on the same files: nothing of the first one's memory counts. */
const open = (folder: string): Journal => {
  const journal = openJournal(folder, {
    step: () => undefined,
    onBroken: (error) => broken.push(String(error)),
  })
  opened.push(journal)
  return journal
}
const entry = (id: string, text = id) => ({ id, head: { for: id }, bytes: Buffer.from(text) })
const found = (folder: string) => open(folder).found.map(({ id, bytes }) => `${id} ${bytes.toString()}`)

test('what was added is found in its order, whole; what was revoked is not', async () => {
  const folder = newFolder()
  const journal = open(folder)
  const [, second] = await Promise.all(['1', '2', '3'].map((id) => journal.add(entry(id, `bytes of ${id}`))))
  await journal.revoke(second!)
  const [first] = open(folder).found
  expect(found(folder)).toEqual(['1 bytes of 1', '3 bytes of 3'])
  expect(first?.head).toEqual({ for: '1' })
})

test('what was found is owed until it is forgotten, and nothing is taken before', async () => {
  const folder = newFolder()
  await open(folder).add(entry('1'))
  const next = open(folder)
  expect(next.takes(1)).toBe(false)
  expect(found(folder)).toEqual(['1 1'])
  next.forget()
  expect(next.takes(1)).toBe(true)
  await next.add(entry('2'))
  expect(found(folder)).toEqual(['2 2'])
})

test('a file is begun anew when nothing of it is owed; older records behind the new ones mean nothing', async () => {
  const folder = newFolder()
  const journal = open(folder)
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => journal.add(entry(`old${n}`))))
  for (const owed of all) journal.settle(owed)
  await journal.add(entry('new'))
  expect(found(folder)).toEqual(['new new'])
})

test('a large backlog turns to the other file, and both are read', async () => {
  const folder = newFolder()
  const journal = open(folder)
  const text = 'x'.repeat(60_000)
  const owed = []
  for (let n = 0; n < 100; n++) owed.push(await journal.add(entry(`${n}`, text)))
  expect(new Set(owed.map(({ part }) => part)).size).toBe(2)
  // The first file is stuck by one: what came after it is found as well, in order.
  for (const each of owed.slice(1, 98)) journal.settle(each)
  const ids = open(folder).found.map(({ id }) => Number(id))
  expect(ids).toEqual([...ids].sort((a, b) => a - b))
  expect(ids).toContain(0)
  expect(ids.slice(-2)).toEqual([98, 99])
})

test('a torn record and all behind it was never acknowledged', async () => {
  const folder = newFolder()
  const journal = open(folder)
  await journal.add(entry('1'))
  await journal.add(entry('2', 'the last one'))
  const path = join(folder, 'a')
  const bytes = readFileSync(path)
  bytes[bytes.indexOf('the last one')] = 0
  writeFileSync(path, bytes)
  expect(found(folder)).toEqual(['1 1'])
})

test('a message that holds the bytes of a record is no record', async () => {
  const folder = newFolder()
  const journal = open(folder)
  const first = await journal.add(entry('a', 'x'))
  const forged = Buffer.from(readFileSync(join(folder, 'a')))
  journal.settle(first)
  // As if by chance the new record ended where the forged one lies.
  const carrier = await journal.add({ id: 'b', head: null, bytes: Buffer.concat([forged, forged, forged]) })
  journal.settle(carrier)
  await journal.add(entry('c', 'y'))
  expect(found(folder)).toEqual(['c y'])
})

test('there is room for so much, and no more', async () => {
  const journal = open(newFolder())
  const owed = []
  while (journal.takes(60_000)) owed.push(await journal.add(entry('x', 'x'.repeat(60_000))))
  expect(owed.length).toBeGreaterThan(200)
  journal.settle(owed[0]!)
  expect(journal.takes(60_000)).toBe(true)
})

/** From now on each write to it fails with ENOSPC. */
const fillDisk = ({ part }: Owed) => {
  closeSync(part.fd)
  part.fd = openSync('/dev/full', 'r+')
}

test('a disk that fails when the journal is cleared ends nothing: it takes no more, says so once, and closes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const journal = open(newFolder())
  const owed = await journal.add(entry('1'))
  const other = await journal.add(entry('2'))
  fillDisk(owed)
  journal.settle(owed)
  journal.settle(other)
  vi.advanceTimersByTime(1_000)
  expect(journal.takes(1)).toBe(false)
  await expect(journal.add(entry('3'))).rejects.toThrow()
  expect(broken).toEqual([expect.stringContaining('ENOSPC')])
})

test('a journal that cannot be cleared at the end is closed all the same', async () => {
  const journal = openJournal(newFolder(), {
    step: () => undefined,
    onBroken: (error) => broken.push(String(error)),
  })
  const owed = await journal.add(entry('1'))
  fillDisk(owed)
  journal.settle(owed)
  journal.close()
  expect(broken).toHaveLength(1)
})

test('a disk that fails under a write is told once, and what was found is let go when it is forgotten', async () => {
  const folder = newFolder()
  const owed = await open(folder).add(entry('1'))
  const journal = open(folder)
  expect(journal.found).toHaveLength(1)
  journal.forget()
  expect(journal.found).toEqual([])
  fillDisk(await journal.add(entry('2')))
  await expect(journal.add(entry('3'))).rejects.toThrow('ENOSPC')
  await expect(journal.add(entry('4'))).rejects.toThrow()
  expect(broken).toHaveLength(1)
  expect(owed.id).toBe('1')
})

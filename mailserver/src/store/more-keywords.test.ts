// Keywords past the twenty-sixth of a mailbox: no letter in a file name, and yet kept.
import { mkdtempSync, readdirSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nextTick } from '../../test/support/tick'
import type { UserStore } from './contract'
import { createStore } from './index'

const address = 'alice@posthorn.test'
let folder: string
let store: ReturnType<typeof createStore>
let alice: UserStore

const open = () => {
  store = createStore({ folder })
  alice = store.open(address)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keywords-'))
  open()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const words = Array.from({ length: 40 }, (_, index) => `word${String(index).padStart(2, '0')}`)
const inbox = () => alice.mailbox('INBOX')!.id
const source = Buffer.from('Subject: x\r\n\r\nx\r\n')
const flagsOf = (mailbox = inbox()) => alice.rows(mailbox).map(({ flags }) => flags)

/** As after the loss of a disk that held the database and not the mail. */
const loseDatabase = async () => {
  await store.close()
  for (const name of readdirSync(join(folder, address)))
    if (name !== 'Maildir') rmSync(join(folder, address, name), { recursive: true })
  store = createStore({ folder })
  await store.reindex(address)
  alice = store.open(address)
}

test('forty keywords survive the loss of the database', async () => {
  await alice.append(inbox(), [{ source, flags: words }, { source }])
  for (const word of words) await alice.setFlags(inbox(), [2], { how: 'add', flags: [word] })
  await alice.setFlags(inbox(), [1], { how: 'remove', flags: ['word39', 'word03'] })
  const archive = alice.mailbox('Archive')!.id
  await alice.append(archive, [{ source, flags: words.toReversed() }])
  await alice.copy(inbox(), [1], archive)
  const before = [flagsOf(), flagsOf(archive)]
  expect(before.flat().map((flags) => flags.length)).toEqual([38, 40, 40, 38])
  await loseDatabase()
  expect([flagsOf(), flagsOf(alice.mailbox('Archive')!.id)]).toEqual(before)
  await loseDatabase()
  expect([flagsOf(), flagsOf(alice.mailbox('Archive')!.id)]).toEqual(before)
})

test('a keyword without letter that was taken off does not come back', async () => {
  await alice.append(inbox(), [{ source, flags: words }])
  await alice.setFlags(inbox(), [1], { how: 'replace', flags: ['word00'] })
  await loseDatabase()
  expect(flagsOf()).toEqual([['word00']])
})

test('another program that renames the file changes only what file names tell', async () => {
  await alice.append(inbox(), [{ source, flags: words }])
  await alice.refresh(inbox())
  const maildir = join(folder, address, 'Maildir')
  const path = alice.path(inbox(), 1)
  await nextTick(maildir)
  renameSync(path, path.replace(/:2,.*/, ':2,FSb'))
  await alice.refresh(inbox())
  expect(flagsOf()).toEqual([['\\Flagged', '\\Seen', 'word01', ...words.slice(26)]])
  await nextTick(maildir)
  unlinkSync(alice.path(inbox(), 1))
  await alice.refresh(inbox())
  expect(flagsOf()).toEqual([])
})

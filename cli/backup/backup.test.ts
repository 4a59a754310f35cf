import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backUp } from './backup'

let place: string
let home: string
let folder: string
const open: Database.Database[] = []
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'posthorn-backup-'))
  home = join(place, 'home')
  folder = join(place, 'copy')
  mkdirSync(home)
})
afterEach(() => {
  for (const database of open.splice(0)) database.close()
  rmSync(place, { recursive: true, force: true })
})

/** What is written stays in its -wal for as long as it is open. */
const makeDatabase = (path: string): void => {
  const database = new Database(path)
  open.push(database)
  database.pragma('journal_mode = wal')
  database.exec("create table word (text); insert into word values ('kept')")
}

const wordIn = (path: string): unknown => {
  const database = new Database(path, { readonly: true })
  open.push(database)
  return database.prepare('select text from word').pluck().get()
}

const taken = () => backUp({ home, database: join(home, 'posthorn.db'), folder })

it('takes whole what became a database while the others were taken', async () => {
  makeDatabase(join(home, 'posthorn.db'))
  const running = taken()
  while (!existsSync(join(`${folder}.unfinished`, 'posthorn.db'))) await turn()
  const user = join(home, 'mail', 'users', 'new@posthorn.test')
  mkdirSync(user, { recursive: true })
  makeDatabase(join(user, 'store.db'))
  expect(await running).toMatchObject({ databases: 2 })
  expect(wordIn(join(folder, 'posthorn.db'))).toBe('kept')
  expect(wordIn(join(folder, 'mail', 'users', 'new@posthorn.test', 'store.db'))).toBe('kept')
})

it('copies an attachment that begins like a database as it is', async () => {
  makeDatabase(join(home, 'posthorn.db'))
  mkdirSync(join(home, 'uploads'))
  const half = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5_000, 7)])
  writeFileSync(join(home, 'uploads', 'abc'), half)
  expect(await taken()).toMatchObject({ databases: 1 })
  expect(readFileSync(join(folder, 'uploads', 'abc')).equals(half)).toBe(true)
})

it('takes the journal as it was before the databases: what is handed to the queue meanwhile is in neither of them', async () => {
  makeDatabase(join(home, 'posthorn.db'))
  const journal = join(home, 'mail', 'spool', 'journal')
  mkdirSync(journal, { recursive: true })
  writeFileSync(join(journal, 'a'), 'one message')
  const running = taken()
  while (!existsSync(join(`${folder}.unfinished`, 'posthorn.db'))) await turn()
  writeFileSync(join(journal, 'a'), 'revoked')
  writeFileSync(join(journal, 'b'), 'another')
  await running
  expect(readFileSync(join(folder, 'mail', 'spool', 'journal', 'a'), 'utf8')).toBe('one message')
  expect(readFileSync(join(folder, 'mail', 'spool', 'journal', 'b'), 'utf8')).toBe('another')
})

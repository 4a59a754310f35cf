import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from './db'
import { migrations } from './migrations'

// What an earlier version left is brought up to date, once or twice, whole or not at all.

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-upgrade-'))
  path = join(folder, 'posthorn.db')
  const first = new Database(path)
  first.exec(readFileSync(join(import.meta.dirname, 'testing', 'first-version.sql'), 'utf8'))
  first.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const shapeOf = (file: string): unknown[] => {
  const db = new Database(file, { readonly: true })
  const all = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
  db.close()
  return all
}

it('a database of the first version has what a new one has, and keeps what is in it', async () => {
  for (let time = 0; time < 2; time++) {
    const db = await openDatabase(path)
    expect(await db.selectFrom('sessions').select(['address', 'client']).execute()).toEqual([
      { address: 'alice@posthorn.test', client: '192.0.2.4' },
    ])
    const { body } = await db.selectFrom('preferences').select('body').executeTakeFirstOrThrow()
    expect(JSON.parse(body)).toMatchObject({ theme: 'dark', displayName: 'Alice Žižková' })
    expect(await db.selectFrom('uploads').select('name').execute()).toEqual([{ name: 'plan.pdf' }])
    // Whose names an earlier version kept apart is asked at their next sign-in.
    const alice = 'alice@posthorn.test'
    expect(await db.selectFrom('logins').selectAll().execute()).toEqual([
      { login: alice, person: alice, owner: alice, state: 'unasked' },
    ])
    await db.destroy()
  }
  const fresh = join(folder, 'fresh.db')
  await (await openDatabase(fresh)).destroy()
  const plain = (shape: unknown[]) => JSON.stringify(shape).replaceAll(/\s+/g, ' ')
  expect(plain(shapeOf(path))).toBe(plain(shapeOf(fresh)))
})

it('two processes that upgrade at once leave one upgrade', async () => {
  const both = await Promise.allSettled([openDatabase(path), openDatabase(path)])
  for (const one of both) if (one.status === 'fulfilled') await one.value.destroy()
  const db = new Database(path, { readonly: true })
  const steps = db.prepare('SELECT name FROM kysely_migration ORDER BY name').pluck().all()
  db.close()
  expect(steps).toEqual(Object.keys(migrations))
})

it('a step that fails leaves the database as it was, and says so', async () => {
  // Something of the administrator's own stands where a step wants its table.
  const own = new Database(path)
  own.exec('CREATE TABLE labels (mine text)')
  own.close()
  const before = shapeOf(path)
  await expect(openDatabase(path)).rejects.toThrow(/cannot be brought up to date: .*labels/)
  expect(shapeOf(path)).toEqual(before)
})

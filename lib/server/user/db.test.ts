import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from './db'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'posthorn-db-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('is made, opened again, and writes through to the disk', async () => {
  const path = join(folder, 'deep', 'posthorn.db')
  await (await openDatabase(path)).destroy()
  const db = await openDatabase(path)
  const pragma = async (name: string) =>
    Object.values((await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0]
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('synchronous')).toBe(2)
  await db.destroy()
})

it('of a newer version is refused in words', async () => {
  const path = join(folder, 'posthorn.db')
  const db = await openDatabase(path)
  await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '')`.execute(db)
  await db.destroy()
  await expect(openDatabase(path)).rejects.toThrow(/newer Posthorn .*9999-future/)
})

it('that is no database is refused in words', async () => {
  await expect(openDatabase(folder)).rejects.toThrow(/POSTHORN_DATABASE: cannot open/)
})

import 'server-only'
import type { CompiledQuery } from 'kysely'
import { timeNow } from '../clock'
import { type Db, database } from './db'
import type { SessionRow } from './schema'

export type { SessionRow }

/** Ids in one statement; SQLite takes 32,766 values. */
const mostAsked = 500

export interface Lifetime {
  idleMs: number
  maxMs: number
}

export const addSession = async (row: SessionRow): Promise<void> => {
  await (await database()).insertInto('sessions').values(row).execute()
}

const questions = new WeakMap<Db, CompiledQuery<SessionRow>>()

/** It is put before every request's work, so it is worded once. */
const rowOf = (db: Db, id: string): CompiledQuery<SessionRow> => {
  const worded = questions.get(db) ?? db.selectFrom('sessions').selectAll().where('id', '=', 'any').compile()
  questions.set(db, worded)
  return { ...worded, parameters: [id] }
}

/** The row, unless it is too old or was unused for too long: such a session does not exist any more. */
export const findSession = async (id: string, life: Lifetime): Promise<SessionRow | null> => {
  const db = await database()
  const row = (await db.executeQuery(rowOf(db, id))).rows[0]
  const now = timeNow()
  if (!row || row.created_at + life.maxMs < now || row.used_at + life.idleMs < now) return null
  return row
}

/** Those among these that still hold. */
export const livingSessions = async (ids: readonly string[], life: Lifetime): Promise<Set<string>> => {
  const now = timeNow()
  const living = new Set<string>()
  for (let from = 0; from < ids.length; from += mostAsked) {
    const rows = await (
      await database()
    )
      .selectFrom('sessions')
      .select('id')
      .where('id', 'in', ids.slice(from, from + mostAsked))
      .where('created_at', '>=', now - life.maxMs)
      .where('used_at', '>=', now - life.idleMs)
      .execute()
    for (const { id } of rows) living.add(id)
  }
  return living
}

export const touchSession = async (id: string): Promise<void> => {
  await (await database()).updateTable('sessions').set({ used_at: timeNow() }).where('id', '=', id).execute()
}

export const resealSession = async (id: string, sealed: string): Promise<void> => {
  const db = await database()
  await db.updateTable('sessions').set({ sealed_password: sealed }).where('id', '=', id).execute()
}

export const sessionsOf = async (person: string, life?: Lifetime): Promise<SessionRow[]> => {
  const rows = (await database()).selectFrom('sessions').selectAll().where('person', '=', person)
  const now = timeNow()
  const living = life
    ? rows.where('created_at', '>=', now - life.maxMs).where('used_at', '>=', now - life.idleMs)
    : rows
  return living.orderBy('used_at', 'desc').execute()
}

export const endSession = async (id: string): Promise<void> => {
  await (await database()).deleteFrom('sessions').where('id', '=', id).execute()
}

export const removeOldSessions = async (life: Lifetime): Promise<void> => {
  const now = timeNow()
  await (
    await database()
  )
    .deleteFrom('sessions')
    .where((row) =>
      row.or([row('created_at', '<', now - life.maxMs), row('used_at', '<', now - life.idleMs)]),
    )
    .execute()
}

/** For the metrics. */
export const countSessions = async (): Promise<number> => {
  const all = (await database()).selectFrom('sessions').select(({ fn }) => fn.countAll<number>().as('many'))
  return Number((await all.executeTakeFirstOrThrow()).many)
}

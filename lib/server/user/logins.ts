import 'server-only'
import { sql } from 'kysely'
import { type Db, database } from './db'
import { nameSessions } from './preferences'
import type { LoginRow } from './schema'

export type { LoginRow }

/** More spellings than anybody types: those beyond are asked about at each sign-in. */
const mostKept = 100

export const findLogin = async (login: string): Promise<LoginRow | null> =>
  (await (await database()).selectFrom('logins').selectAll().where('login', '=', login).executeTakeFirst()) ??
  null

/** Every spelling of one address that has signed in. */
export const loginsOf = async (person: string): Promise<LoginRow[]> =>
  (await database())
    .selectFrom('logins')
    .selectAll()
    .where('person', '=', person)
    .orderBy('login')
    .limit(mostKept)
    .execute()

/**
 * What was found of a name; what is kept under `joined` belongs to its owner from now on. Gives the sessions that belonged to
 * another until now.
 */
export const settleLogin = async (row: LoginRow, joined: readonly string[]): Promise<string[]> => {
  const db = await database()
  return db.transaction().execute(async (within) => {
    const moved: string[] = []
    for (const from of joined) moved.push(...(await join(within, { from, to: row.owner })))
    const { many } = await within
      .selectFrom('logins')
      .select(({ fn }) => fn.countAll<number>().as('many'))
      .where('person', '=', row.person)
      .where('login', '!=', row.login)
      .executeTakeFirstOrThrow()
    if (Number(many) < mostKept)
      await within
        .insertInto('logins')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('login').doUpdateSet({ owner: row.owner, state: row.state, person: row.person }),
        )
        .execute()
    return moved
  })
}

interface Joining {
  from: string
  to: string
}

/** Any number of these may be one person's. */
const many = ['uploads', 'jobs', 'contacts', 'contact_addresses', 'logins', 'sessions'] as const
/** Of these there is one each, by this column; where both spellings have one, the account's own stays. */
const single = [
  ['preferences', null],
  ['labels', 'key'],
  ['invitation_answers', 'event'],
] as const

const join = async (db: Db, { from, to }: Joining): Promise<string[]> => {
  const moved = await db.selectFrom('sessions').select('id').where('owner', '=', from).execute()
  for (const table of ['identities', 'snippets'] as const) await joinList(db, table, { from, to })
  for (const table of many)
    await sql`update ${sql.table(table)} set owner = ${to} where owner = ${from}`.execute(db)
  for (const [table, column] of single) {
    const same = column ? sql`and kept.${sql.ref(column)} = ${sql.ref(`${table}.${column}`)}` : sql``
    await moveUnlessThere(db, { table, same, from, to })
  }
  const same = sql`and kept.rule = sender_rules.rule and kept.address = sender_rules.address`
  await moveUnlessThere(db, { table: 'sender_rules', same, from, to })
  await nameSessions(db, to)
  return moved.map(({ id }) => id)
}

interface Moving extends Joining {
  table: 'preferences' | 'labels' | 'invitation_answers' | 'sender_rules'
  same: ReturnType<typeof sql>
}

const moveUnlessThere = async (db: Db, { table, same, from, to }: Moving): Promise<void> => {
  const at = sql.table(table)
  await sql`update ${at} set owner = ${to} where owner = ${from}
    and not exists (select 1 from ${at} as kept where kept.owner = ${to} ${same})`.execute(db)
  await sql`delete from ${at} where owner = ${from}`.execute(db)
}

/** What lib/model/identity.ts lets a list hold: of two that are full the end is left out. */
const mostIn = { identities: 50, snippets: 200 }

/** A list is one row: what the account's own list does not hold stands behind it. */
const joinList = async (db: Db, table: 'identities' | 'snippets', { from, to }: Joining): Promise<void> => {
  const read = async (owner: string) => {
    const row = await db.selectFrom(table).select('body').where('owner', '=', owner).executeTakeFirst()
    return row ? (JSON.parse(row.body) as { id: string }[]) : []
  }
  const [own, theirs] = [await read(to), await read(from)]
  const ids = new Set(own.map(({ id }) => id))
  const all = [...own, ...theirs.filter(({ id }) => !ids.has(id))]
  const body = JSON.stringify(all.slice(0, mostIn[table]))
  await db.deleteFrom(table).where('owner', '=', from).execute()
  if (theirs.length === 0) return
  await db
    .insertInto(table)
    .values({ owner: to, body })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ body }))
    .execute()
}

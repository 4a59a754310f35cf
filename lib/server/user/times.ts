import 'server-only'
import { sql } from 'kysely'
import type { Moved } from '../clock'
import { database } from './db'

/**
 * The clock was wrong when these were written, or is believed now and was not then: what lies between is as old as it was. What
 * a person planned for a time of day stays at that time.
 */
export const moveTimes = async ({ from, to, ms }: Moved): Promise<void> => {
  const written = [
    ['sessions', 'created_at'],
    ['sessions', 'used_at'],
    ['uploads', 'created_at'],
  ] as const
  await (await database()).transaction().execute(async (within) => {
    for (const [table, name] of written) {
      const column = sql.ref(name)
      await sql`update ${sql.table(table)} set ${column} = ${column} + ${ms}
        where ${column} between ${from} and ${to}`.execute(within)
    }
    // What is to be tried again waits as long as it was to, and is given up when it was to; a copy that is to be filed, too.
    const goesOn = sql`state in ('waiting', 'sending', 'sent') and step != 'done'`
    await sql`update jobs set created_at = created_at + ${ms}
      where ${goesOn} and created_at between ${from} and ${to}`.execute(within)
    await sql`update jobs set due_at = due_at + ${ms}, updated_at = updated_at + ${ms}
      where ${goesOn} and tries > 0 and updated_at between ${from} and ${to}`.execute(within)
  })
}

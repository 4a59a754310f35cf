import 'server-only'
import { defaultPreferences, preferences, type Preferences } from '@/lib/model/preferences'
import { database } from './db'

/** What cannot be read any more (an older shape) falls back to the defaults: never a reason to fail. */
export const readPreferences = async (owner: string): Promise<Preferences> => {
  const row = await (
    await database()
  )
    .selectFrom('preferences')
    .select('body')
    .where('owner', '=', owner)
    .executeTakeFirst()
  if (!row) return defaultPreferences
  const read = preferences.safeParse(JSON.parse(row.body))
  return read.success ? read.data : defaultPreferences
}

export const writePreferences = async (owner: string, wanted: Preferences): Promise<Preferences> => {
  const body = JSON.stringify(wanted)
  const db = await database()
  await db
    .insertInto('preferences')
    .values({ owner, body })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ body }))
    .execute()
  // A session says the name that mail is sent under.
  await db.updateTable('sessions').set({ name: wanted.displayName }).where('owner', '=', owner).execute()
  return wanted
}

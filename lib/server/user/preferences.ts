import 'server-only'
import { defaultPreferences, preferences, type Preferences } from '@/lib/model/preferences'
import { type PreferencesChange, withChange } from '@/lib/model/preferences-change'
import { database, type Db } from './db'

/** What cannot be read any more (an older shape) falls back to the defaults: never a reason to fail. */
const readFrom = async (db: Db, owner: string): Promise<Preferences> => {
  const row = await db.selectFrom('preferences').select('body').where('owner', '=', owner).executeTakeFirst()
  if (!row) return defaultPreferences
  const read = preferences.safeParse(JSON.parse(row.body))
  return read.success ? read.data : defaultPreferences
}

const writeTo = async (db: Db, owner: string, wanted: Preferences): Promise<Preferences> => {
  const body = JSON.stringify(wanted)
  await db
    .insertInto('preferences')
    .values({ owner, body })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ body }))
    .execute()
  await nameSessions(db, owner, wanted)
  return wanted
}

/** A session says the name that mail is sent under. */
export const nameSessions = async (db: Db, owner: string, known?: Preferences): Promise<void> => {
  const { displayName } = known ?? (await readFrom(db, owner))
  await db.updateTable('sessions').set({ name: displayName }).where('owner', '=', owner).execute()
}

export const readPreferences = async (owner: string): Promise<Preferences> =>
  readFrom(await database(), owner)

export const writePreferences = async (owner: string, wanted: Preferences): Promise<Preferences> =>
  writeTo(await database(), owner, wanted)

/** What the change does not name stays as any page, on any device, left it. */
export const changePreferences = async (owner: string, change: PreferencesChange): Promise<Preferences> => {
  const db = await database()
  return db
    .transaction()
    .execute(async (within) => writeTo(within, owner, withChange(await readFrom(within, owner), change)))
}

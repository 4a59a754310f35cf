import 'server-only'
import { database } from './db'
import type { UploadRow } from './schema'

export type { UploadRow }

export const addUpload = async (row: UploadRow): Promise<void> => {
  await (await database()).insertInto('uploads').values(row).execute()
}

/** Only those that are this person's: an id that was guessed finds nothing. */
export const findUploads = async (owner: string, ids: string[]): Promise<UploadRow[]> =>
  ids.length === 0
    ? []
    : (await database())
        .selectFrom('uploads')
        .selectAll()
        .where('owner', '=', owner)
        .where('id', 'in', ids)
        .execute()

export const totalSizeOf = async (owner: string): Promise<number> => {
  const row = await (
    await database()
  )
    .selectFrom('uploads')
    .select((of) => of.fn.sum<number | string | null>('size').as('total'))
    .where('owner', '=', owner)
    .executeTakeFirst()
  return Number(row?.total ?? 0)
}

export const removeUploads = async (owner: string, ids: string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const rows = await (
    await database()
  )
    .deleteFrom('uploads')
    .where('owner', '=', owner)
    .where('id', 'in', ids)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

export const uploadsBefore = async (time: number): Promise<Pick<UploadRow, 'id' | 'owner'>[]> =>
  (await database()).selectFrom('uploads').select(['id', 'owner']).where('created_at', '<', time).execute()

export const knownUploads = async (ids: string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set()
  const rows = await (await database()).selectFrom('uploads').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

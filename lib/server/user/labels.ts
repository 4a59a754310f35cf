import 'server-only'
import { type Label, labelColour } from '@/lib/model/label'
import { sameKeyword, usualLabels } from '@/lib/model/label-name'
import { database } from './db'

// What a person calls the keywords of their mail. The usual labels are there until they are changed or removed;
// one that was removed keeps a row without a name.

export const mostLabels = 500

export const listLabels = async (owner: string): Promise<Label[]> => {
  const rows = await (
    await database()
  )
    .selectFrom('labels')
    .select(['keyword', 'name', 'colour'])
    .where('owner', '=', owner)
    .limit(mostLabels)
    .execute()
  const own = rows.flatMap(({ keyword, name, colour }): Label[] => {
    const known = labelColour.safeParse(colour)
    return name ? [{ keyword, name, colour: known.success ? known.data : 'grey', origin: 'own' }] : []
  })
  const usual = usualLabels.filter(({ keyword }) => !rows.some((row) => sameKeyword(row.keyword, keyword)))
  return [...own.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })), ...usual]
}

export const keepLabel = async (
  owner: string,
  { keyword, name, colour }: Pick<Label, 'keyword' | 'name' | 'colour'>,
): Promise<void> => {
  await (
    await database()
  )
    .insertInto('labels')
    .values({ owner, key: keyword.toLowerCase(), keyword, name, colour, created_at: Date.now() })
    .onConflict((conflict) => conflict.columns(['owner', 'key']).doUpdateSet({ name, colour }))
    .execute()
}

export const dropLabel = async (owner: string, keyword: string): Promise<void> => {
  if (usualLabels.some((usual) => sameKeyword(usual.keyword, keyword)))
    return keepLabel(owner, { keyword, name: '', colour: 'grey' })
  await (
    await database()
  )
    .deleteFrom('labels')
    .where('owner', '=', owner)
    .where('key', '=', keyword.toLowerCase())
    .execute()
}

import 'server-only'
import { identities, type Identity, type Snippet, snippets } from '@/lib/model/identity'
import { database } from './db'

// Whom somebody writes as, and the texts they write often: each list is kept as a whole.

type Kept = 'identities' | 'snippets'

const read = async (kept: Kept, owner: string): Promise<unknown> => {
  const row = await (
    await database()
  )
    .selectFrom(kept)
    .select('body')
    .where('owner', '=', owner)
    .executeTakeFirst()
  return row ? (JSON.parse(row.body) as unknown) : []
}

const write = async (kept: Kept, owner: string, list: readonly unknown[]): Promise<void> => {
  const body = JSON.stringify(list)
  await (
    await database()
  )
    .insertInto(kept)
    .values({ owner, body })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ body }))
    .execute()
}

/** What cannot be read any more (an older shape) is none: never a reason to fail. */
export const readIdentities = async (owner: string): Promise<Identity[]> => {
  const list = identities.safeParse(await read('identities', owner))
  return list.success ? list.data : []
}
export const writeIdentities = (owner: string, list: Identity[]): Promise<void> =>
  write('identities', owner, list)

export const readSnippets = async (owner: string): Promise<Snippet[]> => {
  const list = snippets.safeParse(await read('snippets', owner))
  return list.success ? list.data : []
}
export const writeSnippets = (owner: string, list: Snippet[]): Promise<void> => write('snippets', owner, list)

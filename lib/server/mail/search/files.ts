import 'server-only'
import type { Connection } from '../connection'
import { fetchItems, inPieces, uidOfFetch, uidsToRange } from '../data'
import { attachmentsOf } from '../shown'
import { structureOf } from '../structure'
import { atom, sequence, text, type Token } from '../wire'

// Files of messages that are not shown: for searching and for ordering by them.

/** Wider than the truth: who carries a file is no plain text, or is a file as a whole (RFC 2183). */
export const mayHaveFiles = (): Token[] => [
  atom('OR'),
  [atom('NOT'), [atom('HEADER'), text('Content-Type'), text('text/')]],
  [atom('HEADER'), text('Content-Disposition'), text('attachment')],
]

/** The names of each message's files. */
export const filesOf = async (connection: Connection, uids: number[]): Promise<Map<number, string[]>> => {
  const names = new Map<number, string[]>()
  await inPieces(uids, async (piece) => {
    await connection.run('UID FETCH', [sequence(uidsToRange(piece)), [atom('UID'), atom('BODYSTRUCTURE')]], {
      FETCH: ({ tokens }) => {
        const items = fetchItems(tokens)
        const uid = uidOfFetch(items)
        const structure = items.get('BODYSTRUCTURE')
        if (uid && structure)
          names.set(
            uid,
            attachmentsOf(structureOf(structure)).map(({ name }) => name),
          )
      },
    })
  })
  return names
}

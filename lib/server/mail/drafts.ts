import 'server-only'
import type { Lineage } from '@/lib/model/draft'
import { type MessageId, messageIdOf, uidOf, uidValidityOf } from '@/lib/model/message-id'
import type { Account } from './account'
import { uidsWhere } from './order'
import { withSelected } from './pool'
import { atom, sequence, text, type Token } from './wire'

// One draft has several versions for a moment, because the next is filed before the last is taken away, and for as
// long as two windows write it. Two headers tell them apart; they stand in drafts alone, never in what leaves.

export const keyHeader = 'X-Posthorn-Draft-Key'
export const writerHeader = 'X-Posthorn-Draft-Writer'

export interface Versions {
  known: 'there' | 'gone'
  /** By the same window: what it knows of, and what a broken connection or a kill did not tell it. */
  own: MessageId[]
  /** By another one, and never seen by this. */
  others: MessageId[]
}

interface Wanted {
  path: string
  /** The last version this window knows of, whoever wrote it. */
  known: MessageId
  lineage: Lineage
}

const header = (name: string, value: string): Token[] => [atom('HEADER'), text(name), text(value)]

/** As many as anybody can have opened; a folder full of forged ones is not listed. */
const mostVersions = 20

export const versionsOf = (who: Account, { path, known, lineage }: Wanted): Promise<Versions> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    // What came since the folder was selected is found only after the server could tell us.
    await connection.run('NOOP')
    const last = uidValidityOf(known) === String(selected.uidValidity) ? uidOf(known) : null
    const ofKey = header(keyHeader, lineage.key)
    const either = last === null ? ofKey : [atom('OR'), atom('UID'), sequence(String(last)), ...ofKey]
    const found = await uidsWhere(connection, either, 'none')
    const more = found.filter((uid) => uid !== last)
    const mine = [...ofKey, ...header(writerHeader, lineage.writer)]
    const own = new Set(more.length === 0 ? [] : await uidsWhere(connection, mine, 'none'))
    const ids = (uids: number[]) =>
      uids.slice(-mostVersions).map((uid) => messageIdOf(BigInt(selected.uidValidity), uid))
    return {
      known: last !== null && found.includes(last) ? 'there' : 'gone',
      own: ids(more.filter((uid) => own.has(uid))),
      others: ids(more.filter((uid) => !own.has(uid))),
    }
  })

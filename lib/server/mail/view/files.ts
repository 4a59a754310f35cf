import 'server-only'
import { once } from '../../once'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { inPieces } from '../data'
import type { Order } from '../order'
import { uidsWhere } from '../order'
import { filesOf, mayHaveFiles } from '../search/files'
import { atom, sequence } from '../wire'

// Who carries a file: IMAP has no key for it. Those that may are asked of the server, their structures say which
// do, and as neither ever changes both are asked once for each message.

interface Known {
  uidValidity: string
  /** Every message below this UID was looked at. */
  uidNext: number
  with: Set<number>
}

const mostKept = 100
const kept = once('mail-files', () => new Map<string, Known>())

export const withFiles = async (connection: Connection, who: Account, order: Order): Promise<Set<number>> => {
  const key = `${who.key}\n${connection.selected?.path ?? ''}`
  const before = kept.get(key)
  const known =
    before?.uidValidity === order.uidValidity
      ? before
      : { uidValidity: order.uidValidity, uidNext: 1, with: new Set<number>() }
  if (known.uidNext < order.uidNext) {
    const fresh = [atom('UID'), sequence(`${known.uidNext}:${order.uidNext}`)]
    const candidates = await uidsWhere(connection, [...fresh, ...mayHaveFiles()], 'none')
    await inPieces(candidates, async (piece) => {
      for (const [uid, files] of await filesOf(connection, piece)) if (files.length > 0) known.with.add(uid)
    })
    known.uidNext = order.uidNext
  }
  kept.delete(key)
  kept.set(key, known)
  const oldest = kept.keys().next().value
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  return known.with
}

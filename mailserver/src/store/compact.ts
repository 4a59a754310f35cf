// The UID list only grows; when expunged lines outweigh the living by far, it is written anew from the rows.
import { join } from 'node:path'
import type { Context, MailboxRecord } from './context'
import { splitName, statIfThere } from './maildir'
import { lastUid, uidListFile, writeUidList, type UidLine } from './uidlist'

const lineBytes = 100
const smallest = 512 * 1024

/** Runs within the lane. */
export const compactUidList = async (ctx: Context, record: MailboxRecord, path: string): Promise<void> => {
  const size = (await statIfThere(join(path, uidListFile)))?.size ?? 0
  if (size < smallest || size < 3 * lineBytes * record.messages) return
  const lines = new Map<string, UidLine>()
  const rows = ctx
    .q<{ uid: number; saved: number; name: string }>('select uid, saved, name from message where mailbox = ?')
    .all(record.id)
  for (const { uid, saved, name } of rows) {
    const { base } = splitName(name)
    lines.set(base, { uid, saved, base })
  }
  const uidNext = Math.max(record.uidnext, lastUid(path) + 1)
  await writeUidList(path, { uidValidity: record.uidvalidity, uidNext, guid: record.guid, lines })
}

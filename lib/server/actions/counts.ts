import 'server-only'
import type { FolderId } from '@/lib/model/folder-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { countsOf, findFolder } from '../mail/mailboxes'
import { withConnection } from '../mail/pool'
import { once } from '../once'

// After a change of ours the counts of the folders it touched are asked for, in the background, and told.

const gatherMs = 100
const waiting = once('counts-waiting', () => new Map<string, Set<FolderId>>())

const tellCounts = async (who: Account, folder: FolderId): Promise<void> => {
  const path = await findFolder(who, folder)
  const counts = await withConnection(
    who,
    { path: null, urgency: 'background', effect: 'read' },
    (connection) => countsOf(connection, path),
  )
  publish(who.key, { type: 'counts', folder, ...counts })
}

export const recount = (who: Account, ...folders: FolderId[]): void => {
  const gathered = waiting.get(who.key)
  if (gathered) return folders.forEach((folder) => gathered.add(folder))
  waiting.set(who.key, new Set(folders))
  setTimeout(() => {
    const due = waiting.get(who.key) ?? []
    waiting.delete(who.key)
    // Counts are a comfort: when they cannot be had, the watcher brings them later.
    for (const folder of due) tellCounts(who, folder).catch(() => undefined)
  }, gatherMs).unref()
}

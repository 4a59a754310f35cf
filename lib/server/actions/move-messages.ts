import 'server-only'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { findFolder } from '../mail/mailboxes'
import { type Moved, moveTo } from '../mail/move'
import { recount } from './counts'
import { folderFor } from './folder-for'

interface Wanted {
  who: Account
  folder: FolderId
  ids: MessageId[]
  to: FolderId
}

export const moveMessages = async ({
  who,
  folder,
  ids,
  to,
}: Wanted): Promise<{ to: FolderId; moved: Moved[] }> => {
  const path = await findFolder(who, folder)
  const { moved, left } = await moveTo(who, { path, ids, to: await folderFor(who, to) })
  publish(who.key, { type: 'gone', folder, ids, total: left }, { type: 'stale', folder: to })
  recount(who, folder, to)
  return { to, moved }
}

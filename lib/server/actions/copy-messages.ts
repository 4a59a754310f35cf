import 'server-only'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { findFolder } from '../mail/mailboxes'
import { copyTo, type Moved } from '../mail/move'
import { recount } from './counts'
import { folderFor } from './folder-for'

interface Wanted {
  who: Account
  folder: FolderId
  ids: MessageId[]
  to: FolderId
}

export const copyMessages = async ({
  who,
  folder,
  ids,
  to,
}: Wanted): Promise<{ to: FolderId; copied: Moved[] }> => {
  const path = await findFolder(who, folder)
  const copied = await copyTo(who, { path, ids, to: await folderFor(who, to) })
  publish(who.key, { type: 'stale', folder: to })
  recount(who, to)
  return { to, copied }
}

import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { findFolder } from '../mail/mailboxes'
import { deleteForGood } from '../mail/move'
import { recount } from './counts'

interface Wanted {
  who: Account
  folder: FolderId
  ids: MessageId[]
}

/** Everything else goes to Trash first: that is a move. */
const destructible: FolderId[] = ['trash', 'junk', 'drafts']

export const deleteMessages = async ({ who, folder, ids }: Wanted): Promise<Record<string, never>> => {
  if (!destructible.includes(folder)) throw new AppError('bad-request', 'folder')
  const total = await deleteForGood(who, { path: await findFolder(who, folder), ids })
  publish(who.key, { type: 'gone', folder, ids, total })
  recount(who, folder)
  return {}
}

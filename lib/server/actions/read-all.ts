import 'server-only'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { markAllRead } from '../mail/flags'
import { findFolder } from '../mail/mailboxes'
import { recount } from './counts'

/** What is told is what was unread until now, so that it can be again. */
export const readAll = async (
  who: Account,
  { folder }: { folder: FolderId },
): Promise<{ ids: MessageId[] }> => {
  const ids = await markAllRead(who, await findFolder(who, folder))
  publish(who.key, { type: 'stale', folder })
  recount(who, folder)
  return { ids }
}

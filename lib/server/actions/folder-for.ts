import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { findFolder, findOrMakeFolder, listFolders } from '../mail/mailboxes'

/** Where it goes; a folder that had to be made for it is told of, so that it stands in the rail at once. */
export const folderFor = async (who: Account, id: FolderId): Promise<string> => {
  try {
    return await findFolder(who, id)
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'mailbox-gone') throw cause
  }
  const path = await findOrMakeFolder(who, id)
  publish(who.key, { type: 'mailboxes', mailboxes: await listFolders(who) })
  return path
}

import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import type { Account } from '../mail/account'
import { findFolder, findOrMakeFolder } from '../mail/mailboxes'
import { tellFolders } from './tell-folders'

/** Where it goes; a folder that had to be made for it is told of, so that it stands in the rail at once. */
export const folderFor = async (who: Account, id: FolderId): Promise<string> => {
  try {
    return await findFolder(who, id)
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'mailbox-gone') throw cause
  }
  const path = await findOrMakeFolder(who, id)
  await tellFolders(who)
  return path
}

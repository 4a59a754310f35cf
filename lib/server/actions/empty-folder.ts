import 'server-only'
import type { BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { usualView } from '@/lib/model/view'
import type { Account } from '../mail/account'
import { deleteInside } from '../mail/folders'
import { startBulk } from './bulk'
import { tellFolders } from './tell-folders'

/** For good, and only where things wait to be thrown away: folders that were thrown there go with it. */
export const emptyFolder = async (who: Account, { folder }: { folder: FolderId }): Promise<BulkJob> => {
  if (folder !== 'trash' && folder !== 'junk') throw new AppError('bad-request', 'folder')
  const first = async () => {
    await deleteInside(who, folder)
    await tellFolders(who)
  }
  return startBulk({ who, folder, view: usualView, action: { kind: 'delete' }, first })
}

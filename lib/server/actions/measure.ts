import 'server-only'
import type { FolderMeasure, Quota } from '@/lib/model/folder'
import type { FolderId } from '@/lib/model/folder-id'
import type { Account } from '../mail/account'
import { findFolder } from '../mail/mailboxes'
import { measureFolder, readQuota } from '../mail/measure'

export const folderProperties = async (
  who: Account,
  { folder }: { folder: FolderId },
): Promise<FolderMeasure> => measureFolder(who, await findFolder(who, folder))

export const quotaOf = async (who: Account): Promise<{ quota: Quota | null }> => ({
  quota: await readQuota(who),
})

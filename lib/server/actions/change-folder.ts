import 'server-only'
import type { RenamedFolders } from '@/lib/model/folder'
import type { FolderId } from '@/lib/model/folder-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import * as folders from '../mail/folders'
import { tellFolders } from './tell-folders'

// Folders made, renamed, moved and removed; each window hears of it before the one who asked is answered.

interface Placed {
  who: Account
  parent: FolderId | null
  name: string
}

export const createFolder = async ({ who, parent, name }: Placed): Promise<{ folder: FolderId }> => {
  const folder = await folders.createFolder(who, { parent, name })
  await tellFolders(who)
  return { folder }
}

const tellRenamed = async (who: Account, renamed: RenamedFolders): Promise<{ renamed: RenamedFolders }> => {
  publish(who.key, { type: 'renamed', renamed })
  await tellFolders(who)
  return { renamed }
}

export const renameFolder = async ({ who, folder, parent, name }: Placed & { folder: FolderId }) =>
  tellRenamed(who, await folders.renameFolder(who, { id: folder, parent, name }))

interface Removal {
  who: Account
  folder: FolderId
  way: 'trash' | 'good'
}

/** `renamed` is empty when it is gone for good. */
export const removeFolder = async ({ who, folder, way }: Removal): Promise<{ renamed: RenamedFolders }> => {
  if (way === 'trash') return tellRenamed(who, await folders.trashFolder(who, folder))
  await folders.deleteFolder(who, folder)
  await tellFolders(who)
  return { renamed: [] }
}

export const subscribeFolder = async (
  who: Account,
  { folder, to }: { folder: FolderId; to: 'on' | 'off' },
): Promise<Record<string, never>> => {
  await folders.subscribeFolder(who, folder, to)
  await tellFolders(who)
  return {}
}

import 'server-only'
import type { FolderId } from '@/lib/model/mailbox'
import type { MessageWindow } from '@/lib/model/message'
import type { Account } from '../mail/account'
import { listWindow } from '../mail/list'
import { findFolder } from '../mail/mailboxes'

interface Wanted {
  who: Account
  folder: FolderId
  offset: number
  limit: number
}

export const listMessages = async ({ who, folder, offset, limit }: Wanted): Promise<MessageWindow> =>
  listWindow(who, { path: await findFolder(who, folder), offset, limit })

import 'server-only'
import type { FlagName } from '@/lib/model/flags'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { setFlag } from '../mail/flags'
import { findFolder } from '../mail/mailboxes'
import { recount } from './counts'
import { forgetOpened } from './opened'

interface Wanted {
  who: Account
  folder: FolderId
  ids: MessageId[]
  flag: FlagName
  on: boolean
}

export const setFlags = async ({ who, folder, ids, flag, on }: Wanted): Promise<Record<string, never>> => {
  const path = await findFolder(who, folder)
  const changes = await setFlag(who, { path, ids, flag, to: on ? 'on' : 'off' })
  for (const message of ids) forgetOpened({ who, folder, message })
  if (changes.length > 0) publish(who.key, { type: 'flags', folder, changes })
  if (flag === 'seen') recount(who, folder)
  return {}
}

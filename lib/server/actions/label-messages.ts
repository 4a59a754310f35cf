import 'server-only'
import { sameKeyword, usualLabels } from '@/lib/model/label-name'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { setKeyword } from '../mail/flags'
import { findFolder } from '../mail/mailboxes'
import { keepLabel, listLabels } from '../user/labels'
import { tellLabels } from './labels'
import { forgetOpened } from './opened'

interface Wanted {
  folder: FolderId
  ids: MessageId[]
  keyword: string
  on: boolean
}

/** A usual label that is used for the first time is the person's own from then on. */
const adopt = async (who: Account, keyword: string): Promise<void> => {
  if (!usualLabels.some((usual) => sameKeyword(usual.keyword, keyword))) return
  const label = (await listLabels(who.key)).find((one) => sameKeyword(one.keyword, keyword))
  if (label?.origin !== 'usual') return
  await keepLabel(who.key, label)
  await tellLabels(who)
}

export const labelMessages = async (
  who: Account,
  { folder, ids, keyword, on }: Wanted,
): Promise<{ changed: MessageId[] }> => {
  const path = await findFolder(who, folder)
  const { changes, changed } = await setKeyword(who, { path, ids, keyword, to: on ? 'on' : 'off' })
  for (const message of ids) forgetOpened({ who, folder, message })
  if (changes.length > 0) publish(who.key, { type: 'flags', folder, changes })
  if (on) await adopt(who, keyword)
  return { changed }
}

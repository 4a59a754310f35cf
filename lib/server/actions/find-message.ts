import 'server-only'
import type { Mailbox } from '@/lib/model/mailbox'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import type { Account } from '../mail/account'
import { messageIdsOf } from '../mail/headers'
import { findFolder, listFolders } from '../mail/mailboxes'
import { findByMessageId } from '../mail/thread/conversation'

interface Found {
  folder: FolderId
  message: MessageId
}

const longestMs = 15_000
/** Where it most likely is, first; what was thrown away, last. */
const likely = ['inbox', 'archive', 'sent', null, 'drafts', 'junk', 'trash']
const rank = ({ role }: Mailbox): number => likely.indexOf(role)

/** The message with this Message-ID, in whichever folder it is filed; with or without its angle brackets. */
export const findMessage = async (who: Account, written: string): Promise<Found | null> => {
  const trimmed = written.trim().slice(0, 1000)
  const [id] = messageIdsOf(trimmed.startsWith('<') ? trimmed : `<${trimmed}>`, 1)
  if (!id) return null
  const until = Date.now() + longestMs
  const folders = (await listFolders(who)).filter(({ selectable, total }) => selectable && total > 0)
  for (const { id: folder } of folders.sort((a, b) => rank(a) - rank(b))) {
    if (Date.now() > until) return null
    const message = await findByMessageId(who, { path: await findFolder(who, folder), id }).catch(() => null)
    if (message) return { folder, message }
  }
  return null
}

import 'server-only'
import type { FolderId } from '@/lib/model/mailbox'
import type { MessageWindow } from '@/lib/model/message'
import type { ListView } from '@/lib/model/view'
import type { Account } from '../mail/account'
import { listWindow } from '../mail/list'
import { findFolder } from '../mail/mailboxes'
import type { Wish } from '../mail/view/viewed'

interface Wanted {
  who: Account
  folder: FolderId
  offset: number
  limit: number
  view: ListView
}

/** In folders of one's own mail the other side is whom it went to. */
const ownMail: FolderId[] = ['sent', 'drafts']

/** Where there is none yet, nothing was sent. */
const sentOf = (who: Account): Promise<string | null> => findFolder(who, 'sent').catch(() => null)

export const wishFor = (folder: FolderId, view: ListView): Wish => ({
  view,
  people: ownMail.includes(folder) ? 'recipients' : 'senders',
})

export const listMessages = async ({ who, folder, offset, limit, view }: Wanted): Promise<MessageWindow> =>
  listWindow(who, {
    path: await findFolder(who, folder),
    offset,
    limit,
    wish: wishFor(folder, view),
    sent: view.grouping === 'conversations' && folder !== 'sent' ? await sentOf(who) : null,
  })

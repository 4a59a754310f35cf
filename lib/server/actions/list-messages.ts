import 'server-only'
import { createHash } from 'node:crypto'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageWindow, UnchangedWindow } from '@/lib/model/message'
import type { ListView } from '@/lib/model/view'
import { wordsOfWindow } from '@/lib/model/window-words'
import type { Account } from '../mail/account'
import { listWindow } from '../mail/list'
import { findFolder } from '../mail/mailboxes'
import type { Wish } from '../mail/view/viewed'
import { listContacts } from '../user/contacts'

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

const mostKnown = 2000

const addressesKnown = async (who: Account): Promise<string[]> =>
  (await listContacts(who.key, { limit: mostKnown }))
    .flatMap(({ addresses }) => addresses)
    .slice(0, mostKnown)

export const wishFor = async (who: Account, folder: FolderId, view: ListView): Promise<Wish> => ({
  view,
  people: ownMail.includes(folder) ? 'recipients' : 'senders',
  ...(view.filter === 'contacts' ? { known: await addressesKnown(who) } : {}),
})

export const listMessages = async ({ who, folder, offset, limit, view }: Wanted): Promise<MessageWindow> =>
  listWindow(who, {
    path: await findFolder(who, folder),
    offset,
    limit,
    wish: await wishFor(who, folder, view),
    sent: view.grouping === 'conversations' && folder !== 'sent' ? await sentOf(who) : null,
  })

/** A window that the browser has is named, not sent again: a start asks for what the page came with once more. */
export const unlessKnown = (window: MessageWindow, known?: string): MessageWindow | UnchangedWindow => {
  if (known === undefined) return window
  const name = createHash('sha256').update(wordsOfWindow(window)).digest('base64url')
  return name === known ? { unchanged: true } : window
}

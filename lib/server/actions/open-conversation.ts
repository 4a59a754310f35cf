import 'server-only'
import type { ConversationItem } from '@/lib/model/message'
import type { Mailbox } from '@/lib/model/mailbox'
import { findFolder, listFolders } from '../mail/mailboxes'
import { type Elsewhere, itemsElsewhere, itemsHere } from '../mail/thread/conversation'
import type { Place } from './opened'

/** Folders looked into besides the message's own, those that most likely hold the rest first. */
const mostFolders = 40
const longestMs = 6000
const likely = ['sent', 'inbox', 'archive']

/** As with searching, what was thrown away is not brought back by the way. */
const lookedInto = (folders: readonly Mailbox[], own: string): Mailbox[] => {
  const rank = ({ role }: Mailbox) => (role && likely.includes(role) ? likely.indexOf(role) : likely.length)
  return folders
    .filter(({ id, role, selectable, total }) => {
      if (!selectable || total === 0 || id === own) return false
      return role !== 'junk' && role !== 'trash' && role !== 'drafts'
    })
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, mostFolders)
}

/** The messages of a conversation, oldest first, wherever they are filed. */
export const openConversation = async ({
  who,
  folder,
  message,
}: Place): Promise<{ messages: ConversationItem[]; depth: 'all' | 'some' }> => {
  const here = await itemsHere(who, { path: await findFolder(who, folder), folder, message })
  const until = Date.now() + longestMs
  const found: ConversationItem[] = [...here.items]
  let depth: 'all' | 'some' = 'all'
  for (const { id } of lookedInto(await listFolders(who), folder)) {
    const at: Elsewhere = { path: await findFolder(who, id), folder: id, mark: here.mark }
    const left = until - Date.now()
    const items = left > 0 ? await itemsElsewhere(who, at).catch(() => null) : null
    if (items) found.push(...items)
    else depth = 'some'
  }
  return { messages: inTime(found), depth }
}

/** One message filed in two folders is shown once: where it was opened from. */
const inTime = (found: readonly ConversationItem[]): ConversationItem[] => {
  const once = new Map<string, ConversationItem>()
  for (const item of found) {
    const { messageId, row } = item
    const key = messageId || `${item.folder}/${row.id}`
    if (!once.has(key)) once.set(key, item)
  }
  return [...once.values()].sort((a, b) => Date.parse(a.row.date) - Date.parse(b.row.date))
}

import 'server-only'
import { type ConversationItem } from '@/lib/model/message'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import type { FolderId } from '@/lib/model/folder-id'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { knowMessages } from '../facts'
import { summaryOf } from '../list'
import { currentOrder, uidsWhere } from '../order'
import { uidsOf } from '../place'
import { withSelected } from '../pool'
import { atom, text } from '../wire'
import { conversationsIn } from './groups'
import { linksOf } from './links'
import { type Mark, markOf, matchesOfOne } from './matches'

// One conversation, opened: its messages in the folder it was found in, and those in others.

/** Newest first: what lies beyond is a mailing list's life, not a conversation. */
const mostMessages = 200

interface Here {
  path: string
  folder: FolderId
  message: MessageId
}

export interface Elsewhere {
  path: string
  folder: FolderId
  mark: Mark
}

const itemsOf = async (
  connection: Connection,
  who: Account,
  { folder, uids }: { folder: FolderId; uids: readonly number[] },
): Promise<ConversationItem[]> => {
  const validity = connection.selected?.uidValidity ?? '0'
  const known = await knowMessages(connection, who, uids.slice(-mostMessages))
  return known.map((one) => ({
    folder,
    messageId: one.facts.envelope.messageId,
    row: summaryOf(validity, one),
  }))
}

export const itemsHere = (
  who: Account,
  { path, folder, message }: Here,
): Promise<{ items: ConversationItem[]; mark: Mark }> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    const [uid = 0] = uidsOf(selected, [message])
    const order = await currentOrder(connection, who)
    const groups = await conversationsIn(connection, who, order)
    const uids = (groups.get(uid) ?? [uid]).slice(-mostMessages)
    const mark = await markOf(connection, who, uids)
    return { items: await itemsOf(connection, who, { folder, uids }), mark }
  })

export const itemsElsewhere = (
  who: Account,
  { path, folder, mark }: Elsewhere,
): Promise<ConversationItem[]> =>
  withSelected(who, { path, effect: 'read' }, async (connection) => {
    await connection.refresh()
    const uids = await matchesOfOne(connection, who, mark)
    return itemsOf(connection, who, { folder, uids })
  })

/** The newest message of a folder with this Message-ID. */
export const findByMessageId = (
  who: Account,
  { path, id }: { path: string; id: string },
): Promise<MessageId | null> =>
  withSelected(who, { path, effect: 'read' }, async (connection, { uidValidity }) => {
    await connection.refresh()
    const uids = await uidsWhere(connection, [atom('HEADER'), atom('Message-ID'), text(id)], 'none')
    const links = await linksOf(connection, who, uids)
    // SEARCH finds parts of a header; only the whole id is the message.
    const uid = uids.findLast((one) => links.get(one)?.id === id)
    return uid === undefined ? null : messageIdOf(BigInt(uidValidity), uid)
  })

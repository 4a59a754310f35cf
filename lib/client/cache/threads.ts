import { noFlags } from '@/lib/model/no-flags'
import type { Flags } from '@/lib/model/flags'
import type { MessageSummary } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { Listing } from './listing'

// A row of conversations stands for several messages of its folder, which have no rows of their own: what is told
// of one of them changes the row.

type Rows = ReadonlyMap<MessageId, MessageSummary>
type Change = { id: MessageId; flags: Flags }

export const isUnread = ({ thread, flags }: MessageSummary): boolean =>
  thread ? thread.unread.length > 0 : !flags.seen

/** The messages of the folder a row stands for. */
export const membersOf = (row: MessageSummary | undefined): readonly MessageId[] =>
  row?.thread?.ids ?? (row ? [row.id] : [])

/** The row that stands for a message. */
export const rowFor = (rows: Rows | undefined, id: MessageId): MessageSummary | undefined => {
  const own = rows?.get(id)
  if (own || !rows) return own
  for (const row of rows.values()) if (row.thread?.ids.includes(id)) return row
  return undefined
}

export const headOf = (listing: Listing | undefined, id: MessageId): MessageId =>
  rowFor(listing?.rows, id)?.id ?? id

/** What is known of a message that has no row of its own: whether it was read. */
export const memberFlags = (rows: Rows | undefined, id: MessageId): Flags | undefined => {
  const thread = rowFor(rows, id)?.thread
  return thread && { ...noFlags, seen: !thread.unread.includes(id) }
}

const without = (ids: readonly MessageId[], leaving: ReadonlySet<MessageId>): MessageId[] =>
  ids.filter((id) => !leaving.has(id))

/** Takes messages out of the conversations that stay. */
export const withoutMembers = (rows: Rows, leaving: ReadonlySet<MessageId>): Rows => {
  const next = new Map(rows)
  for (const row of rows.values()) {
    const { thread } = row
    if (!thread?.ids.some((id) => leaving.has(id))) continue
    const ids = without(thread.ids, leaving)
    const unread = without(thread.unread, leaving)
    const count = thread.count - (thread.ids.length - ids.length)
    next.set(row.id, { ...row, thread: { ...thread, ids, unread, count } })
  }
  return next
}

/** Notes what was read, or is unread again, in the conversations it belongs to. */
export const withMemberFlags = (rows: Rows, changes: readonly Change[]): Rows => {
  const seen = new Map(changes.map(({ id, flags }) => [id, flags.seen]))
  const next = new Map(rows)
  for (const row of rows.values()) {
    const { thread } = row
    if (!thread?.ids.some((id) => seen.has(id))) continue
    const unread = thread.ids.filter((id) => !(seen.get(id) ?? !thread.unread.includes(id)))
    next.set(row.id, { ...row, thread: { ...thread, unread } })
  }
  return next
}

import 'server-only'
import { AppError } from '@/lib/model/errors'
import { type MessageSummary, type MessageWindow } from '@/lib/model/message'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import { usualView } from '@/lib/model/view'
import type { Account } from './account'
import type { Connection } from './connection'
import { type Known, knowMessages } from './facts'
import { currentOrder, uidsIn } from './order'
import { uidsOf } from './place'
import { withSelected } from './pool'
import { flagsOf } from './reshape'
import { attachmentsOf } from './shown'
import { conversationsIn } from './thread/groups'
import { tellThreads, withSent } from './thread/rows'
import { arrivalOf } from './search/folder'
import { viewedUids, type Wish } from './view/viewed'

// A page of a mailbox: a slice of the ordered array, and one FETCH. Cost is O(rows), never O(mailbox).

export const summaryOf = (uidValidity: string, { facts, flags }: Known): MessageSummary => ({
  id: messageIdOf(BigInt(uidValidity), facts.uid),
  from: facts.envelope.from,
  to: facts.envelope.to,
  subject: facts.envelope.subject,
  preview: facts.preview,
  date: facts.arrived || facts.envelope.date,
  size: facts.size,
  flags: flagsOf(flags),
  attachments: attachmentsOf(facts.structure),
})

const sliceOf = async (
  connection: Connection,
  who: Account,
  window: Required<Omit<Window, 'path' | 'sent'>>,
) => {
  const { offset, limit, wish } = window
  const order = await currentOrder(connection, who)
  const shown = await viewedUids(connection, { who, order, wish, from: offset === 0 ? 'top' : 'within' })
  const uids = shown.slice(offset, offset + limit)
  const { uidValidity } = order
  const about = { uidvalidity: uidValidity, total: shown.total, offset }
  if (wish.view.grouping === 'messages') {
    const known = await knowMessages(connection, who, uids)
    return { ...about, rows: known.map((one) => summaryOf(uidValidity, one)), told: [] }
  }
  const told = await tellThreads(connection, who, { uids, order })
  const rows = told.map(({ head }) => summaryOf(uidValidity, head))
  return { ...about, rows, told }
}

export interface Window {
  path: string
  offset: number
  limit: number
  wish?: Wish
  /** Where the copies of what was sent lie: they belong to conversations. */
  sent?: string | null
}

const usualWish: Wish = { view: usualView, people: 'senders' }

export const listWindow = async (
  who: Account,
  { path, offset, limit, wish = usualWish, sent = null }: Window,
): Promise<MessageWindow> => {
  const { told, ...window } = await withSelected(who, { path, effect: 'read' }, (connection) =>
    sliceOf(connection, who, { offset, limit, wish }),
  )
  if (told.length === 0) return window
  const threads = await withSent(who, told, sent)
  return { ...window, rows: window.rows.map((row, at) => ({ ...row, thread: threads[at] })) }
}

/** Subject and date of these messages, those that are gone left out. */
export const describeMessages = (
  who: Account,
  { path, ids }: { path: string; ids: readonly MessageId[] },
): Promise<Pick<MessageSummary, 'id' | 'subject' | 'date'>[]> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    const known = await knowMessages(connection, who, uidsOf(selected, ids))
    return known.map((one) => summaryOf(selected.uidValidity, one))
  })

/** Everything a view holds at this moment; of a conversation all messages, not only the one that stands for it. */
export const matchingUids = (
  who: Account,
  { path, wish }: { path: string; wish: Wish },
): Promise<{ uidValidity: string; uids: number[] }> =>
  withSelected(who, { path, effect: 'read' }, async (connection) => {
    const order = await currentOrder(connection, who)
    const shown = await viewedUids(connection, { who, order, wish, from: 'top' })
    const uids = shown.slice(0, shown.total)
    if (wish.view.grouping === 'messages') return { uidValidity: order.uidValidity, uids }
    const groups = await conversationsIn(connection, who, order)
    const there = uidsIn(order)
    const whole = uids.flatMap((uid) => groups.get(uid) ?? [uid]).filter((uid) => there.has(uid))
    return { uidValidity: order.uidValidity, uids: whole }
  })

/** When these arrived, in their order; those that are gone are left out. */
export const arrivals = (
  who: Account,
  { path, uidValidity, uids }: { path: string; uidValidity: string; uids: number[] },
): Promise<Map<number, number>> =>
  withSelected(who, { path, urgency: 'background', effect: 'read' }, async (connection, selected) => {
    if (selected.uidValidity !== uidValidity) throw new AppError('mailbox-changed')
    const told = await arrivalOf(connection, uids)
    return new Map(uids.flatMap((uid) => (told.has(uid) ? [[uid, told.get(uid) ?? 0]] : [])))
  })

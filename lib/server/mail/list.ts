import 'server-only'
import { messageIdOf, type MessageSummary, type MessageWindow } from '@/lib/model/message'
import { usualView } from '@/lib/model/view'
import type { Account } from './account'
import { type Known, knowMessages } from './facts'
import { currentOrder } from './order'
import { withSelected } from './pool'
import { flagsOf } from './reshape'
import { attachmentsOf } from './shown'
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

export interface Window {
  path: string
  offset: number
  limit: number
  wish?: Wish
}

const usualWish: Wish = { view: usualView, people: 'senders' }

export const listWindow = (
  who: Account,
  { path, offset, limit, wish = usualWish }: Window,
): Promise<MessageWindow> =>
  withSelected(who, { path, effect: 'read' }, async (connection) => {
    const order = await currentOrder(connection, who)
    const shown = await viewedUids(connection, { who, order, wish, from: offset === 0 ? 'top' : 'within' })
    const known = await knowMessages(connection, who, shown.slice(offset, offset + limit))
    const rows = known.map((one) => summaryOf(order.uidValidity, one))
    return { uidvalidity: order.uidValidity, total: shown.total, offset, rows }
  })

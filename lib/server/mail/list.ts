import 'server-only'
import { messageIdOf, type MessageSummary, type MessageWindow } from '@/lib/model/message'
import type { Account } from './account'
import { type Facts, type Known, knowMessages } from './facts'
import { currentOrder, type Order } from './order'
import { withSelected } from './pool'
import { flagsOf } from './reshape'
import { attachmentOf, bodyOf } from './shown'

// A page of a mailbox: a slice of the ordered array, and one FETCH. Cost is O(rows), never O(mailbox).

const mostAttachmentsShown = 20

export const summaryOf = (uidValidity: string, { facts, flags }: Known): MessageSummary => ({
  id: messageIdOf(BigInt(uidValidity), facts.uid),
  from: facts.envelope.from,
  to: facts.envelope.to,
  subject: facts.envelope.subject,
  preview: facts.preview,
  date: facts.arrived || facts.envelope.date,
  size: facts.size,
  flags: flagsOf(flags),
  attachments: attachmentsOf(facts),
})

/** The files of a message, as the list shows and search finds them. */
export const attachmentsOf = ({ structure }: Pick<Facts, 'structure'>): MessageSummary['attachments'] =>
  bodyOf(structure)
    .attachments.map(attachmentOf)
    .filter(({ inline, type }) => !inline && type !== 'application/pgp-signature')
    .slice(0, mostAttachmentsShown)
    .map(({ name, type }) => ({ name, type }))

/** Newest first. */
const slice = (order: Order, offset: number, limit: number): number[] => {
  const end = Math.max(0, order.uids.length - offset)
  return order.uids.slice(Math.max(0, end - limit), end).reverse()
}

export interface Window {
  path: string
  offset: number
  limit: number
}

export const listWindow = (who: Account, { path, offset, limit }: Window): Promise<MessageWindow> =>
  withSelected(who, { path, effect: 'read' }, async (connection) => {
    const order = await currentOrder(connection, who)
    const known = await knowMessages(connection, who, slice(order, offset, limit))
    const rows = known.map((one) => summaryOf(order.uidValidity, one))
    return { uidvalidity: order.uidValidity, total: order.uids.length, offset, rows }
  })

import 'server-only'
import { randomBytes } from 'node:crypto'
import { AppError } from '@/lib/model/errors'
import type { ExportFormat } from '@/lib/model/export'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { disposition, zipHeaders } from '../html/attachment'
import type { Account } from '../mail/account'
import { downloadSource } from '../mail/download'
import { describeMessages } from '../mail/list'
import { findFolder } from '../mail/mailboxes'
import { mbox } from '../mail/mbox'
import { safeFileName } from '../mail/shown'
import { distinctNames, zip } from '../mail/zip'
import { once } from '../once'
import { type Streamed, streamOf } from './download'

// Messages as files. Which ones is told first, for ten thousand ids fit into no address; the ticket that comes
// back is good for one person and a few minutes. The file is made while it goes out, one piece in memory.

interface Ticket {
  who: string
  folder: FolderId
  ids: MessageId[]
  format: ExportFormat
  until: number
}

const keepMs = 5 * 60_000
const mostTickets = 1000
const tickets = once('export-tickets', () => new Map<string, Ticket>())

interface Wanted {
  who: Account
  folder: FolderId
  ids: MessageId[]
  format: ExportFormat
}

export const prepareExport = async ({ who, ...wanted }: Wanted): Promise<{ ticket: string }> => {
  const ticket = randomBytes(18).toString('base64url')
  tickets.set(ticket, { who: who.key, ...wanted, until: Date.now() + keepMs })
  const oldest = tickets.keys().next().value
  if (tickets.size > mostTickets && oldest !== undefined) tickets.delete(oldest)
  return { ticket }
}

const fileHeaders = (name: string, type: string): Record<string, string> => ({
  ...zipHeaders(name),
  'content-type': type,
  'content-disposition': disposition('attachment', name),
})

export const takeExport = async (who: Account, id: string): Promise<Streamed> => {
  const ticket = tickets.get(id)
  if (!ticket || ticket.who !== who.key || ticket.until < Date.now()) throw new AppError('not-found')
  const path = await findFolder(who, ticket.folder)
  const letters = await describeMessages(who, { path, ids: ticket.ids })
  if (letters.length === 0) throw new AppError('message-gone')
  const files = letters.map(({ id: message, subject, date }) => ({
    name: safeFileName(`${subject.slice(0, 80) || 'message'}.eml`, 'message/rfc822'),
    when: new Date(date || Date.now()),
    async *bytes() {
      yield* (await downloadSource(who, { path, id: message })) as unknown as AsyncIterable<Uint8Array>
    },
  }))
  const names = distinctNames(files.map(({ name }) => name))
  const [first] = files
  if (ticket.format === 'eml' && first)
    return {
      stream: await downloadSource(who, { path, id: letters[0]?.id ?? '' }),
      headers: fileHeaders(first.name, 'message/rfc822'),
    }
  if (ticket.format === 'mbox')
    return { stream: streamOf(mbox(files)), headers: fileHeaders('messages.mbox', 'application/mbox') }
  const entries = files.map(({ bytes }, at) => ({ name: names[at] ?? `${at}.eml`, bytes }))
  return { stream: streamOf(zip(entries, new Date())), headers: zipHeaders('messages.zip') }
}

import 'server-only'
import { randomBytes } from 'node:crypto'
import { AppError } from '@/lib/model/errors'
import type { ExportFormat } from '@/lib/model/export'
import type { FolderId } from '@/lib/model/folder-id'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import { usualView } from '@/lib/model/view'
import { timeNow } from '../clock'
import { disposition, zipHeaders } from '../html/attachment'
import type { Account } from '../mail/account'
import { downloadSource } from '../mail/download'
import { arrivals, describeMessages, matchingUids } from '../mail/list'
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
  make: (who: Account) => Promise<Streamed>
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

const issue = (who: Account, make: Ticket['make']): { ticket: string } => {
  const ticket = randomBytes(18).toString('base64url')
  tickets.set(ticket, { who: who.key, make, until: timeNow() + keepMs })
  const oldest = tickets.keys().next().value
  if (tickets.size > mostTickets && oldest !== undefined) tickets.delete(oldest)
  return { ticket }
}

export const prepareExport = async ({ who, ...wanted }: Wanted): Promise<{ ticket: string }> =>
  issue(who, (own) => fileOf({ who: own, ...wanted }))

/** Fails now, not when the file is fetched, where there is no such folder. */
export const prepareFolderExport = async (
  who: Account,
  { folder }: { folder: FolderId },
): Promise<{ ticket: string }> => {
  await findFolder(who, folder)
  return issue(who, (own) => folderFile(own, folder))
}

export const takeExport = async (who: Account, id: string): Promise<Streamed> => {
  const ticket = tickets.get(id)
  if (!ticket || ticket.who !== who.key || ticket.until < timeNow()) throw new AppError('not-found')
  return ticket.make(who)
}

const fileHeaders = (name: string, type: string): Record<string, string> => ({
  ...zipHeaders(name),
  'content-type': type,
  'content-disposition': disposition('attachment', name),
})

const bytesOf = (who: Account, path: string, id: MessageId) =>
  async function* () {
    yield* (await downloadSource(who, { path, id })) as unknown as AsyncIterable<Uint8Array>
  }

const inPiece = 100

const unlessGone = (cause: unknown): null => {
  if (cause instanceof AppError && cause.code === 'message-gone') return null
  throw cause
}

/** Oldest first, as a mailbox grows; what is deleted meanwhile is left out. */
async function* lettersIn(who: Account, path: string) {
  const { uidValidity, uids } = await matchingUids(who, {
    path,
    wish: { view: usualView, people: 'senders' },
  })
  const order = uids.toReversed()
  for (let from = 0; from < order.length; from += inPiece) {
    const piece = order.slice(from, from + inPiece)
    const dates = await arrivals(who, { path, uidValidity, uids: piece })
    for (const [uid, date] of dates) {
      const id = messageIdOf(BigInt(uidValidity), uid)
      const source = await downloadSource(who, { path, id }).catch(unlessGone)
      if (source) yield { when: new Date(date), bytes: () => source as unknown as AsyncIterable<Uint8Array> }
    }
  }
}

const folderFile = async (who: Account, folder: FolderId): Promise<Streamed> => {
  const path = await findFolder(who, folder)
  const name = safeFileName(`${folder.startsWith('~') ? path.slice(-80) : folder}.mbox`, 'application/mbox')
  return { stream: streamOf(mbox(lettersIn(who, path))), headers: fileHeaders(name, 'application/mbox') }
}

const fileOf = async ({ who, folder, ids, format }: Wanted): Promise<Streamed> => {
  const path = await findFolder(who, folder)
  const letters = await describeMessages(who, { path, ids })
  if (letters.length === 0) throw new AppError('message-gone')
  const files = letters.map(({ id: message, subject, date }) => ({
    name: safeFileName(`${subject.slice(0, 80) || 'message'}.eml`, 'message/rfc822'),
    when: new Date(date || Date.now()),
    bytes: bytesOf(who, path, message),
  }))
  const names = distinctNames(files.map(({ name }) => name))
  const [first] = files
  if (format === 'eml' && first)
    return {
      stream: await downloadSource(who, { path, id: letters[0]?.id ?? '' }),
      headers: fileHeaders(first.name, 'message/rfc822'),
    }
  if (format === 'mbox')
    return { stream: streamOf(mbox(files)), headers: fileHeaders('messages.mbox', 'application/mbox') }
  const entries = files.map(({ bytes }, at) => ({ name: names[at] ?? `${at}.eml`, bytes }))
  return { stream: streamOf(zip(entries, new Date())), headers: zipHeaders('messages.zip') }
}

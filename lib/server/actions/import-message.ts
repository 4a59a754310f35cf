import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { addMessage } from '../mail/append'
import { findFolder } from '../mail/mailboxes'
import { headerOf, headersOf } from '../mail/headers'
import { dateOf } from '../mail/reshape'
import { recount } from './counts'

export const mostImported = 50 * 1024 * 1024

/** A header is looked for in the first bytes: a picture that was dropped by mistake is no message. */
const headBytes = 64 * 1024
const known = ['from', 'date', 'subject', 'received', 'message-id', 'to']

/** RFC 5322 section 2.1: lines end with CRLF, whatever the file system made of them. */
const withLineEnds = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')

interface Wanted {
  who: Account
  folder: FolderId
  bytes: Buffer
}

/** A message from a file, under its own date and read already. */
export const importMessage = async ({ who, folder, bytes }: Wanted): Promise<void> => {
  const headers = headersOf(bytes.subarray(0, headBytes))
  if (!known.some((name) => headers.has(name))) throw new AppError('bad-request', 'message')
  const written = dateOf(headerOf(headers, 'date'))
  const date = written ? new Date(written) : undefined
  const path = await findFolder(who, folder)
  await addMessage(who, { path, bytes: withLineEnds(bytes), flags: ['\\Seen'], ...(date ? { date } : {}) })
  publish(who.key, { type: 'stale', folder })
  recount(who, folder)
}

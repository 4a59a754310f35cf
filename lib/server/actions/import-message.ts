import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { addMessage } from '../mail/append'
import { findFolder } from '../mail/mailboxes'
import { headerOf, type Headers, headersOf } from '../mail/headers'
import { dateOf } from '../mail/reshape'
import { recount } from './counts'

export const mostImported = 50 * 1024 * 1024

/** A header is looked for in the first bytes: a picture that was dropped by mistake is no message. */
const headBytes = 64 * 1024
const known = ['from', 'date', 'subject', 'received', 'message-id', 'to']

/** RFC 5322 section 2.1: lines end with CRLF, whatever the file system made of them. */
const withLineEnds = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')

/** How a program that keeps its mail in files marks them (Status and X-Status); what says nothing was read. */
const flagsIn = (headers: Headers): string[] => {
  const [status, more] = [headerOf(headers, 'status'), headerOf(headers, 'x-status')]
  const all: [boolean, string][] = [
    [!headers.has('status') || status.includes('R'), '\\Seen'],
    [more.includes('F'), '\\Flagged'],
    [more.includes('A'), '\\Answered'],
  ]
  return all.flatMap(([is, flag]) => (is ? [flag] : []))
}

/** RFC 9051 section 9, date-year: four digits; and what was written before mail was says nothing. */
const arrivalOf = (text: string): Date | null => {
  const date = new Date(dateOf(text))
  const year = date.getUTCFullYear()
  return year >= 1970 && year <= 9999 ? date : null
}

/** A message from a file, under its own date. */
export const fileMessage = async (
  who: Account,
  { path, bytes }: { path: string; bytes: Buffer },
): Promise<void> => {
  const headers = headersOf(bytes.subarray(0, headBytes))
  if (!known.some((name) => headers.has(name))) throw new AppError('bad-request', 'message')
  const date = arrivalOf(headerOf(headers, 'date'))
  await addMessage(who, {
    path,
    bytes: withLineEnds(bytes),
    flags: flagsIn(headers),
    ...(date ? { date } : {}),
  })
}

interface Wanted {
  who: Account
  folder: FolderId
  bytes: Buffer
}

export const importMessage = async ({ who, folder, bytes }: Wanted): Promise<void> => {
  await fileMessage(who, { path: await findFolder(who, folder), bytes })
  publish(who.key, { type: 'stale', folder })
  recount(who, folder)
}

import 'server-only'
import { readFile } from 'node:fs/promises'
import MimeNode from 'nodemailer/lib/mime-node'
import type { Address } from '@/lib/model/address'
import { AppError } from '@/lib/model/errors'
import { type MessageId, messageIdOf } from '@/lib/model/message-id'
import type { Account } from './account'
import type { Connection } from './connection'
import { headerAddress } from './header-words'
import { findOrMakeFolder } from './mailboxes'
import { withConnection, withSelected } from './pool'
import { atom, numbersIn } from './wire'

interface Adding {
  path: string
  bytes: Buffer
  flags: string[]
  /** When it arrived, where that is not now. */
  date?: Date
}

/** The id it is filed under. */
export const addMessage = (who: Account, { path, bytes, flags, date }: Adding): Promise<MessageId> =>
  // The folder is selected, so that imapflow finds the UID where the server does not say it (RFC 4315).
  withSelected(who, { path, effect: 'write' }, async (connection, selected) => {
    const added = await connection.library((client) => client.append(path, bytes, flags, date))
    if (!added || !added.uid) throw new AppError('refused-by-server')
    return messageIdOf(added.uidValidity ?? BigInt(selected.uidValidity), added.uid)
  })

interface Filing {
  folder: 'sent'
  file: string
  messageId: string
  /** Only the writer's copy says who else got it. */
  bcc: Address[]
}

/**
 * The writer's copy. Asked for again after a crash it is not made twice: the folder is searched for the
 * Message-ID first, which also finds the copy of a server that files sent mail itself.
 */
export const fileOnce = async (who: Account, { folder, file, messageId, bcc }: Filing): Promise<void> => {
  const path = await findOrMakeFolder(who, folder)
  await withConnection(who, { path, urgency: 'background', effect: 'write' }, async (connection) => {
    if (await holds(connection, messageId)) return
    const bytes = Buffer.concat([Buffer.from(bccHeader(bcc)), await readFile(file)])
    // RFC 9051 section 6.3.12.
    const appended = await connection.library((client) => client.append(path, bytes, ['\\Seen']))
    if (!appended) throw new AppError('refused-by-server')
  })
}

const bccHeader = (bcc: Address[]): string => {
  if (bcc.length === 0) return ''
  const node = new MimeNode('text/plain', { keepBcc: true, newline: 'win' })
  node.setHeader('bcc', bcc.map(headerAddress))
  const line = node.buildHeaders().match(/^Bcc:.*(?:\r\n[ \t].*)*/im)
  return line ? `${line[0]}\r\n` : ''
}

const holds = async (connection: Connection, messageId: string): Promise<boolean> => {
  // What arrived since the folder was selected is found only after the server could tell us.
  await connection.run('NOOP')
  let found = false
  const value = { type: 'STRING', value: messageId } as const
  await connection.run('UID SEARCH', [atom('HEADER'), atom('MESSAGE-ID'), value], {
    SEARCH: ({ tokens }) => void (found ||= numbersIn(tokens).length > 0),
  })
  return found
}

import 'server-only'
import type { FolderMeasure, Quota } from '@/lib/model/folder'
import type { Account } from './account'
import type { Connection } from './connection'
import { fetchItems } from './data'
import { withConnection, withSelected } from './pool'
import { atom, isList, numberOf, sequence, stringOf, type Token } from './wire'

// How much there is: of a folder, and of the room a person has.

/** Without STATUS=SIZE each message is asked: more than these would take too long. */
const mostSummed = 20_000

const statusOf = async (
  connection: Connection,
  path: string,
  items: string[],
): Promise<Map<string, number>> => {
  const found = new Map<string, number>()
  await connection.run('STATUS', [connection.encode(path), items.map((item) => atom(item))], {
    STATUS: ({ tokens }) => {
      const list = isList(tokens[1]) ? tokens[1] : []
      for (let at = 0; at + 1 < list.length; at += 2)
        found.set(stringOf(list[at]).toUpperCase(), numberOf(list[at + 1]))
    },
  })
  return found
}

const sum = (who: Account, path: string): Promise<number> =>
  withSelected(who, { path, effect: 'read' }, async (connection) => {
    let size = 0
    await connection.run('FETCH', [sequence('1:*'), [atom('RFC822.SIZE')]], {
      FETCH: ({ tokens }) => void (size += numberOf(fetchItems(tokens).get('RFC822.SIZE'))),
    })
    return size
  })

/** RFC 8438: SIZE belongs to STATUS where the server says so, as it does in IMAP4rev2. */
export const measureFolder = async (who: Account, path: string): Promise<FolderMeasure> => {
  const told = await withConnection(who, { path: null, effect: 'read' }, (connection) => {
    const withSize = connection.has('STATUS=SIZE') || connection.enabled('IMAP4REV2')
    return statusOf(connection, path, ['MESSAGES', 'UNSEEN', ...(withSize ? ['SIZE'] : [])])
  })
  const total = told.get('MESSAGES') ?? 0
  const counted = { total, unread: told.get('UNSEEN') ?? 0 }
  const size = told.get('SIZE')
  if (size !== undefined) return { ...counted, size }
  if (total > mostSummed) return { ...counted, size: null }
  return { ...counted, size: total === 0 ? 0 : await sum(who, path) }
}

/** QUOTA root (resource usage limit …), RFC 9208 section 5.1: storage counts in units of 1024 bytes. */
const quotaOf = (tokens: Token[]): Quota[] => {
  const list = isList(tokens[1]) ? tokens[1] : []
  const found: Quota[] = []
  for (let at = 0; at + 2 < list.length; at += 3) {
    const resource = stringOf(list[at]).toUpperCase()
    const unit = { STORAGE: 1024, MESSAGE: 1 }[resource]
    const used = numberOf(list[at + 1]) * (unit ?? 0)
    const limit = numberOf(list[at + 2]) * (unit ?? 0)
    if (unit && limit > 0) found.push({ of: resource === 'STORAGE' ? 'bytes' : 'messages', used, limit })
  }
  return found
}

/** Of several limits the one that will be met first; null where there is none. */
export const readQuota = (who: Account): Promise<Quota | null> =>
  withConnection(who, { path: null, urgency: 'background', effect: 'read' }, async (connection) => {
    if (!connection.has('QUOTA')) return null
    const found: Quota[] = []
    await connection.run('GETQUOTAROOT', [connection.encode('INBOX')], {
      QUOTA: ({ tokens }) => void found.push(...quotaOf(tokens)),
      QUOTAROOT: () => undefined,
    })
    return found.sort((a, b) => b.used / b.limit - a.used / a.limit)[0] ?? null
  })

import 'server-only'
import { type MessageId, messageIdOf, uidOf, uidValidityOf } from '@/lib/model/message-id'
import type { Account } from './account'
import type { Connection } from './connection'
import { fetchItems, uidOfFetch, uidsToRange } from './data'
import { headerOf, headersOf } from './headers'
import { uidsWhere } from './order'
import { withSelected } from './pool'
import { atom, bytesOf, sequence, text, type Token } from './wire'

// One draft has several versions for a moment, because the next is filed before the last is taken away, and for as
// long as two windows write it. Three headers tell them apart; they stand in drafts alone, never in what leaves.

export const keyHeader = 'X-Posthorn-Draft-Key'
export const writerHeader = 'X-Posthorn-Draft-Writer'
export const countHeader = 'X-Posthorn-Draft-Count'

export interface Version {
  id: MessageId
  writer: string
  /** Of how many changes of its writer it is; another program's says nothing. */
  count: number | null
}

export interface Versions {
  known: 'there' | 'gone'
  /** All but the known one, in the order in which they were filed. */
  more: Version[]
}

interface Wanted {
  path: string
  /** The last version this window knows of, whoever wrote it. */
  known: MessageId | null
  key: string
}

/** As many as anybody can have opened; a folder full of forged ones is not listed. */
const mostVersions = 40

const lineageItem: Token = {
  type: 'ATOM',
  value: 'BODY.PEEK',
  section: [atom('HEADER.FIELDS'), [keyHeader, writerHeader, countHeader].map((name) => atom(name))],
}

interface Head {
  key: string
  writer: string
  count: number | null
}

const headOf = (fields: Token): Head => {
  const headers = headersOf(bytesOf(fields))
  const [key, writer, count] = [keyHeader, writerHeader, countHeader].map((name) =>
    headerOf(headers, name.toLowerCase()).trim(),
  ) as [string, string, string]
  return { key, writer, count: /^\d{1,15}$/.test(count) ? Number(count) : null }
}

const headsOf = async (connection: Connection, uids: number[]): Promise<Map<number, Head>> => {
  const heads = new Map<number, Head>()
  if (uids.length === 0) return heads
  await connection.run('UID FETCH', [sequence(uidsToRange(uids)), [atom('UID'), lineageItem]], {
    FETCH: ({ tokens }) => {
      const items = fetchItems(tokens)
      const fields = [...items].find(([name]) => name.startsWith('BODY[HEADER.FIELDS'))?.[1]
      // Flags that somebody changes meanwhile are told without it (RFC 9051 section 7.5.2).
      if (fields) heads.set(uidOfFetch(items), headOf(fields))
    },
  })
  return heads
}

export const versionsOf = (who: Account, { path, known, key }: Wanted): Promise<Versions> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    // What came since the folder was selected is found only after the server could tell us.
    await connection.run('NOOP')
    const last = known && uidValidityOf(known) === String(selected.uidValidity) ? uidOf(known) : null
    const ofKey = [atom('HEADER'), text(keyHeader), text(key)]
    const either = last === null ? ofKey : [atom('OR'), atom('UID'), sequence(String(last)), ...ofKey]
    const found = await uidsWhere(connection, either, 'none')
    const more = found.filter((uid) => uid !== last).sort((a, b) => a - b)
    const heads = await headsOf(connection, more.slice(-mostVersions))
    return {
      known: last !== null && found.includes(last) ? 'there' : 'gone',
      more: more.flatMap((uid) => {
        const head = heads.get(uid)
        // RFC 9051 section 6.4.4: HEADER finds what contains the key, and another draft's may begin with it.
        if (head?.key !== key) return []
        return [
          { id: messageIdOf(BigInt(selected.uidValidity), uid), writer: head.writer, count: head.count },
        ]
      }),
    }
  })

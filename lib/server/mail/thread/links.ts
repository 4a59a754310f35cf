import 'server-only'
import { once } from '../../once'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { fetchItems, inPieces, isFlagNews, uidOfFetch, uidsToRange } from '../data'
import { headerOf, headersOf, messageIdsOf } from '../headers'
import { atom, bytesOf, sequence, stringOf, type Token } from '../wire'

// What ties a message to others: its Message-ID and those it refers to (RFC 5322 section 3.6.4), or the name the
// server gives the thread (RFC 8474 section 5.2). Neither ever changes, so each is asked for once.

export interface Links {
  id: string
  refs: string[]
}

interface Kept<T> {
  uidValidity: string
  of: Map<number, T>
}

const mostFolders = 60
const mostEach = 200_000
const mostRefs = 40
const links = once('mail-links', () => new Map<string, Kept<Links>>())
const threads = once('mail-thread-ids', () => new Map<string, Kept<string>>())

/** What is known of the selected mailbox; the folder that was not looked at for longest is forgotten. */
const keptOf = <T>(all: Map<string, Kept<T>>, connection: Connection, who: Account): Map<number, T> => {
  const key = `${who.key}\n${connection.selected?.path ?? ''}`
  const uidValidity = connection.selected?.uidValidity ?? ''
  const before = all.get(key)
  const fits = before?.uidValidity === uidValidity && before.of.size < mostEach
  const kept = fits ? before : { uidValidity, of: new Map<number, T>() }
  all.delete(key)
  all.set(key, kept)
  const oldest = all.keys().next().value
  if (all.size > mostFolders && oldest !== undefined) all.delete(oldest)
  return kept.of
}

const headerItem: Token = {
  type: 'ATOM',
  value: 'BODY.PEEK',
  section: [atom('HEADER.FIELDS'), ['Message-ID', 'In-Reply-To', 'References'].map((name) => atom(name))],
}

const linksIn = (items: Map<string, Token>): Links => {
  const header = [...items].find(([name]) => name.startsWith('BODY[HEADER.FIELDS'))?.[1]
  const headers = headersOf(bytesOf(header))
  const references = messageIdsOf(headerOf(headers, 'references'), mostRefs)
  const answered = messageIdsOf(headerOf(headers, 'in-reply-to'), 2)
  const refs = [...new Set([...references, ...answered])]
  return { id: messageIdsOf(headerOf(headers, 'message-id'), 1)[0] ?? '', refs }
}

const ask = async (connection: Connection, uids: number[], item: Token, take: Take): Promise<void> => {
  await inPieces(uids, async (piece) => {
    const on = {
      FETCH: ({ tokens }: { tokens: Token[] }) => {
        const items = fetchItems(tokens)
        const uid = uidOfFetch(items)
        if (uid && !isFlagNews(items)) take(uid, items)
      },
    }
    await connection.run('UID FETCH', [sequence(uidsToRange(piece)), [atom('UID'), item]], on, 60_000)
  })
}
type Take = (uid: number, items: Map<string, Token>) => void

export const linksOf = async (
  connection: Connection,
  who: Account,
  uids: readonly number[],
): Promise<Map<number, Links>> => {
  const known = keptOf(links, connection, who)
  const strange = uids.filter((uid) => !known.has(uid))
  await ask(connection, strange, headerItem, (uid, items) => {
    if (items.size > 1) known.set(uid, linksIn(items))
  })
  return known
}

export const threadIdsOf = async (
  connection: Connection,
  who: Account,
  uids: readonly number[],
): Promise<Map<number, string>> => {
  const known = keptOf(threads, connection, who)
  const strange = uids.filter((uid) => !known.has(uid))
  await ask(connection, strange, atom('THREADID'), (uid, items) => {
    const value = items.get('THREADID')
    // RFC 8474 section 5.2: `THREADID (id)`, or NIL where the server does not know.
    if (items.has('THREADID')) known.set(uid, stringOf(Array.isArray(value) ? value[0] : value))
  })
  return known
}

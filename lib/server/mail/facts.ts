import 'server-only'
import type { Address } from '@/lib/model/address'
import { once } from '../once'
import type { Account } from './account'
import type { Connection } from './connection'
import { fetchItems, flagsOfFetch, isFlagNews, uidOfFetch, uidsToRange } from './data'
import { decodeBytes, oneLine } from './decode'
import { type Envelope, envelopeOf, internalDateOf } from './reshape'
import { bodyOf } from './shown'
import { everyPart, type Part, structureOf } from './structure'
import { decodeTransfer } from './transfer'
import { atom, bytesOf, numberOf, sequence, stringOf, type Token } from './wire'

// What never changes about a message: envelope, structure, size, preview. Kept for a while, keyed by account,
// mailbox, UIDVALIDITY and UID (DESIGN.md decision 1), so that a row seen again costs only its flags.

export interface Facts {
  uid: number
  envelope: Envelope
  structure: Part | null
  arrived: string
  size: number
  preview: string
}

const mostFacts = 20_000
const kept = once('mail-facts', () => new Map<string, Facts>())

const keyOf = (who: Account, at: { path: string; uidValidity: string }, uid: number): string =>
  `${who.key}\n${at.path}\n${at.uidValidity}\n${uid}`

/** A message of a thousand parts is not worth its place, and twenty thousand of them would take all. */
const mostPartsKept = 60

const remember = (key: string, facts: Facts): void => {
  if (everyPart(facts.structure).length > mostPartsKept) return
  kept.set(key, facts)
  if (kept.size <= mostFacts) return
  const oldest = kept.keys().next().value
  if (oldest !== undefined) kept.delete(oldest)
}

const shortest = (addresses: Address[]): Address[] => addresses.slice(0, 50)
/** A list row never needs ten thousand recipients; the message, opened, asks for its own. */
const trimmed = (envelope: Envelope): Envelope => ({
  ...envelope,
  from: shortest(envelope.from),
  sender: shortest(envelope.sender),
  replyTo: shortest(envelope.replyTo),
  to: shortest(envelope.to),
  cc: shortest(envelope.cc),
  bcc: [],
})

const factsOfFetch = (items: Map<string, Token>): Facts => ({
  uid: uidOfFetch(items),
  envelope: trimmed(envelopeOf(items.get('ENVELOPE'))),
  structure: structureOf(items.get('BODYSTRUCTURE')),
  arrived: internalDateOf(items.get('INTERNALDATE')),
  size: numberOf(items.get('RFC822.SIZE')),
  preview: oneLine(stringOf(items.get('PREVIEW')), 200),
})

const immutable = ['ENVELOPE', 'BODYSTRUCTURE', 'INTERNALDATE', 'RFC822.SIZE']

type Fetched = { facts: Map<number, Facts>; flags: Map<number, string[]> }

const fetchInto = async (connection: Connection, uids: number[], names: string[], found: Fetched) => {
  if (uids.length === 0) return
  const items = ['UID', 'FLAGS', ...names].map((name) => atom(name))
  await connection.run('UID FETCH', [sequence(uidsToRange(uids)), items], {
    FETCH: ({ tokens }) => {
      const fetched = fetchItems(tokens)
      const uid = uidOfFetch(fetched)
      const flags = flagsOfFetch(fetched)
      if (uid && flags) found.flags.set(uid, flags)
      if (uid && names.length > 0 && fetched.has('ENVELOPE')) found.facts.set(uid, factsOfFetch(fetched))
    },
  })
}

const previewBytes = 1000

/** Without PREVIEW (RFC 8970): the first bytes of the part that would be shown, asked for by part number. */
const addPreviews = async (connection: Connection, fresh: Facts[]): Promise<void> => {
  const byPart = new Map<string, Facts[]>()
  for (const facts of fresh) {
    const part = bodyOf(facts.structure, 'text').parts[0]?.part
    if (part) byPart.set(part, [...(byPart.get(part) ?? []), facts])
  }
  for (const [part, group] of byPart) {
    const uids = new Map(group.map((facts) => [facts.uid, facts]))
    const item = { type: 'ATOM', value: 'BODY.PEEK', section: [atom(part)], partial: [0, previewBytes] }
    await connection.run('UID FETCH', [sequence(uidsToRange([...uids.keys()])), [atom('UID'), item]], {
      FETCH: ({ tokens }) => {
        const fetched = fetchItems(tokens)
        const facts = uids.get(uidOfFetch(fetched))
        if (facts && !isFlagNews(fetched))
          facts.preview = previewOf(facts, bytesOf(fetched.get(`BODY[${part}]`)))
      },
    })
  }
}

const previewOf = (facts: Facts, bytes: Buffer | null): string => {
  const part = bodyOf(facts.structure, 'text').parts[0]
  if (!part || !bytes) return ''
  const text = decodeBytes(decodeTransfer(bytes, part.encoding), part.params.charset ?? 'utf-8')
  const plain = part.type === 'text/html' ? withoutTags(text) : text.replace(/^>.*$/gm, ' ')
  return oneLine(plain, 200)
}

const withoutTags = (html: string): string =>
  html
    .replace(/<(style|script|head|title)\b[^]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/&(nbsp|zwnj|#\d+|#x[0-9a-f]+);?/gi, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

export interface Known {
  facts: Facts
  flags: string[]
}

/** Facts and present flags of these messages, in their order; what is gone is left out. */
export const knowMessages = async (
  connection: Connection,
  who: Account,
  uids: number[],
): Promise<Known[]> => {
  const at = connection.selected
  if (!at || uids.length === 0) return []
  const found: Fetched = { facts: new Map(), flags: new Map() }
  const strange = uids.filter((uid) => !kept.has(keyOf(who, at, uid)))
  const familiar = uids.filter((uid) => kept.has(keyOf(who, at, uid)))
  const names = connection.has('PREVIEW') ? [...immutable, 'PREVIEW'] : immutable
  for (const uid of familiar) {
    const flags = connection.flagsOf(uid)
    if (flags) found.flags.set(uid, flags)
  }
  await fetchInto(connection, strange, names, found)
  const untold = familiar.filter((uid) => !found.flags.has(uid))
  await fetchInto(connection, untold, [], found)
  const unseen = uids.filter((uid) => !found.flags.has(uid))
  if (unseen.length > 0) {
    // Arrived since this connection's last command: NOOP brings it into view (RFC 9051 section 6.1.2).
    await connection.run('NOOP')
    await fetchInto(connection, unseen, names, found)
  }
  // A structure that cannot be read hides the whole answer: then the message is known without it.
  await fetchInto(
    connection,
    uids.filter((uid) => !found.flags.has(uid)),
    immutable.filter((name) => name !== 'BODYSTRUCTURE'),
    found,
  )
  const fresh = [...found.facts.values()]
  if (!connection.has('PREVIEW')) await addPreviews(connection, fresh)
  for (const facts of fresh) remember(keyOf(who, at, facts.uid), facts)
  return uids.flatMap((uid) => {
    const facts = found.facts.get(uid) ?? kept.get(keyOf(who, at, uid))
    const flags = found.flags.get(uid)
    return facts && flags ? [{ facts, flags }] : []
  })
}

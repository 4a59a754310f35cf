import 'server-only'
import { isList, numberOf, stringOf, type Token } from './wire'

// Reading of what servers send, and writing of what they read: sequence sets, FETCH data, mailbox names.

const mostUids = 1_000_000

export const rangeToUids = (set: string, most = mostUids): number[] => {
  const uids: number[] = []
  for (const piece of set.split(',')) {
    const [from = 0, to = from] = piece.split(':').map(Number)
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) continue
    const step = from <= to ? 1 : -1
    for (let uid = from; uids.length < most; uid += step) {
      uids.push(uid)
      if (uid === to) break
    }
  }
  return uids
}

/** FETCH data comes as name, value, name, value (RFC 9051 section 7.5.2). */
export const fetchItems = (tokens: Token[]): Map<string, Token> => {
  const items = isList(tokens[0]) ? tokens[0] : []
  const found = new Map<string, Token>()
  for (let at = 0; at + 1 < items.length; at += 2) found.set(itemName(items[at]), items[at + 1] ?? null)
  return found
}

// `BODY[1]<0>` comes as an atom with a section; a partial's origin is not part of the name we look up.
const itemName = (token: Token | undefined): string => {
  const name = stringOf(token).toUpperCase()
  if (!token || isList(token) || !token.section) return name
  return `${name}[${token.section
    .map((piece) => (isList(piece) ? '' : stringOf(piece)))
    .join(' ')
    .trim()}]`
}

const flagNews = new Set(['UID', 'FLAGS', 'MODSEQ'])

/** Flags that somebody changes meanwhile are told between the answers by a FETCH of their own (RFC 9051 section 7.5.2). */
export const isFlagNews = (items: Map<string, Token>): boolean =>
  [...items.keys()].every((name) => flagNews.has(name))

export const uidOfFetch = (items: Map<string, Token>): number => numberOf(items.get('UID'))

export const flagsOfFetch = (items: Map<string, Token>): string[] | null => {
  const flags = items.get('FLAGS')
  return isList(flags) ? flags.map(stringOf) : null
}

/** Compact where it can be: `1,2,3,7` is `1:3,7`. */
export const uidsToRange = (uids: readonly number[]): string => {
  const sorted = [...uids].sort((a, b) => a - b)
  const pieces: string[] = []
  for (let at = 0; at < sorted.length;) {
    let end = at
    while ((sorted[end + 1] ?? -1) - (sorted[end] ?? 0) <= 1 && end + 1 < sorted.length) end++
    pieces.push(end > at ? `${sorted[at]}:${sorted[end]}` : `${sorted[at]}`)
    at = end + 1
  }
  return pieces.join(',')
}

// Servers bound a command line (Dovecot: 64 kB), and ten thousand scattered UIDs are longer.
const mostInOneSet = 4000

/** One after the other, each set short enough to be sent. */
export const inPieces = async (
  uids: readonly number[],
  run: (piece: number[]) => Promise<void>,
): Promise<void> => {
  for (let from = 0; from < uids.length; from += mostInOneSet)
    await run(uids.slice(from, from + mostInOneSet))
}

/** RFC 3501 section 5.1.3. */
export const encodeUtf7 = (path: string): string =>
  path.replace(/[^\x20-\x7e]+|&/g, (piece) => {
    if (piece === '&') return '&-'
    const bytes = Buffer.from(piece, 'utf16le').swap16()
    return `&${bytes.toString('base64').replaceAll('/', ',').replace(/=+$/, '')}-`
  })

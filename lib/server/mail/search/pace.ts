import 'server-only'
import type { Query } from '@/lib/model/search'
import { once } from '../../once'
import type { Account } from '../account'

// How much of a folder is asked for at once. Invariant: what a server was last seen to look through within a moment is
// asked in one go; anything else in pieces, however fast it may be by now.

export interface Pace {
  /** Folders of at most so many messages are asked in one go. */
  whole: number
  /** Others begin with so many. */
  first: number
  /** No later piece is smaller. */
  least: number
  /** A piece is to take so many milliseconds. */
  piece: number
  /** What would take so many milliseconds more is asked on two connections. */
  alone: number
  /** So many messages were looked through in so many milliseconds; endlessly, where no answer came. */
  measured: (messages: number, took: number) => void
}

const moment = 150
const usual = { whole: 2000, first: 1000 }
/** In a shorter one of bodies a server reads too few; of headers the rows of the newest are read beside the last. */
const pieces = { bodies: 500, mixed: 500, headers: 100 }
/** The first piece of what is not done in one, where it is known how fast the server is with many. */
const firstTakes = 50
/** Of few messages, most of the time is the way there and back. */
const enoughToTell = 5000
const alone = 100
const mostKept = 1000

type Kind = 'bodies' | 'headers' | 'mixed'

const leavesOf = (query: Query): Query[] => {
  if (query.kind === 'not') return leavesOf(query.of)
  return query.kind === 'and' || query.kind === 'or' ? query.of.flatMap(leavesOf) : [query]
}

/** Files, and `list:`: by HEADER, of what few servers keep at hand. */
const isOfRareHeader = (leaf: Query): boolean =>
  leaf.kind === 'attachment' || (leaf.kind === 'field' && ['filename', 'list'].includes(leaf.field))

/**
 * Words of bodies are read from files where a server has no index of them; headers it often has at hand, but seldom those
 * of lists and parts. How fast it is with bodies is seen where it must look into each: beside `is:unread` it opens few.
 */
const kindOf = (query: Query): Kind => {
  const leaves = leavesOf(query)
  const inBodies = leaves.filter(
    ({ kind, ...rest }) => kind === 'text' || ('field' in rest && rest.field === 'body'),
  )
  if (leaves.some(isOfRareHeader)) return 'mixed'
  if (inBodies.length === 0) return 'headers'
  return inBodies.length === leaves.length ? 'bodies' : 'mixed'
}

interface Seen {
  messages: number
  took: number
}

const rate = ({ messages, took }: Seen): number => messages / Math.max(1, took)

const seen = once('search-pace', () => new Map<string, Seen>())

/** Of fewer, the way there and the index are more of what they took: that says nothing against what is known of many. */
const saysLess = (now: Seen, known: Seen): boolean =>
  now.messages < known.messages && now.took <= known.took && rate(now) < rate(known)

export const paceOf = (who: Account, query: Query): Pace => {
  const kind = kindOf(query)
  const key = `${kind}\n${who.key}`
  const known = seen.get(key)
  return {
    least: usual.first,
    first: Math.max(usual.first, known ? Math.floor(rate(known) * firstTakes) : 0),
    piece: pieces[kind],
    // Headers lie in one file of the server's, which two connections only take from each other: measured, that took half as long again.
    alone: kind === 'bodies' ? alone : Infinity,
    whole: Math.max(usual.whole, known ? Math.floor(rate(known) * moment) : 0),
    measured: (messages, took) => {
      const before = seen.get(key)
      const now = { messages, took }
      if (messages < enoughToTell || kind === 'mixed' || (before && saysLess(now, before))) return
      seen.delete(key)
      seen.set(key, now)
      const oldest = seen.keys().next().value
      if (seen.size > mostKept && oldest !== undefined) seen.delete(oldest)
    },
  }
}

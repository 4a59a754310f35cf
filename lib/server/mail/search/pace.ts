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
  /** What would take so many milliseconds more is asked on two connections. */
  alone: number
  /** So many messages were looked through in so many milliseconds; endlessly, where no answer came. */
  measured: (messages: number, took: number) => void
}

const moment = 100
const usual = { whole: 2000, first: 1000 }
/** Of few messages, most of the time is the way there and back. */
const enoughToTell = 5000
const mostKept = 1000

type Kind = 'bodies' | 'headers' | 'mixed'

const leavesOf = (query: Query): Query[] => {
  if (query.kind === 'not') return leavesOf(query.of)
  return query.kind === 'and' || query.kind === 'or' ? query.of.flatMap(leavesOf) : [query]
}

/**
 * Words of bodies are read from files where a server has no index of them; headers it often has at hand. How fast it is
 * with bodies is seen where it must look into each: beside `is:unread` it opens few.
 */
const kindOf = (query: Query): Kind => {
  const leaves = leavesOf(query)
  const inBodies = leaves.filter(
    ({ kind, ...rest }) => kind === 'text' || ('field' in rest && rest.field === 'body'),
  )
  if (inBodies.length === 0) return 'headers'
  return inBodies.length === leaves.length ? 'bodies' : 'mixed'
}

const rates = once('search-rates', () => new Map<string, number>())

export const paceOf = (who: Account, query: Query): Pace => {
  const kind = kindOf(query)
  const key = `${kind}\n${who.key}`
  return {
    first: usual.first,
    // Headers lie in one file of the server's, which two connections only take from each other: measured, that took half as long again.
    alone: kind === 'bodies' ? moment : Infinity,
    whole: Math.max(usual.whole, Math.floor((rates.get(key) ?? 0) * moment)),
    measured: (messages, took) => {
      if (messages < enoughToTell || kind === 'mixed') return
      rates.delete(key)
      rates.set(key, messages / Math.max(1, took))
      const oldest = rates.keys().next().value
      if (rates.size > mostKept && oldest !== undefined) rates.delete(oldest)
    },
  }
}

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
  /** So many messages were looked through in so many milliseconds. */
  measured: (messages: number, took: number) => void
}

const usual = { whole: 2000, first: 1000 }
const moment = 100
/** Of few messages, most of the time is the way there and back. */
const enoughToTell = 5000
const mostKept = 1000

/** Words of bodies are read from files where a server has no index of them; headers it often has at hand. */
const readsBodies = (query: Query): boolean => {
  if (query.kind === 'not') return readsBodies(query.of)
  if (query.kind === 'and' || query.kind === 'or') return query.of.some(readsBodies)
  return query.kind === 'text' || (query.kind === 'field' && query.field === 'body')
}

const rates = once('search-rates', () => new Map<string, number>())

export const paceOf = (who: Account, query: Query): Pace => {
  const key = `${readsBodies(query) ? 'bodies' : 'headers'}\n${who.key}`
  return {
    first: usual.first,
    whole: Math.max(usual.whole, Math.floor((rates.get(key) ?? 0) * moment)),
    measured: (messages, took) => {
      if (messages < enoughToTell) return
      rates.delete(key)
      rates.set(key, messages / Math.max(1, took))
      const oldest = rates.keys().next().value
      if (rates.size > mostKept && oldest !== undefined) rates.delete(oldest)
    },
  }
}

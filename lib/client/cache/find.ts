import type { SearchPart } from '@/lib/model/search'
import { call, codeOf, doors, lines } from '../api'
import { AppError } from '@/lib/model/errors'
import {
  dropPartial,
  foundOf,
  nothingFound,
  placeHits,
  placePart,
  searchKey,
  staleHits,
  stopHits,
} from './found'
import type { Found, SearchAt } from './found'
import { missing } from './listing'
import type { MailStore } from './store'

/** Hits asked for at once. */
const page = 60
/** Searches kept: the one on screen and some to come back to. */
const kept = 10

const keep = (store: MailStore, at: SearchAt, change: (found: Found) => Found): void =>
  store.update((state) => {
    const { [searchKey(at)]: before = nothingFound, ...others } = state.searches
    const latest = Object.entries(others).slice(-kept)
    return { ...state, searches: { ...Object.fromEntries(latest), [searchKey(at)]: change(before) } }
  })

/** From the top when nothing is known or what is known may be wrong: the server then looks again. */
const wanted = (found: Found | undefined, from: number, to: number) => {
  if (!found || found.listing.freshness === 'stale') return 'top'
  // What lies further down is known when the search has ended.
  return found.course.state === 'going' ? null : missing(found.listing, from, to)
}

const tellFailure = (store: MailStore, at: SearchAt, problem: unknown): void => {
  if (codeOf(problem) === 'signed-out') store.apply({ type: 'signed-out' })
  keep(store, at, (found) => ({
    ...found,
    listing: { ...found.listing, problem: codeOf(problem) },
    course: { state: 'ended' },
  }))
}

export interface Finder {
  /** Sees to it that hits [from, to) are there, asking for what is missing. */
  ensure: (at: SearchAt, from: number, to: number) => Promise<void>
  /** Nobody waits for it any more. `stay`: what was found is kept as all there is; `leave`: it is looked for anew. */
  stop: (at: SearchAt, then: 'stay' | 'leave') => void
}

/** Looks from the top. What was found before stays on screen until the answer is whole. */
const look = async (store: MailStore, at: SearchAt, signal: AbortSignal): Promise<void> => {
  const before = foundOf(store.get(), at)?.listing.order.length ?? 0
  const url = doors.search(at, { q: at.text, folder: at.scope, limit: page })
  let state: 'going' | 'ended' = 'going'
  for await (const part of lines<SearchPart>(url, signal)) {
    if (signal.aborted) return
    state = part.going ? 'going' : 'ended'
    if (state === 'ended' || before === 0) keep(store, at, (found) => placePart(found, part))
  }
  if (state === 'going' && !signal.aborted) throw new AppError('connection-lost')
}

export const finder = (store: MailStore): Finder => {
  const underway = new Map<string, { asked: Promise<void>; control: AbortController }>()
  const once = (key: string, ask: (signal: AbortSignal) => Promise<void>, at: SearchAt): Promise<void> => {
    const known = underway.get(key)
    if (known) return known.asked
    const control = new AbortController()
    const asked = ask(control.signal)
      .catch((problem: unknown) => {
        if (!control.signal.aborted) tellFailure(store, at, problem)
      })
      .finally(() => underway.get(key)?.control === control && underway.delete(key))
    underway.set(key, { asked, control })
    return asked
  }
  const keyOf = (at: SearchAt) => `${at.account}\n${searchKey(at)}`
  return {
    ensure: async (at, from, to) => {
      const range = wanted(foundOf(store.get(), at), from, to)
      if (!range) return
      const offset = range === 'top' ? 0 : Math.floor(range.from / page) * page
      if (range === 'top' || offset === 0) return once(keyOf(at), (signal) => look(store, at, signal), at)
      const limit = Math.min(200, Math.ceil((range.to - offset) / page) * page)
      const asked = { account: at.account, q: at.text, folder: at.scope, offset, limit }
      const ask = async () => {
        const window = await call('searchMessages', asked)
        keep(store, at, (found) => placeHits(found, window))
      }
      return once(`${keyOf(at)}\n${offset}\n${limit}`, ask, at)
    },
    stop: (at, then) => {
      const going = underway.get(keyOf(at))
      if (!going) return
      underway.delete(keyOf(at))
      going.control.abort()
      keep(store, at, then === 'stay' ? stopHits : dropPartial)
    },
  }
}

/** Looks again from the top. */
export const forgetHits = (store: MailStore, at: SearchAt): void => keep(store, at, staleHits)

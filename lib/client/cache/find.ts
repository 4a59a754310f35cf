import { call, codeOf } from '../api'
import { foundOf, nothingFound, placeHits, searchKey, staleHits } from './found'
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
  if (!found || found.listing.freshness === 'stale') return { from: 0, to: page }
  return missing(found.listing, from, to)
}

/** Sees to it that hits [from, to) are there, asking for what is missing. */
export const hitLoader = (store: MailStore) => {
  const underway = new Map<string, Promise<void>>()
  return async (at: SearchAt, from: number, to: number): Promise<void> => {
    const range = wanted(foundOf(store.get(), at), from, to)
    if (!range) return
    const offset = Math.floor(range.from / page) * page
    const limit = Math.min(200, Math.ceil((range.to - offset) / page) * page)
    const key = `${at.account}\n${searchKey(at)}\n${offset}\n${limit}`
    const asked =
      underway.get(key) ??
      call('searchMessages', { account: at.account, q: at.text, folder: at.scope, offset, limit })
        .then((window) => keep(store, at, (found) => placeHits(found, window)))
        .catch((problem: unknown) => {
          if (codeOf(problem) === 'signed-out') store.apply({ type: 'signed-out' })
          keep(store, at, (found) => ({ ...found, listing: { ...found.listing, problem: codeOf(problem) } }))
        })
        .finally(() => underway.delete(key))
    underway.set(key, asked)
    await asked
  }
}

/** Looks again from the top. */
export const forgetHits = (store: MailStore, at: SearchAt): void => keep(store, at, staleHits)

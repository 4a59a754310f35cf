import type { SavedSearch } from '@/lib/model/search'
import type { App } from './app'
import type { Search } from './place'

// What was looked for before: the latest in this browser, erased at sign-out like drafts; what was saved, on the server.
// Invariant: keys begin with the prefix and name the account, so one person never sees another's.

const prefix = 'posthorn:searches:'
const mostRecent = 20

const storage = (): Storage | null => {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

const keyOf = (app: App): string => prefix + app.person.address.toLowerCase()

/** The latest first. */
export const recentSearches = (app: App): string[] => {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(keyOf(app)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, mostRecent) : []
  } catch {
    return []
  }
}

export const rememberSearch = (app: App, text: string): void => {
  const others = recentSearches(app).filter((one) => one !== text)
  try {
    storage()?.setItem(keyOf(app), JSON.stringify([text, ...others].slice(0, mostRecent)))
  } catch {
    // Storage is full or off: nothing is remembered, and nothing breaks.
  }
}

export const forgetSearches = (app: App): void => storage()?.removeItem(keyOf(app))

export const sameSearch = (a: Search, b: Search): boolean => a.text === b.text && a.scope === b.scope

/** The saved search that is on screen. */
export const savedSought = (saved: readonly SavedSearch[], search: Search | null): SavedSearch | undefined =>
  search ? saved.find((one) => sameSearch(one, search)) : undefined

export const askSaved = (app: App, saved: string | null): void =>
  app.ui.set((ui) => ({ ...ui, overlay: 'search', saved, drawer: 'closed' }))

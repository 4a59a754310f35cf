import type { App } from './app'
import { call } from './api'
import { tellProblem } from './actions'
import { withBase } from './base'
import { forgetAllDrafts, saveAllDrafts } from './drafts'
import { forgetSearches } from './searches'

/** The sign-in page, coming back to where the person is now. */
export const signInPath = (): string => {
  const here = window.location.pathname.slice(withBase('/').length - 1)
  return `${withBase('/login')}?next=${encodeURIComponent(here)}`
}

/**
 * Ends the session here. A full page load, so that nothing of the mail stays in memory. What is being written is saved
 * first, because the browser's copy is erased; what cannot be saved is asked about.
 */
export const signOut = async (app: App, insist: 'ask' | 'anyway' = 'ask'): Promise<'done' | 'ask'> => {
  if (insist === 'ask' && (await saveAllDrafts(app.person.address)) === 'some-here-only') return 'ask'
  try {
    await call('signOut', {})
    forgetAllDrafts()
    forgetSearches(app)
    window.location.assign(withBase('/login'))
  } catch (problem) {
    tellProblem(app, app.words().shell.signOut, problem)
  }
  return 'done'
}

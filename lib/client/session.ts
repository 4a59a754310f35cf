import type { App } from './app'
import { call } from './api'
import { tellProblem } from './actions'
import { withBase } from './base'
import { forgetAllDrafts } from './drafts'
import { forgetSearches } from './searches'

/** The sign-in page, coming back to where the person is now. */
export const signInPath = (): string => {
  const here = window.location.pathname.slice(withBase('/').length - 1)
  return `${withBase('/login')}?next=${encodeURIComponent(here)}`
}

/** Ends the session here. A full page load, so that nothing of the mail stays in memory. */
export const signOut = async (app: App): Promise<void> => {
  try {
    await call('signOut', {})
    forgetAllDrafts()
    forgetSearches(app)
    window.location.assign(withBase('/login'))
  } catch (problem) {
    tellProblem(app, app.words().shell.signOut, problem)
  }
}

import type { Api, Output } from '@/lib/model/api'
import { tellProblem } from './actions'
import { call } from './api'
import type { App } from './app'
import { signal } from './signal'

// Where the person is signed in: asked for when its page opens, changed at once, asked again when that failed.

export type SignedIn = Output<Api['listSessions']>['sessions'][number]

/** null until they were asked for. */
export const devices = signal<readonly SignedIn[] | null>(null)

export const loadDevices = async (app: App, what: string): Promise<void> => {
  try {
    devices.set((await call('listSessions', {})).sessions)
  } catch (problem) {
    tellProblem(app, what, problem)
  }
}

interface Ending {
  what: string
  /** Said when it is done. */
  done: string
}

const ending = async (app: App, { what, done }: Ending, end: () => Promise<unknown>): Promise<void> => {
  try {
    await end()
    app.notify({ tone: 'plain', text: done })
  } catch (problem) {
    tellProblem(app, what, problem)
  }
  await loadDevices(app, what)
}

export const endDevice = (app: App, { id }: SignedIn, words: Ending): Promise<void> =>
  ending(app, words, () => call('endSession', { session: id }))

export const endOtherDevices = (app: App, words: Ending): Promise<void> =>
  ending(app, words, () => call('endOtherSessions', {}))

import type { BulkJob } from '@/lib/model/bulk'
import { usualView } from '@/lib/model/view'
import { tellProblem } from './actions'
import type { App } from './app'
import { call } from './api'

// An action on everything a view holds: the server does it, and tells how far it has come.

export const startBulk = async (app: App): Promise<void> => {
  const place = app.place()
  const { bulk: action } = app.ui.get()
  if (!place || !action) return
  app.ui.set((ui) => ({ ...ui, selected: new Set(), anchor: null, whole: null, bulk: null }))
  const at = { account: place.account, folder: place.folder }
  const view = app.preferences.get().views[place.folder] ?? usualView
  try {
    const job = await call('startBulk', { ...at, view, action })
    // Its end may have been told before this answer came.
    if (!app.mail.get().bulk.some(({ id }) => id === job.id))
      app.mail.apply({ type: 'bulk', account: place.account, job })
  } catch (problem) {
    tellProblem(app, app.words().list.bulk.asked, problem)
  }
}

export const cancelBulk = async (app: App, { id, action }: BulkJob): Promise<void> => {
  // A file that is still on its way up is no job of the server's yet.
  if (action.kind === 'import' && (await import('./import')).stopUpload(id)) return
  await call('cancelBulk', { account: app.person.account, job: id }).catch((problem: unknown) =>
    tellProblem(app, app.words().list.bulk.stopping, problem),
  )
}

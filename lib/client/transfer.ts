import type { ExportFormat } from '@/lib/model/export'
import type { FolderId } from '@/lib/model/folder-id'
import { nameOf, tellProblem } from './actions'
import type { Targets } from './actions'
import type { App } from './app'
import { call, doors } from './api'
import { askBulk } from './whole'

// Messages copied and taken out as files: nothing leaves the list by these.

/** Undone, the copies go to Trash: nothing is destroyed by taking a step back. */
export const copyTo = async (app: App, targets: Targets, to: FolderId): Promise<void> => {
  if (targets.reach) return askBulk(app, { kind: 'copy', to })
  const { account, folder, ids } = targets
  const text = app.words().list.copied(ids.length, nameOf(app, to))
  try {
    const { copied } = await call('copyMessages', { account, folder, ids: [...ids], to })
    const undo = async () => {
      const copies = copied.map((pair) => pair.to)
      try {
        await call('moveMessages', { account, folder: to, ids: copies, to: 'trash' })
      } catch (problem) {
        tellProblem(app, app.words().shell.undo, problem)
      }
    }
    // Without UIDPLUS the server does not say where the copies are.
    if (copied.length === 0) return app.notify({ tone: 'plain', text })
    app.notify({ tone: 'plain', text, undo: app.undo.push({ text, undo }) })
  } catch (problem) {
    tellProblem(app, text, problem)
  }
}

export const download = async (
  app: App,
  { account, folder, ids }: Targets,
  format: ExportFormat,
): Promise<void> => {
  try {
    const { ticket } = await call('exportMessages', { account, folder, ids: [...ids], format })
    window.location.assign(doors.exported(ticket))
  } catch (problem) {
    tellProblem(app, app.words().list.download, problem)
  }
}

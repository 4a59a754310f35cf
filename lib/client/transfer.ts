import type { ExportFormat } from '@/lib/model/export'
import type { FolderId } from '@/lib/model/folder-id'
import { nameOf, tellProblem } from './actions'
import type { Targets } from './actions'
import type { App } from './app'
import { call, doors, postFile } from './api'
import type { Folder } from './cache/state'
import { askBulk } from './whole'

// Messages copied, taken out as files and brought in from files: nothing leaves the list by these.

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

const importOne = async (at: Folder, file: File): Promise<void> => {
  await postFile(doors.importInto(at), file, 'message/rfc822')
}

/** One after the other: a hundred files are a hundred small steps, and the first refusal is told. */
export const importFiles = async (app: App, at: Folder, files: readonly File[]): Promise<void> => {
  const { imported, importing } = app.words().list
  let done = 0
  try {
    for (const file of files) {
      await importOne(at, file)
      done++
    }
  } catch (problem) {
    tellProblem(app, importing(files[done]?.name ?? ''), problem)
  }
  if (done > 0) app.notify({ tone: 'plain', text: imported(done) })
}

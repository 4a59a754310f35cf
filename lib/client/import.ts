import type { BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import { tellProblem } from './actions'
import { doors, ownRequest, problemIn } from './api'
import type { App } from './app'
import type { Folder } from './cache/state'
import { newPress } from './press'

// Files of messages go up one after the other; how far each has come stands in the bar of long work, first while it
// goes up, then while the server takes it apart.

export const importTypes = '.eml,.mbox,.mbx,.zip'
const isLetters = ({ name, type }: File): boolean =>
  /\.(eml|mbox|mbx|zip)$/i.test(name) || type === 'message/rfc822' || type === 'application/mbox'

/** Of this size and more it is worth to show how far it has gone up. */
const noticeable = 256 * 1024

/** A job of this tab alone, until the server has one for it. */
const uploading = (app: App, at: Folder, file: File, stop: () => void) => {
  const id = `upload-${newPress()}`
  const action = { kind: 'import', name: file.name } as const
  const about = { id, folder: at.folder, action, done: 0, total: file.size, problem: null }
  const show = (job: BulkJob) => app.mail.apply({ type: 'bulk', account: at.account, job })
  const hide = () => app.mail.update((now) => ({ ...now, bulk: now.bulk.filter((job) => job.id !== id) }))
  if (file.size >= noticeable) uploads.set(id, stop)
  return {
    progress: (read: number) => file.size >= noticeable && show({ ...about, read, state: 'running' }),
    end: () => {
      uploads.delete(id)
      hide()
    },
  }
}

const uploads = new Map<string, () => void>()

/** Stops a file that is still going up; false when it is no such job. */
export const stopUpload = (id: string): boolean => {
  const stop = uploads.get(id)
  stop?.()
  return stop !== undefined
}

type Sent = { job: BulkJob | null } | 'stopped'

/** fetch tells nothing of how much has been sent. */
const send = (app: App, at: Folder, file: File): Promise<Sent> =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    const shown = uploading(app, at, file, () => request.abort())
    request.open('POST', `${doors.importInto(at)}?name=${encodeURIComponent(file.name.slice(0, 200))}`)
    for (const [name, value] of Object.entries(ownRequest)) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => shown.progress(loaded)
    request.onabort = () => done('stopped')
    request.onerror = () => failed(new AppError('connection-lost'))
    request.onload = () => {
      if (request.status === 202) done({ job: request.response as BulkJob })
      else if (request.status === 201) done({ job: null })
      else failed(problemIn(request.response, request.status))
    }
    request.onloadend = shown.end
    request.send(file)
  })

/** One after the other, and the first refusal is told; what is no file of messages is said to be none. */
export const importFiles = async (app: App, at: Folder, all: readonly File[]): Promise<void> => {
  const words = app.words().list
  const files = all.filter(isLetters)
  if (files.length === 0) return app.notify({ tone: 'bad', text: words.noLetters })
  let [done, single] = [0, 0]
  try {
    for (const file of files) {
      const sent = await send(app, at, file)
      if (sent === 'stopped') break
      done++
      if (!sent.job) single++
      else if (!app.mail.get().bulk.some(({ id }) => id === sent.job?.id))
        app.mail.apply({ type: 'bulk', account: at.account, job: sent.job })
    }
  } catch (problem) {
    tellProblem(app, words.importing(files[done]?.name ?? ''), problem)
  }
  if (single > 0) app.notify({ tone: 'plain', text: words.imported(single) })
}

/** Asks for the files. */
export const pickAndImport = (app: App, at: Folder): void => {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = importTypes
  input.onchange = () => void importFiles(app, at, [...(input.files ?? [])])
  input.click()
}

import type { Upload } from '@/lib/model/draft'
import type { ErrorCode } from '@/lib/model/errors'
import { signal, type Signal } from '@/lib/client/signal'
import { sendFile, type UploadWatch } from './upload'

export type FileState =
  | { is: 'waiting' }
  | { is: 'uploading'; sent: number }
  | { is: 'failed'; code: ErrorCode }
  | { is: 'ready'; upload: Upload }

export interface AttachedFile {
  key: string
  name: string
  type: string
  size: number
  state: FileState
}

/** What a message may carry in all: the limit most servers announce. */
export const totalLimit = 25 * 1024 * 1024
const atOnce = 3

export interface Files {
  list: Signal<readonly AttachedFile[]>
  add: (files: Iterable<File>) => void
  remove: (key: string) => void
  retry: (key: string) => void
  /** Files that are on the server already, of a draft that was opened. */
  adopt: (uploads: readonly Upload[]) => void
  uploads: () => Upload[]
}

type Send = (file: File, watch: UploadWatch) => () => void

/** The files of one letter: a few go up at a time, each can be stopped and tried again. */
export function createFiles(already: readonly Upload[], send: Send = sendFile): Files {
  const list = signal<readonly AttachedFile[]>(already.map(readyFile))
  const sources = new Map<string, File>()
  const stops = new Map<string, () => void>()

  const set = (key: string, state: FileState) =>
    list.set((files) => files.map((file) => (file.key === key ? { ...file, state } : file)))
  const ended = (key: string, state: FileState) => {
    stops.delete(key)
    set(key, state)
    startNext()
  }
  const startNext = () => {
    const next = list.get().find(({ key, state }) => state.is === 'waiting' && !stops.has(key))
    const source = next && sources.get(next.key)
    if (!next || !source || stops.size >= atOnce) return
    set(next.key, { is: 'uploading', sent: 0 })
    stops.set(
      next.key,
      send(source, {
        progress: (sent) => set(next.key, { is: 'uploading', sent: Math.min(sent, source.size) }),
        done: (upload) => ended(next.key, { is: 'ready', upload }),
        failed: (code) => ended(next.key, { is: 'failed', code }),
      }),
    )
    startNext()
  }

  return {
    list,
    add: (files) => {
      let total = list.get().reduce((sum, { size }) => sum + size, 0)
      for (const file of files) {
        const key = `${Date.now().toString(36)}-${sources.size}`
        total += file.size
        sources.set(key, file)
        const state: FileState = total > totalLimit ? { is: 'failed', code: 'too-large' } : { is: 'waiting' }
        list.set((now) => [...now, { key, name: file.name, type: file.type, size: file.size, state }])
      }
      startNext()
    },
    remove: (key) => {
      stops.get(key)?.()
      stops.delete(key)
      sources.delete(key)
      list.set((files) => files.filter((file) => file.key !== key))
      startNext()
    },
    retry: (key) => {
      if (!sources.has(key)) return
      set(key, { is: 'waiting' })
      startNext()
    },
    adopt: (uploads) => list.set((files) => [...uploads.map(readyFile), ...files]),
    uploads: () => list.get().flatMap(({ state }) => (state.is === 'ready' ? [state.upload] : [])),
  }
}

const readyFile = (upload: Upload): AttachedFile => ({
  key: upload.id,
  name: upload.name,
  type: upload.type,
  size: upload.size,
  state: { is: 'ready', upload },
})

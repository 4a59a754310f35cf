import type { Upload } from '@/lib/model/draft'
import type { ErrorCode } from '@/lib/model/errors'
import { call, doors } from '@/lib/client/api'
import { newContentId } from '@/lib/client/press'
import { signal, type Signal } from '@/lib/client/signal'
import type { Attachment } from '@/lib/model/message'
import type { Place } from '../desk'
import type { QuotedPicture } from '@/lib/model/message'
import { copyPart, fileSource, type UploadWatch } from './upload'

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
  /** Pictures of a quoted text stay with who sent them where the text cannot hold them. */
  origin: 'own' | 'quote'
  /** It stands in the text under this Content-ID, or did: what is not named there does not leave. */
  cid?: string
  /** Where it can be looked at before it is up. */
  view?: string
  /** The bytes, where the person has just added them. */
  file?: File
}

/** What a message may carry in all: the limit most servers announce. */
export const totalLimit = 25 * 1024 * 1024
const atOnce = 3

export type Fate = 'kept' | 'dropped'

export interface Files {
  list: Signal<readonly AttachedFile[]>
  /** Counts what the person did to the list. */
  edits: Signal<number>
  add: (files: Iterable<File>) => void
  /** A picture for the text; gives the Content-ID to name it by. */
  addPicture: (file: File) => string
  /** Pictures of a text that is quoted. */
  bringPictures: (at: Place, pictures: readonly QuotedPicture[]) => void
  /** `null`: from now on it lies beside the text. */
  place: (key: string, cid: string | null) => void
  rename: (key: string, name: string) => void
  move: (key: string, to: number) => void
  /** Another file instead, the same in smaller. */
  replace: (key: string, file: File) => void
  /** Files of the message this one was made from. */
  bring: (at: Place, attachments: readonly Attachment[]) => void
  remove: (key: string) => void
  retry: (key: string) => void
  /** Files that are on the server already, of a draft that was opened. */
  adopt: (uploads: readonly Upload[]) => void
  /** Those that are not up, for a letter that takes them over: it goes on where this one stopped. */
  unfinished: () => Coming[]
  take: (unfinished: readonly Coming[]) => void
  /** Nobody looks at them any more; `dropped`: nor is there a message that has them. */
  release: (fate: Fate) => void
}

/** Starts bringing a file to the server; the answer stops it. */
type Source = (watch: UploadWatch) => () => void
export type Coming = Omit<AttachedFile, 'key' | 'state'> & { source: Source }

const fresh = (file: File, cid?: string): Coming => ({
  name: file.name || 'file',
  type: file.type,
  size: file.size,
  source: fileSource(file),
  origin: 'own',
  file,
  ...(cid ? { cid, view: URL.createObjectURL(file) } : {}),
})

export const isComing = ({ state }: Pick<AttachedFile, 'state'>): boolean =>
  state.is === 'waiting' || state.is === 'uploading'

/** Not brought by the writer: it promises nothing. */
export const isQuoted = ({ origin, cid }: AttachedFile): boolean => origin === 'quote' && cid !== undefined

const open = new Set<Files['list']>()

/** The bytes of a picture of any letter that is being written. */
export const pictureAnywhere = (cid: string): File | undefined =>
  [...open].flatMap((list) => list.get()).find((file) => file.cid === cid)?.file

/** The files of one letter: a few go up at a time, each can be stopped and tried again. */
export function createFiles(already: readonly Upload[]): Files {
  const list = signal<readonly AttachedFile[]>(already.map(readyFile))
  const edits = signal(0)
  open.add(list)
  const queue = createQueue(list)
  const edited = () => edits.set((count) => count + 1)
  return {
    list,
    edits,
    add: (files) => {
      queue.put(Array.from(files, (file) => fresh(file)))
      edited()
    },
    addPicture: (file) => {
      const cid = newContentId()
      queue.put([fresh(file, cid)])
      edited()
      return cid
    },
    bringPictures: (at, pictures) =>
      queue.put(
        pictures.map(({ part, cid, name, type, size }) => ({
          ...{ name, type, size, cid, origin: 'quote' },
          view: doors.part(at, part, 'look'),
          source: (watch) => copyPart({ ...at, part }, watch),
        })),
      ),
    place: (key, cid) => {
      queue.change(key, { cid: cid ?? undefined })
      edited()
    },
    rename: (key, name) => {
      queue.change(key, { name })
      edited()
    },
    move: (key, to) => {
      list.set((files) => moved(files, key, to))
      edited()
    },
    replace: (key, file) => {
      const before = list.get().find((one) => one.key === key)
      if (!before) return
      queue.replace(key, { ...fresh(file, before.cid), name: file.name })
      edited()
    },
    bring: (at, attachments) =>
      queue.put(
        attachments.map(({ part, name, type, size }) => ({
          name,
          type,
          size,
          origin: 'own',
          source: (watch) => copyPart({ ...at, part }, watch),
        })),
      ),
    remove: (key) => {
      queue.drop(key)
      edited()
    },
    retry: queue.retry,
    adopt: (uploads) => list.set((files) => [...uploads.map(readyFile), ...files]),
    unfinished: queue.unfinished,
    take: (unfinished) => queue.put(unfinished.map(seenAgain)),
    release: (fate) => {
      queue.stop()
      open.delete(list)
      for (const file of list.get()) letGo(file, fate)
    },
  }
}

/** The address a picture was looked at by is given back with its letter. */
const seenAgain = (coming: Coming): Coming =>
  coming.file && coming.cid ? { ...coming, view: URL.createObjectURL(coming.file) } : coming

function letGo({ view, state }: AttachedFile, fate: Fate): void {
  if (view?.startsWith('blob:')) URL.revokeObjectURL(view)
  // What cannot be dropped now, the server forgets by itself.
  if (fate === 'dropped' && state.is === 'ready')
    void call('dropUpload', { upload: state.upload.id }).catch(() => undefined)
}

function moved(files: readonly AttachedFile[], key: string, to: number): readonly AttachedFile[] {
  const one = files.find((file) => file.key === key)
  const others = files.filter((file) => file.key !== key)
  return one ? others.toSpliced(Math.max(0, to), 0, one) : files
}

function createQueue(list: Signal<readonly AttachedFile[]>) {
  const sources = new Map<string, Source>()
  const stops = new Map<string, () => void>()
  let made = 0

  const change = (key: string, patch: Partial<AttachedFile>) =>
    list.set((files) => files.map((file) => (file.key === key ? { ...file, ...patch } : file)))
  const ended = (key: string, patch: Partial<AttachedFile>) => {
    stops.delete(key)
    change(key, patch)
    startNext()
  }
  const startNext = () => {
    const next = list.get().find(({ key, state }) => state.is === 'waiting' && !stops.has(key))
    const source = next && sources.get(next.key)
    if (!next || !source || stops.size >= atOnce) return
    const { key, size } = next
    change(key, { state: { is: 'uploading', sent: 0 } })
    const stop = source({
      progress: (sent) => change(key, { state: { is: 'uploading', sent: Math.min(sent, size) } }),
      // What a mail server tells of a part's size is an estimate; now it is known.
      done: (upload) => ended(key, { size: upload.size, state: { is: 'ready', upload } }),
      failed: (code) => ended(key, { state: { is: 'failed', code } }),
    })
    stops.set(key, stop)
    startNext()
  }

  return {
    change,
    unfinished: () =>
      list.get().flatMap(({ key, state, ...file }) => {
        const source = sources.get(key)
        return source && state.is !== 'ready' ? [{ ...file, source }] : []
      }),
    stop: () => {
      sources.clear()
      for (const stop of stops.values()) stop()
    },
    replace: (key: string, { source, ...file }: Coming) => {
      stops.get(key)?.()
      stops.delete(key)
      sources.set(key, source)
      change(key, { ...file, state: { is: 'waiting' } })
      startNext()
    },
    put: (coming: readonly Coming[]) => {
      let total = list.get().reduce((sum, { size }) => sum + size, 0)
      for (const { source, ...file } of coming) {
        const key = `file-${++made}`
        total += file.size
        sources.set(key, source)
        const state: FileState = total > totalLimit ? { is: 'failed', code: 'too-large' } : { is: 'waiting' }
        list.set((now) => [...now, { ...file, key, state }])
      }
      startNext()
    },
    drop: (key: string) => {
      stops.get(key)?.()
      stops.delete(key)
      sources.delete(key)
      list.set((files) => files.filter((file) => file.key !== key))
      startNext()
    },
    retry: (key: string) => {
      if (!sources.has(key)) return
      change(key, { state: { is: 'waiting' } })
      startNext()
    },
  }
}

const readyFile = (upload: Upload): AttachedFile => ({
  key: upload.id,
  name: upload.name,
  type: upload.type,
  size: upload.size,
  state: { is: 'ready', upload },
  origin: 'own',
  view: doors.upload(upload.id),
  ...(upload.cid ? { cid: upload.cid } : {}),
})

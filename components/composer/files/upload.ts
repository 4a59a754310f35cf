import { call, codeOf, doors, ownRequest, problemIn } from '@/lib/client/api'
import { newPress } from '@/lib/client/press'
import type { Api, Input } from '@/lib/model/api'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import type { Upload, UploadState } from '@/lib/model/draft'

// Files go up in pieces: one that breaks off goes on where the server has it, by itself for a while and whenever
// somebody asks. fetch tells nothing of how much has been sent, so each piece goes through XMLHttpRequest.

export interface UploadWatch {
  progress: (sent: number) => void
  done: (upload: Upload) => void
  failed: (code: ErrorCode) => void
}

const pieceBytes = 4 * 1024 * 1024
/** How long a piece that broke off is waited for before the next try. */
const waitsMs = [500, 1000, 2000, 4000, 8000]
/** A network that went away says nothing: no progress for so long is its end, and no answer after the last byte. */
const silentMs = 30_000
const unansweredMs = 120_000

interface Sending {
  file: File
  id: string
  watch: UploadWatch
  stop: AbortSignal
}

/** A file to send: asked again, it goes on. The answer stops it, and after that nothing more is said. */
export function fileSource(file: File): (watch: UploadWatch) => () => void {
  const id = newPress()
  return (watch) => {
    const stopping = new AbortController()
    const stop = stopping.signal
    void sendAll({ file, id, watch, stop }).then(
      (upload) => !stop.aborted && watch.done(upload),
      (problem: unknown) => !stop.aborted && watch.failed(codeOf(problem)),
    )
    return () => stopping.abort()
  }
}

async function sendAll(sending: Sending): Promise<Upload> {
  // Null: what is there is asked for, because this may not be the first try.
  let state: UploadState | null = null
  let tries = 0
  for (;;) {
    const from: number = state?.received ?? 0
    const to: number = state ? Math.min(from + pieceBytes, sending.file.size) : 0
    try {
      const next = await sendPiece(sending, { from, to })
      if (next.upload) return next.upload
      if (state) tries = 0
      state = next
    } catch (problem) {
      const wait = waitsMs[tries++]
      if (wait === undefined || codeOf(problem) !== 'connection-lost' || sending.stop.aborted) throw problem
      await new Promise((resolve) => setTimeout(resolve, wait))
      state = null
    }
  }
}

function sendPiece(
  { file, id, watch, stop }: Sending,
  { from, to }: { from: number; to: number },
): Promise<UploadState> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const lost = () => reject(new AppError('connection-lost'))
    request.open('PUT', doors.upload(id, { name: file.name || 'file', size: file.size, from }))
    for (const [name, value] of Object.entries(ownRequest)) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.responseType = 'json'
    let silence = setTimeout(() => request.abort(), silentMs)
    const heard = (patience: number) => {
      clearTimeout(silence)
      silence = setTimeout(() => request.abort(), patience)
    }
    request.upload.onprogress = (event) => {
      heard(silentMs)
      watch.progress(from + event.loaded)
    }
    request.upload.onload = () => heard(unansweredMs)
    request.onloadend = () => clearTimeout(silence)
    request.onerror = lost
    request.ontimeout = lost
    request.onabort = lost
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as UploadState)
      else reject(problemIn(request.response, request.status))
    }
    stop.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file.slice(from, to))
  })
}

/** A file that lies in a message already: the server copies it. */
export function copyPart(from: Input<Api['uploadFromMessage']>, watch: UploadWatch): () => void {
  const stop = new AbortController()
  call('uploadFromMessage', from, { signal: stop.signal }).then(watch.done, (problem: unknown) => {
    if (!stop.signal.aborted) watch.failed(codeOf(problem))
  })
  return () => stop.abort()
}

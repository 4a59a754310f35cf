import { call, codeOf, doors, ownRequest } from '@/lib/client/api'
import type { Api, Input } from '@/lib/model/api'
import { errorCodes, type ErrorBody, type ErrorCode } from '@/lib/model/errors'
import type { Upload } from '@/lib/model/draft'

// fetch tells nothing of how much has been sent, so files go up through XMLHttpRequest.

export interface UploadWatch {
  progress: (sent: number) => void
  done: (upload: Upload) => void
  failed: (code: ErrorCode) => void
}

/** Starts sending a file; the answer stops it. After that nothing more is said. */
export function sendFile(file: File, watch: UploadWatch): () => void {
  const request = new XMLHttpRequest()
  request.open('POST', `${doors.uploads()}?name=${encodeURIComponent(file.name)}`)
  for (const [name, value] of Object.entries(ownRequest)) request.setRequestHeader(name, value)
  request.setRequestHeader('content-type', file.type || 'application/octet-stream')
  request.responseType = 'json'
  request.upload.onprogress = (event) => watch.progress(event.loaded)
  request.onerror = () => watch.failed('connection-lost')
  request.ontimeout = () => watch.failed('connection-lost')
  request.onload = () => {
    if (request.status >= 200 && request.status < 300) watch.done(request.response as Upload)
    else watch.failed(codeOfAnswer(request))
  }
  request.send(file)
  return () => request.abort()
}

/** A file that lies in a message already: the server copies it. */
export function copyPart(from: Input<Api['uploadFromMessage']>, watch: UploadWatch): () => void {
  const stop = new AbortController()
  call('uploadFromMessage', from, { signal: stop.signal }).then(watch.done, (problem: unknown) => {
    if (!stop.signal.aborted) watch.failed(codeOf(problem))
  })
  return () => stop.abort()
}

function codeOfAnswer(request: XMLHttpRequest): ErrorCode {
  const code = (request.response as Partial<ErrorBody> | null)?.error?.code
  if (code && Object.hasOwn(errorCodes, code)) return code
  return request.status === 413 ? 'too-large' : 'internal'
}

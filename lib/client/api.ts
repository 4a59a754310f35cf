import type { Words } from '@/lib/i18n'
import type { ProblemWords } from '@/lib/i18n/en/errors'
import type { Api, Input, Output } from '@/lib/model/api'
import { AppError, errorCodes } from '@/lib/model/errors'
import type { ErrorBody, ErrorCode } from '@/lib/model/errors'
import { paths, urls } from '@/lib/model/paths'
import { withBase } from './base'

type Fields = Record<string, unknown>

export interface CallOptions {
  signal?: AbortSignal
  /** The request outlives the page (a flag set while the tab closes), unless it is a large one. */
  keepalive?: boolean
  /** What writes the body, where that is worth a thought (long-json.ts). */
  write?: (fields: Fields) => string | Blob
}

/** Browsers refuse more than 64 KiB of bodies that outlive their page, all of them together (Fetch, HTTP-network-or-cache fetch). */
const mostKeptAlive = 32_000

const fill = (path: string, input: Fields): { path: string; rest: Fields } => {
  const rest = { ...input }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete rest[name]
    return encodeURIComponent(String(input[name]))
  })
  return { path: filled, rest }
}

const query = (fields: Fields): string => {
  const pairs = Object.entries(fields).filter(([, value]) => value !== undefined)
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
}

const isCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCodes, code)

/** What an answer that is no success says. */
export const problemIn = (answer: unknown, status: number, retryAfterSeconds?: number): AppError => {
  const body = answer as Partial<ErrorBody> | null
  const code = body?.error?.code
  return isCode(code)
    ? new AppError(code, body?.error?.answer ?? '', retryAfterSeconds ? { retryAfterSeconds } : undefined)
    : new AppError(status === 413 ? 'too-large' : 'internal', `HTTP ${status}`)
}

const problemOf = async (response: Response): Promise<AppError> =>
  problemIn(
    await response.json().catch(() => null),
    response.status,
    Number(response.headers.get('retry-after')),
  )

/** The browser's side of CSRF protection: a header that no foreign form can set. */
export const ownRequest = { 'x-posthorn': '1' }

/**
 * Calls one endpoint of `lib/model/api`. Throws `AppError`, `connection-lost` when the server was not reached at
 * all. The answer comes from our own server and is not parsed again: a schema pass over 200 rows costs a frame.
 */
export const call = async <N extends keyof Api>(
  name: N,
  input: Input<Api[N]>,
  { signal, keepalive, write = JSON.stringify }: CallOptions = {},
): Promise<Output<Api[N]>> => {
  const endpoint = paths[name]
  const { path, rest } = fill(endpoint.path, input as Fields)
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE'
  const url = withBase(`/api${path as `/${string}`}${inQuery ? query(rest) : ''}`)
  const body = inQuery ? '' : write(rest)
  const outlives = keepalive && new Blob([body]).size <= mostKeptAlive
  const response = await fetch(url, {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: inQuery ? ownRequest : { ...ownRequest, 'content-type': 'application/json' },
    ...(inQuery ? {} : { body }),
    ...(signal ? { signal } : {}),
    ...(outlives ? { keepalive: true } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new AppError('connection-lost', '', { cause })
  })
  if (!response.ok) throw await problemOf(response)
  return (response.status === 204 ? {} : await response.json()) as Output<Api[N]>
}

/** Answers that come bit by bit: each line of JSON as it arrives. One that names an error is thrown. */
export async function* lines<T>(url: string, signal: AbortSignal): AsyncGenerator<T> {
  const lost = (cause: unknown) => {
    if (signal.aborted) throw cause
    throw new AppError('connection-lost', '', { cause })
  }
  const response = await fetch(url, { credentials: 'same-origin', headers: ownRequest, signal }).catch(lost)
  if (!response.ok || !response.body) throw await problemOf(response)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read().catch(lost)
    if (done) return
    const whole = (rest + value).split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole) {
      const said = JSON.parse(line) as T | ErrorBody
      if (said !== null && typeof said === 'object' && 'error' in said) throw problemIn(said, 200)
      yield said as T
    }
  }
}

/** A file as the body of a request. */
export const postFile = async (url: string, file: File, type: string): Promise<Response> => {
  const answer = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...ownRequest, 'content-type': type },
    body: file,
  }).catch((cause: unknown) => {
    throw new AppError('connection-lost', '', { cause })
  })
  if (!answer.ok) throw await problemOf(answer)
  return answer
}

export interface FrameLook {
  images: 'blocked' | 'shown'
  theme: 'light' | 'dark'
  /** All of a very long message; its start when nothing is said. */
  extent?: 'all' | undefined
  /** A part that is a message of its own. */
  inside?: string | undefined
  as?: 'text' | undefined
  font?: 'fixed' | undefined
}

/** The doors that are not JSON, as URLs a browser can follow. */
export const doors = {
  frame: (at: Parameters<typeof urls.frame>[0], look: FrameLook) =>
    withBase(`/api${urls.frame(at) as `/${string}`}${query({ ...look })}`),
  part: (at: Parameters<typeof urls.part>[0], part: string, wish?: 'look') =>
    withBase(`/api${urls.part(at, part) as `/${string}`}${query({ wish })}`),
  zip: (at: Parameters<typeof urls.zip>[0]) => withBase(`/api${urls.zip(at) as `/${string}`}`),
  source: (at: Parameters<typeof urls.source>[0]) => withBase(`/api${urls.source(at) as `/${string}`}`),
  importInto: (at: Parameters<typeof urls.importInto>[0]) =>
    withBase(`/api${urls.importInto(at) as `/${string}`}`),
  exported: (ticket: string) => withBase(`/api${urls.exported(ticket) as `/${string}`}`),
  importContacts: () => withBase(`/api${urls.importContacts as `/${string}`}`),
  exportContacts: (group?: string) =>
    withBase(`/api${urls.exportContacts as `/${string}`}${query({ group })}`),
  upload: (id: string, piece?: { name: string; size: number; from: number }) =>
    withBase(`/api${urls.upload(id) as `/${string}`}${query({ ...piece })}`),
  search: (at: Parameters<typeof urls.search>[0], asked: { q: string; folder: string; limit: number }) =>
    withBase(`/api${urls.search(at) as `/${string}`}${query(asked)}`),
  events: () => withBase(`/api${urls.events as `/${string}`}`),
}

/** What went wrong, as a code to find words for. */
export const codeOf = (problem: unknown): ErrorCode =>
  problem instanceof AppError ? problem.code : 'internal'
/** What happened, and what to do about it or when. */
export const wordsOf = (words: Words, problem: unknown): ProblemWords => {
  const known = words.errors[codeOf(problem)]
  const seconds = problem instanceof AppError ? problem.retryAfterSeconds : null
  return seconds ? { ...known, advice: words.list.tryAgainIn(seconds) } : known
}
export const answerOf = (problem: unknown): string => (problem instanceof AppError ? problem.answer : '')

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { GET as listMessages } from '../app/api/accounts/[account]/mailboxes/[folder]/messages/route'
import { GET as openConversation } from '../app/api/accounts/[account]/mailboxes/[folder]/messages/[message]/conversation/route'
import { GET as frame } from '../app/api/accounts/[account]/mailboxes/[folder]/messages/[message]/frame/route'
import { GET as openMessage } from '../app/api/accounts/[account]/mailboxes/[folder]/messages/[message]/route'
import { POST as sendMessage } from '../app/api/accounts/[account]/outbox/route'
import { POST as labelMessages } from '../app/api/accounts/[account]/mailboxes/[folder]/labels/route'
import { POST as moveMessages } from '../app/api/accounts/[account]/mailboxes/[folder]/move/route'
import { POST as setFlags } from '../app/api/accounts/[account]/mailboxes/[folder]/flags/route'
import { GET as searchMessages } from '../app/api/accounts/[account]/search/route'
import { GET as streamSearch } from '../app/api/accounts/[account]/search/stream/route'
import { type Path, paths } from '../lib/model/paths'
import type { Handler, Reply, Visit } from '../lib/server/endpoint'
import type { HandleFirst } from './serve'

// The doors behind every click, answered without Next in front of them: its way to a handler of one millisecond costs
// several (docs/decisions/043-doors-before-next.md). They are the very handlers of app/api, so every check stands in
// lib/server/endpoint.ts for both ways; what is not known here goes on to Next.

interface Door extends Path {
  handler: Handler
}

export const doors: readonly Door[] = [
  { ...paths.listMessages, handler: listMessages },
  { ...paths.openMessage, handler: openMessage },
  { ...paths.openConversation, handler: openConversation },
  { method: 'GET', path: `${paths.openMessage.path}/frame`, handler: frame },
  { ...paths.setFlags, handler: setFlags },
  { ...paths.labelMessages, handler: labelMessages },
  { ...paths.moveMessages, handler: moveMessages },
  { ...paths.searchMessages, handler: searchMessages },
  { method: 'GET', path: `${paths.searchMessages.path}/stream`, handler: streamSearch },
  { ...paths.sendMessage, handler: sendMessage },
]

interface Known {
  door: Door
  steps: string[]
}

const known: Known[] = doors.map((door) => ({ door, steps: door.path.slice(1).split('/') }))

const nameOf = (step: string): string | null => (step.startsWith('{') ? step.slice(1, -1) : null)

const paramsOf = (wanted: readonly string[], given: readonly string[]): Record<string, string> | null => {
  const params: Record<string, string> = {}
  for (const [at, step] of wanted.entries()) {
    const value = given[at] ?? ''
    const name = nameOf(step)
    if (name === null ? step !== value : value === '') return null
    if (name !== null) params[name] = decodeURIComponent(value)
  }
  return params
}

/** Which door a path below `/api` leads to, and what its names stand for; null for whatever Next should look at. */
export const doorOf = (
  method: string,
  path: string,
): { handler: Handler; params: Record<string, string> } | null => {
  const given = path.slice(1).split('/')
  for (const { door, steps } of known) {
    if (door.method !== method || steps.length !== given.length) continue
    const params = paramsOf(steps, given)
    if (params) return { handler: door.handler, params }
  }
  return null
}

/** Made when it is first asked for, and once: two streams of one request would share its bytes out. */
const bodyOf = (request: IncomingMessage): (() => Visit['body']) => {
  let made: Visit['body'] | undefined
  return () => (made ??= request.method === 'GET' ? null : (Readable.toWeb(request) as Visit['body']))
}

export const visitOf = (
  request: IncomingMessage,
  response: ServerResponse,
  body = bodyOf(request),
): Visit => ({
  method: request.method ?? 'GET',
  url: request.url ?? '/',
  headers: {
    get: (name) => {
      const value = request.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    },
  },
  get body() {
    return body()
  },
  get signal() {
    const leaves = new AbortController()
    response.once('close', () => leaves.abort())
    return leaves.signal
  },
})

/** What no proxy is to hold back is not held back here: told as it comes, until there is no more or nobody reads it. */
const isTold = (reply: Reply | Response): reply is Response & { body: ReadableStream } =>
  reply instanceof Response && reply.body !== null && reply.headers.get('x-accel-buffering') === 'no'

export const send = async (reply: Reply | Response, response: ServerResponse): Promise<void> => {
  response.statusCode = reply.status
  for (const [name, value] of reply.headers) response.setHeader(name, value)
  // Who left early is told nothing, and what was begun for them ends with the stream.
  if (isTold(reply))
    return pipeline(Readable.fromWeb(reply.body as NodeStream), response).catch(() => undefined)
  const body = reply instanceof Response ? Buffer.from(await reply.arrayBuffer()) : reply.body
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
}

export const answerAtDoor: HandleFirst = (request, response, prefix) => {
  const [path = ''] = (request.url ?? '').split('?', 1)
  if (!path.startsWith(`${prefix}/api/`)) return null
  try {
    const door = doorOf(request.method ?? '', path.slice(prefix.length + '/api'.length))
    if (!door) return null
    return door.handler.answer(visitOf(request, response), door.params).then((reply) => send(reply, response))
  } catch {
    // A name that is not well encoded.
    return null
  }
}

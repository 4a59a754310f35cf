import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { clientHeader, requestIdHeader } from '../lib/server/auth/client'
import { config, ConfigError } from '../lib/server/config'
import { inRequest, log } from '../lib/server/log'
import { countRequest } from '../lib/server/metrics'
import { originOf, type Trust } from './forwarded'
import { setSecurityHeaders } from './headers'
import { withPrefix } from './prefix'

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>
/** Null when the request is not for it. */
export type HandleFirst = (
  request: IncomingMessage,
  response: ServerResponse,
  prefix: string,
) => Promise<void> | null

interface App {
  handle: Handle
  /** Asked before. */
  first: HandleFirst
  trusted: Trust
}

export interface Serving {
  port: number
  /** No new request; those that run finish, streams of events are ended. */
  close(): Promise<void>
}

/** What a slow client may take for its head; a body has its own limits in the route. */
const headersWithinMs = 20_000
const finishWithinMs = 10_000
/** Longer than proxies keep theirs (nginx 60 s): one that writes into a connection we have just closed answers 502. */
const keepIdleMs = 75_000

export const serve = async (app: App): Promise<Serving> => {
  const streams = new Set<ServerResponse>()
  const limits = { headersTimeout: headersWithinMs, requestTimeout: 0, keepAliveTimeout: keepIdleMs }
  const server = createServer(limits, (request, response) => {
    streams.add(response)
    response.once('close', () => {
      streams.delete(response)
      // While stopping, a connection that falls idle is one that nobody will use again.
      if (!server.listening) setImmediate(() => server.closeIdleConnections())
    })
    receive(request, response, app).catch((error: unknown) => {
      log().error({ event: 'request-failed', err: error }, 'request failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  const port = await listen(server)
  return { port, close: () => close(server, streams) }
}

const receive = async (
  request: IncomingMessage,
  response: ServerResponse,
  { handle, first, trusted }: App,
): Promise<void> => {
  const started = performance.now()
  const origin = originOf(request.headers, request.socket.remoteAddress ?? '', trusted)
  const id = randomBytes(9).toString('base64url')
  settleHeaders(request, { ...origin, id })
  request.url = withPrefix(request.url ?? '/', config().basePath, origin.prefix)
  setSecurityHeaders(response, config())
  response.setHeader(requestIdHeader, id)
  const { method = '' } = request
  // Without the query: a search is nobody's business. Next writes its own into the request.
  const path = request.url.split('?')[0] ?? ''
  response.once('close', () => noteAnswer(response, { id, method, path, started, client: origin.client }))
  // Next compresses: that is for pages. A stream of events would wait in it, and files are compressed already.
  if (path.startsWith(`${config().basePath}/api/`)) delete request.headers['accept-encoding']
  await inRequest(id, async () => first(request, response, config().basePath) ?? handle(request, response))
}

interface Noted {
  id: string
  method: string
  path: string
  started: number
  client: string
}

const noteAnswer = (response: ServerResponse, { started, ...asked }: Noted): void => {
  const { statusCode: status } = response
  const ms = performance.now() - started
  const { method, path } = asked
  if (!isEventStream(response)) countRequest({ kind: kindOf(path), method, status, seconds: ms / 1000 })
  const { id: request, client } = asked
  log().debug({ event: 'request', request, method, path, status, ms: Math.round(ms), client }, 'request')
}

const kindOf = (path: string): 'api' | 'page' | 'file' => {
  const below = path.slice(config().basePath.length)
  if (below.startsWith('/api/')) return 'api'
  return below.startsWith('/_next/') || /\.[a-z0-9]{2,11}$/.test(below) ? 'file' : 'page'
}

interface Settled {
  id: string
  client: string
  host: string | null
  scheme: string | null
}

/** Behind this line these headers can be believed: what came from outside has been judged or removed. */
const settleHeaders = ({ headers }: IncomingMessage, { id, client, host, scheme }: Settled): void => {
  for (const name of Object.keys(headers))
    if (name.startsWith('x-forwarded-') || name === 'forwarded' || name === 'x-nonce') delete headers[name]
  headers[clientHeader] = client
  headers[requestIdHeader] = id
  if (host) headers.host = host
  headers['x-forwarded-proto'] = scheme ?? new URL(config().publicUrl).protocol.slice(0, -1)
  if (headers.host) headers['x-forwarded-host'] = headers.host
}

const listen = (server: Server): Promise<number> => {
  const { host, webPort } = config()
  return new Promise((listening, failed) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      failed(
        new ConfigError(
          cause.code === 'EADDRINUSE'
            ? `POSTHORN_WEB_PORT: port ${webPort} on ${host} is taken by another program`
            : `POSTHORN_WEB_PORT: cannot listen on ${host}:${webPort}: ${cause.message}`,
          { cause },
        ),
      ),
    )
    server.listen(webPort, host, () => listening((server.address() as AddressInfo).port))
  })
}

const isEventStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream')

const close = async (server: Server, open: Set<ServerResponse>): Promise<void> => {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  for (const response of open) if (isEventStream(response)) response.destroy()
  const impatience = setTimeout(() => server.closeAllConnections(), finishWithinMs)
  await closed
  clearTimeout(impatience)
}

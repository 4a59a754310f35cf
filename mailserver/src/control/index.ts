// The control API: what other programs of this machine may ask the running server, as HTTP over a unix socket.
//
// Invariants: only who may open the socket's file is heard (mode 0600, in a folder of mode 0700); a request and the
// time for it are bounded; a server whose socket cannot be made runs without it and says so.
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { dirname, join } from 'node:path'
import type { Config } from '../core/config'
import type { Metrics } from '../core/metrics'
import { metricsType } from './metrics'
import { type Answer, changePassword, type PasswordParts } from './password'

const mostBytes = 16_384
const withinMs = 30_000

export interface Control {
  close(): Promise<void>
}

interface ControlParts extends PasswordParts {
  config: Config
  metrics: Metrics
}

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return null
  }
}

const answer = async (parts: ControlParts, request: IncomingMessage): Promise<Answer> => {
  if (request.method !== 'POST' || request.url !== '/password')
    return { status: 404, body: { error: 'not-found' } }
  return changePassword(parts, await readJson(request))
}

const serverFor = (parts: ControlParts): Server => {
  const limits = { requestTimeout: withinMs, headersTimeout: withinMs, maxHeaderSize: 8192 }
  const server = createServer(limits, (request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') {
      response.writeHead(200, { 'content-type': metricsType, connection: 'close' }).end(parts.metrics.text())
      return
    }
    answer(parts, request)
      .catch((error: unknown) => {
        parts.log.error('control-failed', { error: String(error) })
        return { status: 500, body: { error: 'internal' } }
      })
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
        response.end(JSON.stringify(body))
      })
      .catch((error: unknown) => parts.log.error('control-failed', { error: String(error) }))
  })
  server.maxConnections = 64
  return server
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(path, done)
  })

const closed: Control = { close: async () => undefined }

export const openControl = async (parts: ControlParts): Promise<Control> => {
  const { config, log } = parts
  if (config.control_socket === 'off') return closed
  const path = config.control_socket ?? join(config.home, 'mail', 'control.sock')
  const server = serverFor(parts)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // One server has this data folder: what lies here is what a kill left behind.
    rmSync(path, { force: true })
    await listen(server, path)
    chmodSync(path, 0o600)
  } catch (error) {
    // A socket's path holds 107 bytes; mail goes on without it.
    log.warn('control-closed', { path, error: (error as Error).message })
    server.close()
    return closed
  }
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

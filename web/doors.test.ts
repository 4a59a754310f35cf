import { createServer, get, IncomingMessage, ServerResponse } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { repository } from '../e2e/servers/repository'
import type { Handler } from '../lib/server/endpoint'
import { doorOf, doors, send, visitOf } from './doors'

describe('the doors before Next', () => {
  const server = createServer()

  it.each(doors.map((door) => [`${door.method} ${door.path}`, door] as const))(
    '%s is the handler of its route file',
    async (_, { method, path, handler }) => {
      const place = path.replaceAll('{', '[').replaceAll('}', ']')
      const file = join(repository, 'app', 'api', place, 'route.ts')
      const route = (await import(file)) as Record<string, Handler>
      expect(handler).toBe(route[method])
    },
  )

  it('know a path by all its steps, and what its names stand for', () => {
    const found = doorOf('GET', '/accounts/0/mailboxes/~eA/messages/1-2/frame')
    expect(found?.params).toEqual({ account: '0', folder: '~eA', message: '1-2' })
    expect(doorOf('GET', '/accounts/0/mailboxes/a%2Fb/messages')?.params).toEqual({
      account: '0',
      folder: 'a/b',
    })
  })

  it('give one body to everybody who asks for it', () => {
    const request = new IncomingMessage(new Socket())
    const visitWith = (method: string) =>
      visitOf(Object.assign(request, { method }), new ServerResponse(request))
    const visit = visitWith('POST')
    expect(visit.body).toBeInstanceOf(ReadableStream)
    expect(visit.body).toBe(visit.body)
    expect(visitWith('GET').body).toBeNull()
  })

  it('tell what goes on as it comes, and end it when nobody reads any more', async () => {
    let tell: ReadableStreamDefaultController<Uint8Array> | undefined
    const left = new Promise<void>((done) => {
      const body = new ReadableStream<Uint8Array>({
        start: (told) => void (tell = told),
        cancel: () => done(),
      })
      const headers = { 'x-accel-buffering': 'no' }
      server.on('request', (_, response) => void send(new Response(body, { headers }), response))
    })
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
    const asked = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const answer = new Promise<IncomingMessage>((done) => void asked.once('response', done))
    await vi.waitFor(() => expect(tell).toBeDefined())
    tell?.enqueue(Buffer.from('first\n'))
    for await (const bytes of await answer) {
      expect(String(bytes)).toBe('first\n')
      break
    }
    await left
    server.close()
  })

  it.each([
    ['HEAD', '/accounts/0/mailboxes/inbox/messages'],
    ['POST', '/accounts/0/mailboxes/inbox/messages'],
    ['GET', '/accounts/0/mailboxes/inbox/messages/'],
    ['GET', '/accounts/0/mailboxes//messages'],
    ['GET', '/accounts/0/mailboxes/inbox/messages/1-2/parts/1'],
    ['GET', '//accounts/0/mailboxes/inbox/messages'],
    ['GET', '/health'],
  ])('leave %s %s to Next', (method, path) => {
    expect(doorOf(method, path)).toBeNull()
  })
})

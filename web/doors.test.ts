import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../e2e/servers/repository'
import type { Handler } from '../lib/server/endpoint'
import { doorOf, doors, visitOf } from './doors'

describe('the doors before Next', () => {
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

// What a foreign page, or a clever link, may ask of the web app in somebody's name: nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, type MailSystem } from '../e2e/servers/index'
import { repository } from '../e2e/servers/repository'
import { uploaded } from '../e2e/servers/upload'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'
import { api } from '../lib/model/api'
import { folderIdOfPath } from '../lib/model/folder-id'

const filled: Record<string, string> = { account: '0', folder: 'inbox', message: '1-1', part: '1' }
const addressOf = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? 'x1')

const doors = join(repository, 'app', 'api')
/** Read from the route files: a door that somebody forgot to list is missed in every list. */
const routes = readdirSync(doors, { recursive: true, encoding: 'utf8' })
  .filter((file) => basename(file) === 'route.ts')
  .flatMap((file) => {
    const source = readFileSync(join(doors, file), 'utf8')
    const path = `/${dirname(file).replaceAll('[', '{').replaceAll(']', '}')}`
    const methods = source.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)
    return [...methods].map(([, method = '']) => ({ method, path }))
  })
const changing = routes.filter(({ method }) => method !== 'GET')

describe('forged requests', () => {
  let system: MailSystem
  let web: Web
  let visitor: Visitor
  beforeAll(async () => {
    system = await startMailSystem('posthorn')
    web = await startWeb(system)
    visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
  }, 60_000)
  afterAll(async () => {
    await web?.stop()
    await system?.stop()
  })

  it('cover every endpoint that changes something', () => {
    const known = new Set(changing.map(({ method, path }) => `${method} ${path}`))
    const described = Object.values(api).filter(({ method }) => method !== 'GET')
    expect(described.map(({ method, path }) => `${method} ${path}`).filter((one) => !known.has(one))).toEqual(
      [],
    )
    expect(changing.length).toBeGreaterThan(described.length)
  })

  it.each(changing.map(({ method, path }) => [method, path] as const))(
    '%s %s is refused',
    async (method, path) => {
      const body = method === 'POST' || method === 'PUT' ? {} : undefined
      const forgeries: Record<string, string>[] = [
        { 'x-posthorn': '' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://elsewhere.example' },
        { origin: 'null' },
      ]
      for (const headers of forgeries) {
        const { status, text } = await visitor.call(method, addressOf(path), body, headers)
        expect([status, text]).toEqual([403, expect.stringContaining('forged-request')])
      }
      expect((await visitor.call('GET', '/preferences')).status).toBe(200)
    },
  )

  it.each([
    `/accounts/0/mailboxes/${folderIdOfPath('../../../../etc')}/messages`,
    `/accounts/0/mailboxes/${folderIdOfPath('INBOX"\r\nA1 DELETE INBOX\r\n')}/messages`,
    '/accounts/0/mailboxes/..%2F..%2Fetc/messages',
    '/accounts/0/mailboxes/inbox/messages/1-1/parts/..%2F..%2F1',
    '/accounts/0/mailboxes/inbox/messages/1-1/parts/1]%0D%0AA1%20DELETE%20INBOX',
    '/accounts/0/mailboxes/inbox/messages/1-1%0D%0AX/source',
    '/images?address=http%3A%2F%2F127.0.0.1%2F&signature=' + 'A'.repeat(43),
    '/uploads/..%2F..%2Fposthorn.db',
  ])('%s leads nowhere', async (path) => {
    const { status, text } = await visitor.call('GET', path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(text).not.toContain('root:')
    // The inbox still stands, so that no second command was carried in by the first.
    expect((await visitor.call('GET', '/accounts/0/mailboxes')).text).toContain('"role":"inbox"')
  })

  it.each(
    routes
      .filter(({ path }) => path.includes('{account}'))
      .map(({ method, path }) => [method, path] as const),
  )('%s %s is of nobody else’s account', async (method, path) => {
    const other = addressOf(path.replace('{account}', '1'))
    const { status, text } = await visitor.call(
      method,
      other,
      method === 'GET' || method === 'DELETE' ? undefined : {},
    )
    expect([status, text]).toEqual([404, expect.stringContaining('not-found')])
  })

  it('an account in a body or a page is nobody else’s either', async () => {
    const place = { account: 1, folder: 'inbox', message: '1-1', part: '1' }
    expect((await visitor.call('POST', '/uploads/from-message', place)).status).toBe(404)
    const page = await fetch(`${web.url}/mail/1/inbox`, { headers: { cookie: visitor.cookie() } })
    expect(page.status).toBe(404)
  })

  it('next-auth’s own doors end no session without its token', async () => {
    for (const path of ['signout', 'signin', 'callback/credentials', '_log', 'session'])
      await fetch(`${web.url}/api/auth/${path}`, {
        method: 'POST',
        headers: { cookie: visitor.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
        body: 'callbackUrl=https%3A%2F%2Felsewhere.example',
        redirect: 'manual',
      })
    expect((await visitor.call('GET', '/preferences')).status).toBe(200)
  })

  it.each(['../../../../tmp/evil', '..\\..\\evil', '/etc/passwd', 'a\r\nX-Evil: 1'])(
    'a file called %j lies where all uploads lie, under a name of ours',
    async (name) => {
      const { id, name: kept } = await uploaded(visitor, { name, bytes: Buffer.from('x') })
      expect(kept).not.toMatch(/[/\\\r\n]/)
      expect(readdirSync(join(web.home, 'uploads'))).toContain(id)
    },
  )

  it('what is refused is told as a code, and never as a page', async () => {
    const { headers, text } = await visitor.call(
      'GET',
      '/accounts/0/mailboxes/%3Cscript%3Eran()%3C%2Fscript%3E/messages',
    )
    expect(headers.get('content-type')).toContain('application/json')
    expect(text).not.toContain('<script>')
  })

  it.each(['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example', 'javascript:ran()'])(
    'open redirects: no page of ours leads to %s',
    async (to) => {
      const there = encodeURIComponent(to)
      const names = ['next', 'callbackUrl', 'url', 'redirect', 'message-id', 'to'].map(
        (name) => `${name}=${there}`,
      )
      const signedIn = { cookie: visitor.cookie() }
      for (const path of [
        '/login',
        '/open',
        '/compose',
        '/search',
        '/mail',
        '',
        '/api/auth/signin',
        '/api/auth/signout',
        `/${to}`,
      ])
        for (const headers of [{}, signedIn]) {
          const answer = await fetch(`${web.url}${path}?${names.join('&')}`, { headers, redirect: 'manual' })
          const location = answer.headers.get('location')
          // Ours may carry the words in a query, and never leads to another host.
          if (location !== null)
            expect(new URL(location, web.url).origin, `${path} to ${location}`).toBe(new URL(web.url).origin)
        }
    },
  )
})

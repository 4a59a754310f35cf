// What a foreign page, or a clever link, may ask of the web app in somebody's name: nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, type MailSystem } from '../e2e/servers/index'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'
import { api } from '../lib/model/api'
import { folderIdOfPath } from '../lib/model/folder-id'

const filled: Record<string, string> = { account: '0', folder: 'inbox', message: '1-1', part: '1' }
const addressOf = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? 'x1')

const changing = [
  ...Object.values(api).filter(({ method }) => method !== 'GET'),
  { method: 'POST' as const, path: '/uploads?name=a.txt' },
]

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

  it('cover every endpoint that changes something', () => expect(changing.length).toBeGreaterThan(15))

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

  it('what is refused is told as a code, and never as a page', async () => {
    const { headers, text } = await visitor.call(
      'GET',
      '/accounts/0/mailboxes/%3Cscript%3Eran()%3C%2Fscript%3E/messages',
    )
    expect(headers.get('content-type')).toContain('application/json')
    expect(text).not.toContain('<script>')
  })

  it.each(['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example', 'javascript:ran()'])(
    'the sign-in page is no way to %s',
    async (next) => {
      const answer = await fetch(`${web.url}/login?next=${encodeURIComponent(next)}`, { redirect: 'manual' })
      expect(answer.headers.get('location') ?? '').not.toContain('elsewhere')
    },
  )
})

import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { MailSystem } from '../e2e/servers/contract'
import { startWeb, type Web } from '../e2e/servers/web'
import { basePathPlaceholder } from './placeholder'

// One build at four places. Nobody signs in here, so no mail server is needed; e2e/stories does the rest. What can be asked
// of one process is asked of one.
const nobody = { host: '127.0.0.1', port: 1 }
const noMail = { imap: nobody, submission: nobody } as MailSystem

/** As nginx with `proxy_pass http://…/;`: a path below the prefix arrives without it. */
const strippingProxy = (web: Web, prefix: string, says: Record<string, string>): Promise<Server> => {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.startsWith(prefix) ? incoming.url.slice(prefix.length) : null
    if (path === null) return void outgoing.writeHead(404, { 'x-proxy': 'outside' }).end()
    const headers = { ...incoming.headers, ...says }
    const asked = { host: '127.0.0.1', port: web.port, method: incoming.method, headers }
    const passed = request({ ...asked, path: path.startsWith('/') ? path : `/${path}` }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(passed)
  })
  return new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(server)))
}

let usual: Web
beforeAll(async () => {
  usual = await startWeb(noMail)
}, 60_000)
afterAll(() => usual.stop())

const visit = async (origin: string, prefix: string) => {
  const get = async (path: string) => {
    const answer = await fetch(origin + path, { redirect: 'manual' })
    const text = await answer.text()
    expect(text, path).not.toContain(basePathPlaceholder.slice(1))
    return { answer, text, location: answer.headers.get('location') }
  }
  expect((await get(`${prefix}/api/health`)).text).toBe('{"ok":true}')
  expect((await get(prefix || '/')).location).toBe(`${prefix}/login`)
  expect((await get(`${prefix}/mail/0/inbox`)).location).toBe(`${prefix}/login?next=%2Fmail%2F0%2Finbox`)
  const { answer, text } = await get(`${prefix}/login`)
  const assets = [...text.matchAll(/(?:src|href)="([^"]*\/_next\/[^"]+)"/g)].map(([, path = '']) =>
    path.replaceAll('&amp;', '&'),
  )
  expect(assets.length).toBeGreaterThan(2)
  for (const path of new Set(assets)) {
    expect(path.startsWith(`${prefix}/_next/`), path).toBe(true)
    const file = (await get(path)).answer
    expect(file.status, path).toBe(200)
    expect(file.headers.get('cache-control')).toMatch(/immutable|max-age=2592000/)
    // What fetch unpacks, it asked for; a font is as small as it gets.
    if (/\.(js|css)$/.test(path)) expect(file.headers.get('content-encoding'), path).toMatch(/^(br|gzip)$/)
  }
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  return { answer, text }
}

const servedAt = async (web: Web, prefix: string) => {
  const { answer, text } = await visit(`http://127.0.0.1:${web.port}`, prefix)
  const policy = answer.headers.get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
  // Every script that Next wrote into the page carries the nonce; without it the browser runs none.
  for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
}

describe('the same build', () => {
  it('is served at "/webmail"', () => servedAt(usual, '/webmail'))

  it.each(['/a/b', ''])('is served at "%s"', async (prefix) => {
    const web = await startWeb(noMail, { basePath: prefix || '/' })
    try {
      await servedAt(web, prefix)
    } finally {
      await web.stop()
    }
  })

  it.each([
    ['that says nothing about it', {}],
    ['that names what it took', { 'x-forwarded-prefix': '/webmail' }],
  ])('is served behind a proxy that strips the prefix, %s', async (_, says) => {
    const proxy = await strippingProxy(usual, '/webmail', says as Record<string, string>)
    try {
      await visit(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, '/webmail')
    } finally {
      proxy.close()
    }
  })
})

it('a port that is taken is told in one sentence', async () => {
  const env = { POSTHORN_WEB_PORT: String(usual.port) }
  await expect(startWeb(noMail, { env })).rejects.toThrow(
    /POSTHORN_WEB_PORT: port \d+ on 127\.0\.0\.1 is taken/,
  )
})

it('a stop lets the request that runs finish', async () => {
  const web = await startWeb(noMail)
  const sending = request(`${web.url}/api/session`, { method: 'POST', headers: { 'x-posthorn': '1' } })
  const answered = new Promise<number | undefined>((done, failed) =>
    sending.once('response', (answer) => done(answer.statusCode)).once('error', failed),
  )
  await new Promise((sent) => sending.write('{"address":"alice@posthorn.test",', sent))
  await fetch(`${web.url}/api/health`)
  const stopped = web.stop()
  // Once the port is closed the stop has begun; the request is still open.
  await vi.waitFor(() => expect(fetch(`${web.url}/api/health`)).rejects.toThrow(), { timeout: 5000 })
  sending.end('"password":"x"}')
  expect(await answered).toBe(502)
  await stopped
})

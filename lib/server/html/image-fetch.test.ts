import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPublicAddress, type Reach, targetOf, theWeb } from './image-address'
import { fetchImage } from './image-fetch'
import { imageLink, isSigned } from './image-link'
import { rasterOf } from './image-type'

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

describe('where the image proxy may go', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...[
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '192.0.2.1',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
    ],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:0:1::',
      'ff02::1',
      'x',
    ],
  ])('never to %s', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001::1'])('to %s', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ...['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://[::1]/', 'http://localhost/'],
    ...[
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/',
      'http://localhost./',
      'http://017700000001/',
      'ftp://8.8.8.8/',
      'file:///etc/passwd',
    ],
    ...[
      'http://8.8.8.8:22/',
      'http://8.8.8.8:6379/',
      'http://user@8.8.8.8/',
      'gopher://8.8.8.8/',
      'nonsense',
    ],
  ])('refuses %s', (url) => expect(targetOf(url, theWeb)).rejects.toMatchObject({ code: 'not-found' }))

  it('refuses a name when any of its addresses is private', async () => {
    const resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]
    await expect(targetOf('https://mixed.example/', { ...theWeb, resolve })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('what it brings', () => {
  let server: Server
  let base: string
  let seen: { headers: Record<string, unknown>; url: string }[] = []
  const here: Reach = {
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    mayReach: () => true,
    mayUsePort: () => true,
    patienceMs: 10_000,
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ headers: request.headers, url: request.url ?? '' })
      const send = (type: string, body: Buffer | string) =>
        response.writeHead(200, { 'content-type': type }).end(body)
      if (request.url === '/pixel') send('text/html', pixel)
      else if (request.url === '/html') send('image/png', '<script>alert(1)</script>')
      else if (request.url === '/svg') send('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>')
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end()
      else if (request.url === '/there')
        response.writeHead(301, { location: '/pixel', 'set-cookie': 'who=alice; Path=/' }).end()
      else if (request.url === '/declared')
        response.writeHead(200, { 'content-length': 10_000_001 }).flushHeaders()
      else if (request.url === '/silent') return
      else if (request.url === '/slow') {
        const drip = () => response.destroyed || (response.write('G'), setTimeout(drip, 20))
        drip()
      } else if (request.url === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
      else if (request.url === '/endless') {
        response.writeHead(200)
        const push = () => {
          while (response.write(Buffer.alloc(65_536)));
        }
        response.on('drain', push)
        push()
      } else response.writeHead(404).end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    base = `http://pictures.example:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('a picture, by its bytes and not by its label, in nobody’s name', async () => {
    seen = []
    expect(await fetchImage(`${base}/pixel`, here)).toEqual({ type: 'image/gif', bytes: pixel })
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
    await fetchImage(`${base}/pixel`, here)
    expect(seen.length).toBe(1)
  })

  it('no cookie that was set on the way comes along', async () => {
    seen = []
    expect(await fetchImage(`${base}/there`, here)).toEqual({ type: 'image/gif', bytes: pixel })
    expect(seen.map(({ url }) => url)).toEqual(['/there', '/pixel'])
    for (const { headers } of seen) {
      expect(headers.cookie).toBeUndefined()
      expect(headers.referer).toBeUndefined()
      expect(headers['x-forwarded-for']).toBeUndefined()
    }
  })

  it('the connection goes to the address that was judged: the name is asked for once', async () => {
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      // A second answer would lead elsewhere.
      return [{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    }
    const mayReach = (address: string) => address === '127.0.0.1'
    const rebinding = base.replace('pictures.example', 'rebinding.example')
    await fetchImage(`${rebinding}/pixel`, { ...here, resolve, mayReach })
    expect(asked).toEqual(['rebinding.example'])
  })

  it.each(['/silent', '/slow'])('gives up in time: %s', async (path) => {
    const started = performance.now()
    await expect(fetchImage(`${base}${path}`, { ...here, patienceMs: 200 })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('gives up in time when the name takes for ever', () =>
    expect(
      fetchImage('http://never.example/x', {
        ...here,
        patienceMs: 100,
        resolve: () => new Promise(() => undefined),
      }),
    ).rejects.toMatchObject({ code: 'not-found' }))

  it.each(['/html', '/svg', '/loop', '/missing'])('nothing for %s', (path) =>
    expect(fetchImage(`${base}${path}`, here)).rejects.toMatchObject({ code: 'not-found' }),
  )

  it('asks again at every redirect whether it may go there', () =>
    expect(
      fetchImage(`${base}/inside`, { ...here, mayReach: (address) => address === '127.0.0.1' && true }),
    ).rejects.toMatchObject({ code: 'not-found' }))

  it('does not begin with more than ten megabytes', () =>
    expect(fetchImage(`${base}/declared`, here)).rejects.toMatchObject({ code: 'too-large' }))

  it('stops at ten megabytes', () =>
    expect(fetchImage(`${base}/endless`, here)).rejects.toMatchObject({ code: 'too-large' }))

  it('refuses a picture whose size alone is the attack', () => {
    const huge = Buffer.from(pixel)
    huge.writeUInt16LE(65_535, 6)
    expect(rasterOf(huge)).toBeNull()
  })

  it('goes only where a message of this person pointed', () => {
    const signer = { secret: 's', owner: 'alice' }
    const link = new URL(
      imageLink(signer, 'https://example.org/a'),
      'http://x/api/accounts/0/mailboxes/inbox/messages/1-1/frame',
    )
    expect(link.pathname).toBe('/api/images')
    const signature = link.searchParams.get('signature') ?? ''
    expect(isSigned(signer, 'https://example.org/a', signature)).toBe(true)
    expect(isSigned(signer, 'https://example.org/b', signature)).toBe(false)
    expect(isSigned({ ...signer, owner: 'bob' }, 'https://example.org/a', signature)).toBe(false)
  })
})

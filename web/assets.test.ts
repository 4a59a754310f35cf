import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetsOf } from './assets'

const folder = mkdtempSync(join(tmpdir(), 'posthorn-assets-'))
const before = join(folder, 'before')
const chunks = join(folder, '.next', 'static', 'chunks')
const chunksBefore = join(before, '.next', 'static', 'chunks')
for (const place of [chunks, chunksBefore]) mkdirSync(place, { recursive: true })
writeFileSync(join(chunksBefore, 'a.js'), 'older')
writeFileSync(join(chunksBefore, 'gone.js'), 'of the build before')
for (const [name, bytes] of [
  ['a.js', 'plain'],
  ['a.js.br', 'brotli'],
  ['a.js.gz', 'gzip'],
  ['b.js', 'small'],
  ['secret.pem', 'key'],
] as const)
  writeFileSync(join(chunks, name), bytes)

let port = 0
const server = createServer()
beforeAll(async () => {
  const assets = await assetsOf({ folder, earlier: [before] }, '/webmail')
  server.on('request', (incoming, outgoing) => {
    if (!assets(incoming, outgoing, '/webmail')) outgoing.writeHead(404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As it comes, with nothing unpacked and no path made neat. */
const get = (path: string, accepts = '', method = 'GET') =>
  new Promise<{ status: number | undefined; encoding: unknown; keep: unknown; text: string }>((done) => {
    const headers = accepts ? { 'accept-encoding': accepts } : {}
    request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () =>
        done({
          status: answer.statusCode,
          encoding: answer.headers['content-encoding'],
          keep: answer.headers['cache-control'],
          text,
        }),
      )
    }).end()
  })
const at = (name: string) => `/webmail/_next/static/chunks/${name}`

describe('a file of the build', () => {
  it.each([
    ['gzip, deflate, br', 'br', 'brotli'],
    ['gzip;q=1.0, br;q=0', 'gzip', 'gzip'],
    ['identity', undefined, 'plain'],
    ['', undefined, 'plain'],
  ])('comes to one who reads "%s" as %s', async (accepts, encoding, text) => {
    const keep = 'public, max-age=31536000, immutable'
    expect(await get(at('a.js'), accepts)).toEqual({ status: 200, encoding, keep, text })
  })

  it('that was too small to be packed comes as it is', async () => {
    expect(await get(at('b.js'), 'br')).toMatchObject({ status: 200, encoding: undefined, text: 'small' })
  })

  it('of an earlier build is given to who still has its pages; where both have one, the present one', async () => {
    expect(await get(at('gone.js'))).toMatchObject({ status: 200, text: 'of the build before' })
    expect(await get(at('a.js'))).toMatchObject({ status: 200, text: 'plain' })
  })

  it.each([
    at('secret.pem'),
    at('a.js.br'),
    at('../chunks/a.js'),
    at('..%2f..%2fBUILD_ID'),
    '/_next/static/chunks/a.js',
  ])('is one that was listed at start: %s is not', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('is only ever read', async () => {
    expect((await get(at('a.js'), '', 'POST')).status).toBe(404)
  })
})

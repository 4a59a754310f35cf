// Promises about TLS: kept until they end, whatever DNS or the web server say meanwhile (RFC 8461).
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { selfSigned } from '../core/certificate'
import { createLog } from '../core/log'
import { names, openSts, type Policy } from './sts'
import { fetchPolicy, readText } from './sts-fetch'

const text = (mode: string, mx = 'mail.b.test', age = 86_400) =>
  `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: ${age}\r\n`

let folder: string
let now: number
let records: string[] | Error
let served: string | Error
let fetched: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-sts-'))
  now = Date.UTC(2026, 0, 1)
  records = ['v=STSv1; id=one']
  served = text('enforce')
  fetched = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const orThrow = <T>(value: T | Error): T => {
  if (value instanceof Error) throw value
  return value
}
const open = () =>
  openSts({
    clock: { now: () => now, after: () => () => {} },
    log: createLog('error', () => {}),
    texts: async () => orThrow(records),
    fetch: async () => {
      fetched += 1
      return orThrow(served)
    },
    file: join(folder, 'sts.json'),
  })
const minutes = (count: number) => (now += count * 60_000)

describe('what is remembered', () => {
  test('a policy is fetched once, survives a restart, and ends when it said', async () => {
    const sts = open()
    expect(await sts.policyOf('b.test')).toMatchObject({ mode: 'enforce', mx: ['mail.b.test'] })
    minutes(30)
    expect(await sts.policyOf('b.test')).toMatchObject({ id: 'one' })
    expect(fetched).toBe(1)
    const again = open()
    records = new Error('SERVFAIL')
    expect(await again.policyOf('b.test')).toMatchObject({ id: 'one' })
    minutes(24 * 60)
    expect(await again.policyOf('b.test')).toBeNull()
  })

  test('a new id brings the new policy; a broken one leaves the old', async () => {
    const sts = open()
    await sts.policyOf('b.test')
    records = ['v=STSv1; id=two;']
    served = new Error('connection refused')
    minutes(11)
    expect(await sts.policyOf('b.test')).toMatchObject({ id: 'one' })
    served = text('testing', '*.b.test')
    minutes(11)
    expect(await sts.policyOf('b.test')).toMatchObject({ id: 'two', mode: 'testing' })
    records = []
    minutes(11)
    expect(await sts.policyOf('b.test')).toMatchObject({ id: 'two' })
  })

  test.each([
    ['no record', [], text('enforce')],
    ['two records', ['v=STSv1; id=a', 'v=STSv1; id=b'], text('enforce')],
    ['an id of other characters', ['v=STSv1; id=a b'], text('enforce')],
    ['another version', ['v=STSv2; id=a'], text('enforce')],
    ['mode none', ['v=STSv1; id=a'], text('none')],
    ['a policy without a version', ['v=STSv1; id=a'], 'mode: enforce\nmx: mail.b.test\nmax_age: 1\n'],
    ['a policy without an age', ['v=STSv1; id=a'], 'version: STSv1\nmode: enforce\nmx: mail.b.test\n'],
  ])('%s promises nothing', async (_, given, policy) => {
    records = given
    served = policy
    expect(await open().policyOf('b.test')).toBeNull()
  })
})

test.each([
  ['mail.b.test', 'mail.b.test', true],
  ['MAIL.b.test.', 'mail.b.test', true],
  ['a.b.test', '*.b.test', true],
  ['a.a.b.test', '*.b.test', false],
  ['b.test', '*.b.test', false],
  ['mail.b.test.evil.example', 'mail.b.test', false],
])('%s under mx: %s is %s', (host, mx, named) => {
  expect(names({ mx: [mx] } as Policy, host)).toBe(named)
})

describe('fetching', () => {
  const { key, certificate } = selfSigned(['mta-sts.b.test'])
  let server: Server
  const serve = async (answer: Parameters<typeof createServer>[1]) => {
    server = createServer({ key, cert: certificate }, answer)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return { address: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: certificate }
  }
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })

  test('plain text under a certificate of its name is read', async () => {
    const at = await serve((_, answer) => answer.setHeader('content-type', 'text/plain').end(text('enforce')))
    expect(await readText('mta-sts.b.test', at)).toBe(text('enforce'))
    await expect(readText('mta-sts.other.test', at)).rejects.toThrow(/altnames/)
    await expect(readText('mta-sts.b.test', { ...at, ca: undefined } as never)).rejects.toThrow(/self.signed/)
  })

  test('a redirect, another type and an endless answer are refused', async () => {
    let answer = (_: unknown, response: ServerResponse) => {
      response.writeHead(302, { location: 'https://elsewhere.example/' }).end()
    }
    const at = await serve((request, response) => answer(request, response))
    await expect(readText('mta-sts.b.test', at)).rejects.toThrow('302')
    answer = (_, response) => void response.setHeader('content-type', 'text/html').end(text('enforce'))
    await expect(readText('mta-sts.b.test', at)).rejects.toThrow('text/html')
    answer = (_, response) => {
      response.setHeader('content-type', 'text/plain')
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      response.on('drain', more).on('error', () => {})
      more()
    }
    await expect(readText('mta-sts.b.test', at)).rejects.toThrow('no end')
  })

  test('a name that leads into our own network is not asked', async () => {
    const inward = { mx: async () => [], texts: async () => [], addresses: async () => ['10.0.0.1', '::1'] }
    await expect(fetchPolicy(inward)('mta-sts.b.test')).rejects.toThrow('no public address')
  })
})

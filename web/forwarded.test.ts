import { describe, expect, it } from 'vitest'
import { originOf, trustOf } from './forwarded'

const trusted = trustOf(['127.0.0.0/8', '::1/128', '10.0.0.0/8'])
const origin = (headers: Record<string, string>, peer = '127.0.0.1') => originOf(headers, peer, trusted)

describe('who asks', () => {
  it('is the peer when it is no proxy of ours, whatever it says', () => {
    const headers = {
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-prefix': '/x',
    }
    expect(origin(headers, '203.0.113.9')).toEqual({
      client: '203.0.113.9',
      host: null,
      scheme: null,
      prefix: null,
    })
  })

  it('is the last hop that is not a proxy: what a client wrote before it is not believed', () => {
    expect(origin({ 'x-forwarded-for': '1.1.1.1, 192.0.2.7, 10.1.2.3' }).client).toBe('192.0.2.7')
    expect(origin({ 'x-forwarded-for': '127.0.0.1, 192.0.2.7' }).client).toBe('192.0.2.7')
  })

  it('is found behind ports, brackets and mapped addresses', () => {
    expect(origin({ 'x-forwarded-for': '192.0.2.7:4711' }).client).toBe('192.0.2.7')
    expect(origin({ 'x-forwarded-for': '[2001:db8::1]:4711' }).client).toBe('2001:db8::1')
    expect(origin({ 'x-forwarded-for': '192.0.2.7' }, '::ffff:127.0.0.1').client).toBe('192.0.2.7')
  })

  it('is the proxy when the header is no address', () => {
    expect(origin({ 'x-forwarded-for': 'unknown' }).client).toBe('127.0.0.1')
    expect(origin({ 'x-forwarded-for': '192.0.2.7, nonsense' }).client).toBe('127.0.0.1')
  })

  it('is read from Forwarded (RFC 7239 section 4) only where X-Forwarded-For is missing', () => {
    const forwarded = 'for="[2001:db8::1]:47";proto=https;host=mail.example.org, for=10.0.0.1'
    expect(origin({ forwarded })).toMatchObject({
      client: '2001:db8::1',
      scheme: 'https',
      host: 'mail.example.org',
    })
    expect(origin({ forwarded, 'x-forwarded-for': '192.0.2.7' }).client).toBe('192.0.2.7')
  })

  it('takes no host that is not one', () => {
    expect(origin({ 'x-forwarded-host': 'mail.example.org/evil' }).host).toBeNull()
    expect(origin({ 'x-forwarded-host': 'mail.example.org:8443' }).host).toBe('mail.example.org:8443')
  })
})

it('a list of proxies with a mistake is refused by name', () => {
  expect(() => trustOf(['10.0.0.0/33'])).toThrow('"10.0.0.0/33"')
  expect(() => trustOf(['proxy.example.org'])).toThrow('"proxy.example.org"')
})

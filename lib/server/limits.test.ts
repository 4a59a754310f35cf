import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { admit, type Limited, networkOf } from './limits'
import { once } from './once'
import { inHome } from './testing/environment'

inHome({ POSTHORN_SENDS_PER_HOUR: '6', POSTHORN_SEARCHES_PER_MINUTE: '3' })
beforeEach(() => once('limits', () => new Map()).clear())

const start = 1_700_000_000_000
/** The seconds to wait, 0 when it was admitted. */
const ask = (what: Limited, after: number, owner = 'ida', client = '192.0.2.1'): number => {
  try {
    admit(what, { owner, client }, start + after * 1000)
    return 0
  } catch (problem) {
    if (!(problem instanceof AppError) || problem.code !== 'too-many-requests') throw problem
    return problem.retryAfterSeconds ?? -1
  }
}
const asks = (count: number, what: Limited, owner?: string, client?: string): number[] =>
  Array.from({ length: count }, () => ask(what, 0, owner, client))

describe('a limit', () => {
  it('gives what was promised, then says when to come again, and that is true', () => {
    expect(asks(4, 'search')).toEqual([0, 0, 0, 20])
    expect([ask('search', 19), ask('search', 20), ask('search', 20)]).toEqual([1, 0, 20])
    expect(asks(7, 'send')).toEqual([0, 0, 0, 0, 0, 0, 600])
    expect([ask('send', 599), ask('send', 600)]).toEqual([1, 0])
  })

  it('is one for each person and kind, and ten times as much for all behind an address', () => {
    asks(4, 'search')
    expect(ask('search', 0, 'udo')).toBe(0)
    for (let person = 0; person < 8; person++) asks(3, 'search', `p${person}`)
    expect(asks(3, 'search', 'last')).toEqual([0, 0, 2])
    expect(ask('search', 0, 'last', '192.0.2.2')).toBe(0)
    // A /64 of IPv6 is one address.
    for (let person = 0; person < 10; person++) asks(3, 'search', `q${person}`, `2001:db8:1:2::${person}`)
    expect(ask('search', 0, 'q10', '2001:db8:1:2:ffff::1')).toBeGreaterThan(0)
    expect(ask('search', 0, 'q10', '2001:db8:1:3::1')).toBe(0)
  })

  it('is not confused by a clock that was set back, and keeps no more than it must', () => {
    asks(3, 'search')
    expect(ask('search', -3600)).toBeGreaterThan(0)
    for (let person = 0; person < 30_000; person++) ask('search', 0, `p${person}`, `n${person}`)
    expect(once('limits', () => new Map()).size).toBeLessThanOrEqual(20_000)
  })
})

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('the network of %s is %s', (address, network) => expect(networkOf(address)).toBe(network))

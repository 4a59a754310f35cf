import { expect, test } from 'vitest'
import { readConfig } from '../core/config'
import { createLimits } from './limits'

const begin = () => {
  const at = { now: 0 }
  const config = readConfig({
    POSTHORN_DOMAIN: 'posthorn.test',
    POSTHORN_MESSAGES_PER_HOUR: '2',
    POSTHORN_MESSAGES_PER_ADDRESS: '1',
    POSTHORN_CONNECTIONS_PER_ADDRESS: '1',
  })
  return { at, limits: createLimits({ config, clock: { now: () => at.now, after: () => () => {} } }) }
}

const stranger = (n: number) => ({ address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` })

test('however many strangers come, a user has used what they have used, and so has the last stranger', () => {
  const { limits, at } = begin()
  const alice = { user: 'alice@posthorn.test' }
  for (let n = 0; n < 2; n++) expect(limits.message(alice)).toBeNull()
  for (let n = 0; n < 150_000; n++) if (limits.message(stranger(n))) expect(n).toBe('welcome')
  expect(limits.message(alice)).not.toBeNull()
  expect(limits.message(stranger(149_999))).not.toBeNull()
  expect(limits.message(stranger(60_001))).not.toBeNull()
  at.now = 3_600_000
  expect(limits.message(alice)).toBeNull()
  expect(limits.message(stranger(149_999))).toBeNull()
})

test('who has a network of IPv6 has one hour and one number of connections', () => {
  const { limits } = begin()
  expect(limits.message({ address: '2001:db8::1' })).toBeNull()
  expect(limits.message({ address: '2001:db8:0:0:ffff::2' })).not.toBeNull()
  expect(limits.message({ address: '2001:db8:0:1::2' })).toBeNull()
  expect(limits.connect('2001:db8::1', false)).toBeNull()
  expect(limits.connect('2001:db8::2', false)).not.toBeNull()
  limits.disconnect('2001:db8::2')
  limits.disconnect('2001:db8::1')
  expect(limits.connect('2001:db8::3', false)).toBeNull()
})

import { expect, test } from 'vitest'
import { notPublic, shareOf } from './network'

test('an address nobody outside can reach is not public, whichever way it is written', () => {
  const inside = ['10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.1.1', '172.31.255.255', '192.168.0.1']
  const odd = ['0.0.0.0', '224.0.0.1', '255.255.255.255', '::', '::1', 'fd00::1', 'fe80::1', 'ff02::1']
  for (const address of [...inside, ...odd, '::ffff:10.0.0.1'])
    expect(notPublic.has(address), address).toBe(true)
  for (const address of ['1.1.1.1', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2001:4860::1', 'mx.example'])
    expect(notPublic.has(address), address).toBe(false)
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:0DB8::1:ffff:2:3:4', '2001:db8:0:1::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
])('%s is of %s', (address, share) => expect(shareOf(address)).toBe(share))

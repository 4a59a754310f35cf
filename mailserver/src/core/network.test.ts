import { expect, test } from 'vitest'
import { notPublic } from './network'

test('an address nobody outside can reach is not public, whichever way it is written', () => {
  const inside = ['10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.1.1', '172.31.255.255', '192.168.0.1']
  const odd = ['0.0.0.0', '224.0.0.1', '255.255.255.255', '::', '::1', 'fd00::1', 'fe80::1', 'ff02::1']
  for (const address of [...inside, ...odd, '::ffff:10.0.0.1'])
    expect(notPublic.has(address), address).toBe(true)
  for (const address of ['1.1.1.1', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2001:4860::1', 'mx.example'])
    expect(notPublic.has(address), address).toBe(false)
})

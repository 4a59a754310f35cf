import { expect, test } from 'vitest'
import { reachWith, theWeb } from './image-address'

test('what an administrator names may be reached, and nothing private beside it', () => {
  const reach = reachWith(['10.1.0.0/16', '::1/128', '192.168.7.9'])
  expect(reach.mayReach('10.1.2.3', 8080)).toBe(true)
  expect(reach.mayReach('::1', 443)).toBe(true)
  expect(reach.mayReach('192.168.7.9', 80)).toBe(true)
  expect(reach.mayReach('10.2.0.1', 80)).toBe(false)
  expect(reach.mayReach('192.168.7.10', 80)).toBe(false)
  expect(reach.mayReach('127.0.0.1', 80)).toBe(false)
  expect(reach.mayReach('93.184.215.14', 443)).toBe(true)
  expect(reach.mayReach('93.184.215.14', 25)).toBe(false)
  expect(reachWith([])).toBe(theWeb)
})

import { expect, test } from 'vitest'
import { steadyPress } from './press'

test('the same words pressed again are the same press, other words are another', () => {
  const press = steadyPress()
  const first = press('to bob')
  expect(press('to bob')).toBe(first)
  const second = press('to carol')
  expect(second).not.toBe(first)
  expect(press('to carol')).toBe(second)
  expect(steadyPress()('to bob')).not.toBe(first)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numbersLine } from './numbers'

test('numbers are written as they are read', () => {
  const number = fc.oneof(
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.constantFrom(0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 2 ** 31, 2 ** 32 - 1),
  )
  fc.assert(
    fc.property(fc.array(number), (all) => {
      expect(numbersLine('* SORT', all).toString()).toBe(['* SORT', ...all].join(' '))
    }),
  )
})

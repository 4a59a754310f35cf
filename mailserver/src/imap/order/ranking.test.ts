import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderBy } from './ranking'

const breathe = async () => undefined
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: 1_000_000_000, max: 2_000_000_000 }),
  fc.constantFrom(-8_640_000_000_000, 8_640_000_000_000),
)

test('any number of keys, either way, as comparing them would order', async () => {
  const rows = fc.array(fc.tuple(value, value, value), { maxLength: 60 })
  const directions = fc.array(fc.constantFrom('up' as const, 'down' as const), { maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(rows, directions, async (all, ways) => {
      const keys = ways.map((direction, at) => ({
        values: Float64Array.from(all, (row) => row[at] as number),
        direction,
      }))
      const expected = all
        .map((_, at) => at)
        .sort((a, b) => {
          for (const { values, direction } of keys) {
            const difference = values[a]! - values[b]!
            if (difference) return direction === 'up' ? difference : -difference
          }
          return a - b
        })
      expect([...(await orderBy(all.length, keys, breathe))]).toEqual(expected)
    }),
  )
})

test('more than one run', async () => {
  const count = 50_001
  const values = Float64Array.from({ length: count }, (_, at) => (at * 7919) % count)
  const order = await orderBy(count, [{ values, direction: 'down' }], breathe)
  expect([...order].every((index, at) => values[index] === count - 1 - at)).toBe(true)
})

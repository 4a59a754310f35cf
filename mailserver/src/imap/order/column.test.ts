import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Column } from './column'

const breathe = async () => undefined

test('however it was extended, a column is in order, and equal values have equal ranks', async () => {
  const batches = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const column = new Column()
      let uid = 0
      for (const batch of all)
        await column.add(
          batch.map((value) => ({ uid: (uid += 3), value })),
          breathe,
        )
      const values = all.flat()
      const expected = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]! || a - b)
      expect([...column.order]).toEqual(expected)
      for (const [at, position] of expected.entries()) {
        const before = expected[at - 1]
        if (before === undefined) continue
        const isEqual = values[before] === values[position]
        expect(column.ranks[position]! - column.ranks[before]!).toBe(isEqual ? 0 : 1)
      }
    }),
  )
})

test('long columns of strings are merged from runs', async () => {
  const column = new Column()
  const values = Array.from({ length: 9_001 }, (_, at) => String((at * 7919) % 10_007))
  await column.add(
    values.map((value, at) => ({ uid: at + 1, value })),
    breathe,
  )
  expect([...column.order].map((position) => values[position])).toEqual(values.toSorted())
  expect(column.cost).toBeGreaterThan(values.length * 24)
})

test('positions of UIDs, and none for those it does not hold', async () => {
  const column = new Column()
  await column.add(
    [5, 9, 12].map((uid) => ({ uid, value: 0 })),
    breathe,
  )
  expect([...column.positions([1, 5, 10, 12, 13])]).toEqual([-1, 0, -1, 2, -1])
})

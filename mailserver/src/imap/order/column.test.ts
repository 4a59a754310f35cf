import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Column } from './column'
import { Growing, ints, pack, positionsIn, unpack } from './numbers'

const breathe = async () => undefined

const ranksIn = (texts: readonly string[]) => {
  const sorted = [...new Set(texts)].sort()
  return texts.map((text) => sorted.indexOf(text))
}

test('however it was extended, and kept meanwhile, equal texts have equal ranks and greater ones greater', async () => {
  const word = fc.string({ maxLength: 3 }).map((text) => text.replaceAll('\0', ''))
  const batches = fc.array(fc.array(word, { maxLength: 60 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 0, max: 6 }), async (all, keptAfter) => {
      let column = new Column()
      let content = 0
      for (const [at, texts] of all.entries()) {
        await column.add({ contents: texts.map(() => (content += 3)), texts }, breathe)
        if (at === keptAfter) column = Column.unpack(column.pack()) as Column
      }
      expect([...column.ranks]).toEqual(ranksIn(all.flat()))
      expect(column.last).toBe(content)
    }),
  )
})

test('long columns are merged from runs', async () => {
  const column = new Column()
  const texts = Array.from({ length: 9_001 }, (_, at) => String((at * 7919) % 10_007))
  await column.add({ contents: texts.map((_, at) => at + 1), texts }, breathe)
  const byRank = texts.map((text, at) => ({ text, rank: column.ranks[at]! })).sort((a, b) => a.rank - b.rank)
  expect(byRank.map(({ text }) => text)).toEqual(texts.toSorted())
  expect(column.cost).toBeGreaterThan(texts.length * 12)
})

test('what was packed in the middle of an extension is not read', async () => {
  const column = new Column()
  await column.add({ contents: [1, 2], texts: ['b', 'a'] }, breathe)
  const met: (Column | null)[] = []
  const look = async () => void met.push(Column.unpack(column.pack()))
  await column.add({ contents: [3, 4], texts: ['', 'c'] }, look)
  expect(new Set(met)).toEqual(new Set([null]))
  expect([...Column.unpack(column.pack())!.ranks]).toEqual([2, 1, 0, 3])
})

test('positions of numbers in any order, and none for those that are not there', () => {
  const all = ints()
  for (const number of [5, 9, 12]) all.push(number)
  expect([...positionsIn(all, [12, 5, 1, 9, 10, 12, 13])]).toEqual([2, 0, -1, 1, -1, 2, -1])
})

test('what was cut off, or is of another shape, is not read', () => {
  const numbers = [new Growing(Float64Array), ints()]
  for (const each of numbers) for (let n = 0; n < 100; n += 1) each.push(n)
  const whole = pack({ numbers, text: 'ü' })
  expect(unpack(whole, 2)?.numbers.map((each) => each.last)).toEqual([99, 99])
  expect(unpack(whole, 2)?.text).toBe('ü')
  expect(unpack(whole, 3)).toBeNull()
  for (const bytes of [whole.subarray(0, 30), Buffer.alloc(0), Buffer.alloc(40), Buffer.alloc(40, 255)])
    expect(unpack(bytes, 2)).toBeNull()
})

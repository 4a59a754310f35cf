import { expect, it } from 'vitest'
import type { Connection } from '../connection'
import { atom, isList, type Listener, stringOf, type Token } from '../wire'
import { type Piece, piecesOf } from './pieces'

/** A folder of these UIDs, as a connection tells it that knows them now. */
const connectionTo = (uids: readonly number[], asked: string[] = []) =>
  ({
    selected: { exists: uids.length },
    run: async (name: string, [places]: Token[], { FETCH }: Record<string, Listener>) => {
      asked.push(name)
      for (const at of stringOf(places).split(',').map(Number))
        FETCH?.({ name: 'FETCH', number: at, tokens: [[atom('UID'), atom(uids[at - 1] ?? 0)]] })
    },
  }) as unknown as Connection

const rangeOf = ({ keys }: Piece): [number, number] => {
  const set = isList(keys as Token[]) ? stringOf((keys as Token[])[1]) : ''
  const [from = 0, to = 0] = set.split(':').map(Number)
  return [from, to]
}

const pace = { whole: 10, first: 10, least: 10, alone: 100, measured: () => undefined, piece: 500 }
const folder = Array.from({ length: 1000 }, (_, n) => 7 * n + 3)

it('cuts a folder into ranges of UIDs that leave none out and hold none twice, whatever goes and comes meanwhile', async () => {
  const pieces = piecesOf(pace)
  const asked: string[] = []
  const ranges: [number, number][] = []
  let now = folder
  while (pieces.more()) {
    const piece = await pieces.next(connectionTo(now, asked), 2)
    if (!piece) break
    ranges.push(rangeOf(piece))
    pieces.took(piece.length, piece.length)
    now = [...now.filter((uid) => uid % 5 > 0), (now.at(-1) ?? 0) + 1]
  }
  expect(asked).toEqual(['FETCH'])
  expect(ranges.length).toBeGreaterThan(3)
  expect(ranges[0]).toEqual([folder.at(-10), 4_294_967_295])
  expect(ranges.at(-1)?.[0]).toBe(1)
  for (const [at, [, to]] of ranges.entries()) if (at > 0) expect(to).toBe((ranges[at - 1]?.[0] ?? 0) - 1)
})

it('asks of a small folder nothing but the search, of an empty one nothing', async () => {
  const small = piecesOf(pace)
  expect(await small.next(connectionTo([4, 8]), 1)).toEqual({ keys: 'all', length: 2, reach: 'whole' })
  expect(small.more()).toBe(false)
  const empty = piecesOf(pace)
  expect(await empty.next(connectionTo([]), 1)).toBeNull()
  expect(empty.more()).toBe(false)
})

it('shares what is left between those who ask, and tells how long it would take one of them', async () => {
  const pieces = piecesOf(pace)
  const first = await pieces.next(connectionTo(folder), 2)
  expect(first?.length).toBe(10)
  pieces.took(10, 10)
  expect(pieces.rest()).toBe(990)
  pieces.took(10, 0)
  const lengths = [
    (await pieces.next(connectionTo(folder), 2))?.length,
    (await pieces.next(connectionTo(folder), 2))?.length,
  ]
  expect(lengths).toEqual([200, 200])
})

it('asks for more where a longer piece took no longer, and shares nothing that is done in a moment', async () => {
  const pieces = piecesOf({ ...pace, piece: 500, alone: 200 })
  const next = async () => (await pieces.next(connectionTo(folder), 2))?.length ?? 0
  pieces.took(await next(), 60)
  // At 60 for ten, all of it would take six seconds: two share it.
  const longer = await next()
  expect(longer).toBe(90)
  pieces.took(longer, 55)
  expect(pieces.rest()).toBeLessThan(200)
  expect(await next()).toBe(900)
})

it('takes one quick piece for no promise: the next is a few times as long, not all there is', async () => {
  const many = Array.from({ length: 100_000 }, (_, n) => n + 1)
  const pieces = piecesOf({ ...pace, first: 1000, least: 1000 })
  const next = async () => (await pieces.next(connectionTo(many), 2))?.length ?? 0
  pieces.took(await next(), 400)
  const second = await next()
  pieces.took(second, 380)
  const third = await next()
  expect(third).toBeGreaterThan(second)
  expect(third).toBeLessThanOrEqual(6 * second)
})

it('goes back to small pieces where what was known of the server holds no more', async () => {
  const many = Array.from({ length: 100_000 }, (_, n) => n + 1)
  const pieces = piecesOf({ ...pace, first: 20_000, least: 1000 })
  const first = await pieces.next(connectionTo(many), 1)
  pieces.took(first?.length ?? 0, 40_000)
  expect((await pieces.next(connectionTo(many), 1))?.length).toBe(1000)
})

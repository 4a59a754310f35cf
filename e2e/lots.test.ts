import { expect, it } from 'vitest'
import { dealt, drawn } from './lots'

const things = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const nameOf = (thing: string) => thing

it('draws as many as are asked for, the same for the same seed, and each at some time', () => {
  for (const seed of seeds) {
    const some = drawn(things, { seed, count: 2 })
    expect(some).toHaveLength(2)
    expect(some.toSorted()).toEqual(some)
    expect(drawn(things, { seed: String(seed), count: 2 })).toEqual(some)
  }
  expect(new Set(seeds.flatMap((seed) => drawn(things, { seed, count: 2 }))).size).toBe(things.length)
})

it('deals each to one hand, neighbours to different ones, and to another hand at another time', () => {
  for (const seed of seeds) {
    const hands = dealt(things, { seed, hands: 3, nameOf })
    expect(hands.flat().toSorted()).toEqual(things)
    for (const trio of [things.slice(0, 3), things.slice(3, 6)])
      for (const hand of hands) expect(hand.filter((thing) => trio.includes(thing))).toHaveLength(1)
    expect(dealt(things, { seed, hands: 3, nameOf })).toEqual(hands)
  }
  for (const thing of things) {
    const at = seeds.map((seed) => dealt(things, { seed, hands: 2, nameOf })[0]?.includes(thing))
    expect(new Set(at).size).toBe(2)
  }
})

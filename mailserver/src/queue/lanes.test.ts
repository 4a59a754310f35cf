import { expect, test } from 'vitest'
import { createLanes, here } from './lanes'

/** Jobs that last until they are let go. */
const begin = () => {
  const lanes = createLanes(() => {})
  const running = new Map<string, () => void>()
  const add = (lane: string, count: number) => {
    for (let n = 0; n < count; n++) {
      const key = `${lane} ${n}`
      lanes.add(lane, key, () =>
        new Promise<void>((done) => running.set(key, done)).finally(() => running.delete(key)),
      )
    }
  }
  const of = (lane: string) => [...running.keys()].filter((key) => key.startsWith(`${lane} `)).length
  const letGo = async () => {
    while (running.size > 0) {
      for (const done of running.values()) done()
      await new Promise(setImmediate)
    }
  }
  return { lanes, add, of, letGo, running }
}

test('five at a time to one domain, sixty to all, and nobody here waits for them', async () => {
  const { lanes, add, of, letGo, running } = begin()
  add('slow.example', 20)
  expect(of('slow.example')).toBe(5)
  for (let n = 0; n < 15; n++) add(`d${n}.example`, 20)
  expect(running.size).toBe(60)
  add(here, 100)
  expect(of(here)).toBe(64)
  await letGo()
  await lanes.idle()
  expect(running.size).toBe(0)
})

test('the place of one that ended goes to the next of its lane; what waits or runs is not added again', async () => {
  const { lanes, add, of, running, letGo } = begin()
  add('a.example', 7)
  add('a.example', 7)
  running.get('a.example 0')?.()
  await new Promise(setImmediate)
  expect([...running.keys()].sort()).toEqual([1, 2, 3, 4, 5].map((n) => `a.example ${n}`))
  expect(of('a.example')).toBe(5)
  const stopping = lanes.stop()
  await letGo()
  await stopping
  // What waited when it stopped has not begun.
  expect(running.size).toBe(0)
  lanes.add('b.example', 'b', () => Promise.reject(new Error('begun')))
})

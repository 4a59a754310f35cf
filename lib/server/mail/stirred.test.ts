import { expect, it } from 'vitest'
import { stir, stirred } from './stirred'

it('knows that something happened, for each account apart', () => {
  const before = [stirred('a'), stirred('b')]
  stir('a')
  expect(stirred('a')).not.toBe(before[0])
  expect(stirred('b')).toBe(before[1])
  const once = stirred('a')
  stir('a')
  expect(stirred('a')).not.toBe(once)
})

it('never takes for quiet what it has forgotten', () => {
  stir('old')
  const known = stirred('old')
  for (let n = 0; n < 10_000; n++) stir(`other ${n}`)
  const forgotten = stirred('old')
  stir('old')
  expect(stirred('old')).not.toBe(known)
  for (let n = 0; n < 10_000; n++) stir(`other ${n}`)
  expect(stirred('old')).not.toBe(forgotten)
})

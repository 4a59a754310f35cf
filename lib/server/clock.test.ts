import { describe, expect, it } from 'vitest'
import { createClock, type Moved } from './clock'

const minute = 60_000
const hour = 60 * minute

/** A machine whose clock can be set and which can sleep. */
const machine = (move?: (moved: Moved) => Promise<void>) => {
  let [wall, awake, up] = [1_700_000_000_000, 5000, 9000]
  const told: string[] = []
  const counters = { wall: () => wall, awake: () => awake, up: () => up }
  const now = createClock(counters, { tell: ({ event }) => told.push(event), mover: () => move ?? null })
  const start = wall
  return {
    told,
    since: () => now() - start,
    pass: (ms: number) => {
      wall += ms
      awake += ms
      up += ms
    },
    sleep: (ms: number) => {
      wall += ms
      up += ms
    },
    set: (ms: number) => void (wall += ms),
  }
}

describe('a clock that is set', () => {
  it.each([hour, -hour, 24 * hour])('by %i ms makes nothing due, and time goes on', (jump) => {
    const at = machine()
    at.pass(minute)
    expect(at.since()).toBe(minute)
    at.set(jump)
    expect(at.since()).toBe(minute)
    at.pass(5 * minute)
    expect(at.since()).toBe(6 * minute)
    at.set(-jump)
    at.pass(minute)
    expect([at.since(), at.told]).toEqual([7 * minute, ['clock-jumped']])
  })

  it('is believed when it has stayed so', () => {
    const at = machine()
    at.set(hour)
    for (let i = 0; i < 10; i++) {
      expect(at.since()).toBe(i * minute)
      at.pass(minute)
    }
    expect(at.since()).toBe(hour + 10 * minute)
    at.pass(minute)
    expect([at.since(), at.told]).toEqual([hour + 11 * minute, ['clock-jumped', 'clock-believed']])
  })

  it('is doubted anew when it is set again', () => {
    const at = machine()
    at.set(hour)
    expect(at.since()).toBe(0)
    at.pass(9 * minute)
    at.set(hour)
    expect(at.since()).toBe(9 * minute)
    at.pass(9 * minute)
    expect([at.since(), at.told]).toEqual([18 * minute, ['clock-jumped', 'clock-jumped']])
  })
})

it('what was written by a clock that was wrong from the start is moved along before the right one is believed', async () => {
  const moved: Moved[] = []
  let done: () => void = () => undefined
  const at = machine((one) => {
    moved.push(one)
    return new Promise((end) => (done = end))
  })
  const start = 1_700_000_000_000
  at.pass(minute)
  expect(at.since()).toBe(minute)
  at.set(6 * 366 * 24 * hour)
  expect(at.since()).toBe(minute)
  at.pass(10 * minute)
  expect(at.since()).toBe(11 * minute)
  expect(moved).toEqual([{ from: start, to: start + 11 * minute, ms: 6 * 366 * 24 * hour }])
  at.pass(20)
  expect(at.since()).toBe(11 * minute + 20)
  done()
  await new Promise((next) => setImmediate(next))
  at.pass(20)
  expect(at.since()).toBe(6 * 366 * 24 * hour + 11 * minute + 40)
  expect(moved[1]).toMatchObject({ from: start + 11 * minute, to: start + 11 * minute + 40 })
  // A second one moves all that was written since the start, as it stands now.
  at.set(-hour)
  expect(at.since()).toBe(6 * 366 * 24 * hour + 11 * minute + 40)
  at.pass(10 * minute)
  at.since()
  expect(moved[2]).toMatchObject({ from: start + 6 * 366 * 24 * hour, ms: -hour })
})

it('follows the small steps of a clock that is led, however many', () => {
  const at = machine()
  for (let i = 0; i < 100; i++) {
    at.pass(10_000)
    at.set(-500)
    expect(at.since()).toBe((i + 1) * 9500)
  }
  expect(at.told).toEqual([])
})

it('time that a machine slept has passed', () => {
  const at = machine()
  at.pass(minute)
  at.sleep(8 * hour)
  expect(at.since()).toBe(8 * hour + minute)
  at.pass(minute)
  expect([at.since(), at.told]).toEqual([8 * hour + 2 * minute, []])
})

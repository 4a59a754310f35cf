import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { type Comer, inTurn } from './turnstile'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Doors that stay closed until somebody opens them. */
const comers = () => {
  const inside: string[] = []
  const ends: (() => void)[] = []
  const come = (name: string, comer: Comer) =>
    inTurn(comer, () => {
      inside.push(name)
      return new Promise<void>((done) => ends.push(done))
    })
  const leave = async () => {
    ends.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { inside, come, leave }
}

it('lets so many in at once, persons before watchers, and tells who waits too long when to come again', async () => {
  const { inside, come, leave } = comers()
  const all = Array.from({ length: 32 }, (_, n) => come(`first ${n}`, n % 2 ? 'person' : 'watcher'))
  all.push(come('watcher', 'watcher'), come('person', 'person'))
  const late = come('late', 'person').catch((cause: unknown) => cause)
  await vi.advanceTimersByTimeAsync(0)
  expect(inside).toHaveLength(32)
  await leave()
  expect(inside.at(-1)).toBe('person')
  await vi.advanceTimersByTimeAsync(15_000)
  const refusal = (await late) as AppError
  expect([refusal.code, refusal.retryAfterSeconds]).toEqual(['too-busy', 5])
  await leave()
  expect(inside.at(-1)).toBe('watcher')
  while (inside.length < 34) await leave()
  for (let left = inside.length; left > 0; left--) await leave()
  await Promise.all(all)
})

it('a job waits its turn, before who came later, and is not sent away', async () => {
  const { inside, come, leave } = comers()
  const all = Array.from({ length: 32 }, (_, n) => come(`first ${n}`, 'person'))
  all.push(come('watcher', 'watcher'), come('job', 'job'))
  await vi.advanceTimersByTimeAsync(60_000)
  all.push(come('person', 'person'))
  for (let n = 0; n < 3; n++) await leave()
  expect(inside.slice(32)).toEqual(['job', 'person', 'watcher'])
  for (let left = inside.length - 3; left > 0; left--) await leave()
  await Promise.all(all)
})

it('the time that is told is that of those before', async () => {
  const slow = () => new Promise<void>((done) => setTimeout(done, 12_000))
  const refused: (number | null)[] = []
  const all = Array.from({ length: 32 * 5 }, () =>
    inTurn('person', slow).catch((cause: AppError) => void refused.push(cause.retryAfterSeconds)),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  await Promise.all(all)
  expect(refused.length).toBeGreaterThan(32)
  expect(Math.max(...refused.map(Number))).toBeGreaterThan(15)
  expect(Math.max(...refused.map(Number))).toBeLessThanOrEqual(60)
})

it('a connection that could not be opened gives its place back', async () => {
  const tries = Array.from({ length: 100 }, () =>
    inTurn('person', () => Promise.reject(new AppError('server-unreachable'))).catch(() => 'failed'),
  )
  expect(new Set(await Promise.all(tries))).toEqual(new Set(['failed']))
})

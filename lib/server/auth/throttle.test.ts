import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppError } from '@/lib/model/errors'

const fresh = async () => {
  vi.resetModules()
  for (const name of ['sign-in-tries', 'sign-in-rooms', 'sign-in-waiting'])
    Reflect.deleteProperty(globalThis, Symbol.for(`posthorn.${name}`))
  return (await import('./throttle')).admitTry
}
let admitTry: Awaited<ReturnType<typeof fresh>>
beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000_000 })
  admitTry = await fresh()
})
afterEach(() => void vi.useRealTimers())

const outcome = async (user: string, address: string): Promise<'asked' | number> => {
  try {
    ;(await admitTry(user, address)).failed()
    return 'asked'
  } catch (error) {
    return (error as AppError).retryAfterSeconds ?? -1
  }
}
const fail = async (times: number, user = 'alice@x', address = '192.0.2.1') => {
  const outcomes: ('asked' | number)[] = []
  for (let time = 0; time < times; time++) outcomes.push(await outcome(user, address))
  return outcomes
}

describe('guessing a password', () => {
  it('is free five times, then waits, and longer each time', async () => {
    expect(await fail(6)).toEqual(['asked', 'asked', 'asked', 'asked', 'asked', 4])
    vi.advanceTimersByTime(4000)
    expect(await fail(2)).toEqual(['asked', 8])
    vi.advanceTimersByTime(8000)
    expect(await fail(2)).toEqual(['asked', 16])
  })

  it('is counted for the account from everywhere, however it is spelt', async () => {
    for (let i = 0; i < 5; i++) await outcome('alice@x', `192.0.2.${i}`)
    for (const spelling of ['Alice@X', '"alice"@x', '"a\\lice"@x'])
      expect(await outcome(spelling, '198.51.100.1')).toBe(4)
    expect(await outcome('bob@x', '198.51.100.1')).toBe('asked')
  })

  it('is counted for the client on all accounts, and a /64 is one client', async () => {
    for (let i = 0; i < 5; i++) await outcome(`user${i}@x`, `2001:db8:0:1::${i}`)
    expect(await outcome('other@x', '2001:db8:0:1:ffff::9')).toBe(4)
    expect(await outcome('other@x', '2001:db8:0:2::9')).toBe('asked')
  })

  it('many at once are asked about no faster than one after the other', async () => {
    const asked: string[] = []
    const guesses = Array.from({ length: 20 }, async (_, n) => {
      const admission = await admitTry('alice@x', `192.0.2.${n}`)
      asked.push('asked')
      setTimeout(() => admission.failed(), 1000)
    })
    const ends = Promise.allSettled(guesses)
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toHaveLength(5)
    await vi.advanceTimersByTimeAsync(3000)
    expect(asked).toHaveLength(5)
    const refused = (await ends).filter(({ status }) => status === 'rejected')
    expect(refused.map((one) => ((one as PromiseRejectedResult).reason as AppError).code)).toEqual(
      Array(15).fill('too-many-tries'),
    )
  })

  it('from one address on many accounts, too', async () => {
    let asked = 0
    const guesses = Array.from({ length: 100 }, async (_, n) => {
      const admission = await admitTry(`user${n}@x`, '192.0.2.1')
      asked++
      setTimeout(() => admission.failed(), 1000)
    })
    const ends = Promise.allSettled(guesses)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(asked).toBe(16)
    expect((await ends).filter(({ status }) => status === 'rejected')).toHaveLength(84)
  })

  it('is forgotten after a right password, or a quarter of an hour', async () => {
    await fail(4)
    ;(await admitTry('alice@x', '192.0.2.1')).succeeded()
    expect(await outcome('alice@x', '198.51.100.1')).toBe('asked')
    await fail(5)
    vi.advanceTimersByTime(15 * 60_000)
    expect(await fail(5)).toEqual(Array(5).fill('asked'))
  })
})

describe('an office behind one address, that has guessed nothing', () => {
  const come = (many: number, takesMs: number) => {
    const ended: string[] = []
    const all = Array.from({ length: many }, async (_, n) => {
      try {
        const admission = await admitTry(`person${n}@x`, '192.0.2.1')
        setTimeout(() => {
          ended.push('in')
          admission.succeeded()
        }, takesMs)
      } catch (error) {
        ended.push((error as AppError).code)
      }
    })
    return { ended, all }
  }

  it('is let in, a few at a time', async () => {
    const { ended } = come(200, 1000)
    await vi.advanceTimersByTimeAsync(14_000)
    expect(ended).toEqual(Array(200).fill('in'))
  })

  it('is told that there is much to do where it takes too long, and never that it guesses', async () => {
    const { ended, all } = come(100, 10_000)
    await vi.advanceTimersByTimeAsync(15_000)
    await Promise.all(all)
    expect(new Set(ended)).toEqual(new Set(['in', 'too-busy']))
    await vi.advanceTimersByTimeAsync(10_000)
    // Nobody is left behind who keeps others out.
    const next = come(16, 1)
    await vi.advanceTimersByTimeAsync(10)
    expect(next.ended).toEqual(Array(16).fill('in'))
  })

  it('a mail server that cannot be asked makes nobody a guesser', async () => {
    for (let time = 0; time < 20; time++) (await admitTry('info@x', '192.0.2.1')).takeBack()
    expect(await outcome('info@x', '192.0.2.1')).toBe('asked')
  })
})

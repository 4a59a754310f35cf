import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppError } from '@/lib/model/errors'

const fresh = async () => {
  vi.resetModules()
  Reflect.deleteProperty(globalThis, Symbol.for('posthorn.sign-in-tries'))
  return (await import('./throttle')).admitTry
}
let admitTry: Awaited<ReturnType<typeof fresh>>
beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000_000 })
  admitTry = await fresh()
})

const outcome = (user: string, address: string): 'asked' | number => {
  try {
    admitTry(user, address).failed()
    return 'asked'
  } catch (error) {
    return (error as AppError).retryAfterSeconds ?? -1
  }
}
const fail = (times: number, user = 'alice@x', address = '192.0.2.1') =>
  Array.from({ length: times }, () => outcome(user, address))

describe('guessing a password', () => {
  it('is free five times, then waits, and longer each time', () => {
    expect(fail(6)).toEqual(['asked', 'asked', 'asked', 'asked', 'asked', 4])
    vi.advanceTimersByTime(4000)
    expect(fail(2)).toEqual(['asked', 8])
    vi.advanceTimersByTime(8000)
    expect(fail(2)).toEqual(['asked', 16])
  })

  it('is counted for the account from everywhere, in any case', () => {
    for (let i = 0; i < 5; i++) outcome('alice@x', `192.0.2.${i}`)
    expect(outcome('Alice@X', '198.51.100.1')).toBe(4)
    expect(outcome('bob@x', '198.51.100.1')).toBe('asked')
  })

  it('is counted for the client on all accounts, and a /64 is one client', () => {
    for (let i = 0; i < 5; i++) outcome(`user${i}@x`, `2001:db8:0:1::${i}`)
    expect(outcome('other@x', '2001:db8:0:1:ffff::9')).toBe(4)
    expect(outcome('other@x', '2001:db8:0:2::9')).toBe('asked')
  })

  it('counts many tries at once as many', () => {
    const started = Array.from({ length: 5 }, () => admitTry('alice@x', '192.0.2.1'))
    expect(() => admitTry('alice@x', '192.0.2.1')).toThrow('too-many-tries')
    for (const admission of started) admission.takeBack()
    expect(outcome('alice@x', '192.0.2.1')).toBe('asked')
  })

  it('is forgotten after a right password, or a quarter of an hour', () => {
    fail(4)
    admitTry('alice@x', '192.0.2.1').succeeded()
    expect(outcome('alice@x', '198.51.100.1')).toBe('asked')
    fail(5)
    vi.advanceTimersByTime(15 * 60_000)
    expect(fail(5)).toEqual(Array(5).fill('asked'))
  })
})

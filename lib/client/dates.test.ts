import { describe, expect, it } from 'vitest'
import { clockOf } from './clock'
import { dayGroup, dayHeading, shortTime } from './dates'

const clock = clockOf({
  cookie: 'Europe/Prague|en-GB',
  language: 'en',
  now: Date.parse('2026-11-21T09:30:00Z'),
})
const words = { today: 'Today', yesterday: 'Yesterday' }

describe('times in the list', () => {
  it.each([
    ['2026-11-21T08:42:00Z', '09:42', 'Today'],
    ['2026-11-20T22:30:00Z', 'Fri', 'Yesterday'],
    ['2026-11-20T23:30:00Z', '00:30', 'Today'],
    ['2026-11-17T10:00:00Z', 'Tue', 'Tuesday'],
    ['2026-10-02T10:00:00Z', '2 Oct', 'October'],
    ['2024-10-02T10:00:00Z', '2 Oct 2024', 'October 2024'],
  ])('%s is %s under %s', (iso, time, heading) => {
    expect(shortTime(iso, clock)).toBe(time)
    expect(dayHeading(iso, clock, words)).toBe(heading)
  })

  it('shows nothing for a date that is none', () => {
    expect(shortTime('yesterday-ish', clock)).toBe('')
    expect(dayGroup('yesterday-ish', clock)).toBe('none')
  })

  it('survives a hostile cookie', () => {
    expect(clockOf({ cookie: 'Nowhere/City|<script>', language: 'ja', now: 0 })).toEqual({
      zone: 'UTC',
      locale: 'ja',
      now: 0,
    })
  })
})

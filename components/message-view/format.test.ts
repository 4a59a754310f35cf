import { describe, expect, it, vi } from 'vitest'
import { fullWhen, shownSize, shownWhen } from './format'

describe('shownSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [88_000, '88 KB'],
    [999_600, '1 MB'],
    [2_430_000, '2.4 MB'],
    [18_100_000, '18.1 MB'],
    [180_000_000, '180 MB'],
    [3_100_000_000, '3.1 GB'],
  ])('%d', (bytes, shown) => expect(shownSize(bytes, 'en-GB')).toBe(shown))
})

describe('shownWhen', () => {
  const now = new Date(2026, 10, 21, 12, 0)
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()
  it.each([
    [at(2026, 10, 21, 9, 58), '09:58'],
    [at(2026, 10, 19, 16, 20), 'Thu 16:20'],
    [at(2026, 9, 2, 8, 5), '2 Oct, 08:05'],
    [at(2024, 1, 3, 8, 5), '3 Feb 2024, 08:05'],
    [at(2026, 10, 22, 8, 5), '22 Nov, 08:05'],
    ['', ''],
    ['nonsense', ''],
  ])('%s', (iso, shown) => expect(shownWhen(iso, now, 'en-GB')).toBe(shown))

  it('knows no date where there is none', () => expect(fullWhen('nonsense')).toBe(''))
})

it('writes numbers and times in the language of the page, whatever the browser speaks', () => {
  vi.stubGlobal('document', { documentElement: { lang: 'ar' } })
  vi.stubGlobal('navigator', { language: 'ar-EG' })
  // Figures as everywhere on the page (docs/decisions/046-languages.md).
  expect(shownSize(20_000)).toMatch(/^20\D/)
  expect(fullWhen('2026-11-22T12:00:00Z')).toContain('2026')
  vi.stubGlobal('navigator', { language: 'cs-CZ' })
  vi.stubGlobal('document', { documentElement: { lang: 'de' } })
  expect(fullWhen('2026-11-22T12:00:00Z')).toContain('Sonntag')
  vi.unstubAllGlobals()
})

import { expect, test } from 'vitest'
import { fieldOf, mornings, problemOfTime } from './later'

const at = (text: string) => new Date(text)

test.each([
  ['a Wednesday', '2026-11-18T15:00', ['2026-11-19T08:00', '2026-11-23T08:00']],
  ['a Sunday: tomorrow is Monday', '2026-11-22T23:59', ['2026-11-23T08:00']],
  ['a Monday: the next one', '2026-11-23T00:01', ['2026-11-24T08:00', '2026-11-30T08:00']],
  ['the end of a year', '2026-12-31T12:00', ['2027-01-01T08:00', '2027-01-04T08:00']],
  ['the night the clock goes forward', '2027-03-27T12:00', ['2027-03-28T08:00', '2027-03-29T08:00']],
])('%s', (_, now, wanted) => {
  expect(mornings(at(now)).map((one) => fieldOf(one.at))).toEqual(wanted)
})

test('a time is ahead, and within a year', () => {
  const now = at('2026-11-18T15:00')
  expect(problemOfTime(at('2026-11-18T14:59'), now)).toBe('past')
  expect(problemOfTime(at(''), now)).toBe('past')
  expect(problemOfTime(at('2028-01-01T00:00'), now)).toBe('too-far')
  expect(problemOfTime(at('2026-11-18T15:01'), now)).toBeNull()
})

// date and date-time (RFC 9051 section 9).
import type { Scanner } from '../wire/scanner'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const monthOf = (name: string): number =>
  months.findIndex((month) => month.toLowerCase() === name.toLowerCase())

const date = /(\d{1,2})-([A-Za-z]{3})-(\d{4})/y
const dateTime = /"([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"/y
const dayLength = 24 * 3600 * 1000

const dayOf = (scanner: Scanner, found: RegExpExecArray): number => {
  const [day, month, year] = [Number(found[1]), monthOf(found[2] as string), Number(found[3])]
  const at = new Date(Date.UTC(year, month, day))
  if (month < 0 || at.getUTCDate() !== day) scanner.fail('a date that exists')
  return at.getTime() / dayLength
}

/** Days since the epoch. */
export const readDate = (scanner: Scanner): number => {
  const closing = scanner.take('"')
  const found = scanner.match(date)
  if (!found) return scanner.fail('a date such as 1-Feb-2026')
  const day = dayOf(scanner, found)
  if (closing) scanner.expect('"')
  return day
}

export const readDateTime = (scanner: Scanner): Date => {
  const found = scanner.match(dateTime)
  if (!found) return scanner.fail('a date and time such as "01-Feb-2026 10:00:00 +0000"')
  const [hours, minutes, seconds, zoneHours, zoneMinutes] = [4, 5, 6, 8, 9].map((at) =>
    Number(found[at]),
  ) as [number, number, number, number, number]
  if (hours > 23 || minutes > 59 || seconds > 60 || zoneMinutes > 59) scanner.fail('a time that exists')
  const zone = (zoneHours * 60 + zoneMinutes) * (found[7] === '-' ? -1 : 1)
  const time = ((hours * 60 + minutes) * 60 + seconds) * 1000
  return new Date(dayOf(scanner, found) * dayLength + time - zone * 60_000)
}

const two = (value: number): string => String(value).padStart(2, '0')

export const writeDateTime = (at: Date): string => {
  const day = two(at.getUTCDate())
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':')
  const year = String(at.getUTCFullYear()).padStart(4, '0')
  return `"${day}-${months[at.getUTCMonth()]}-${year} ${time} +0000"`
}

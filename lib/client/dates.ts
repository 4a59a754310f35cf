import type { Clock } from './clock'

type Style = Intl.DateTimeFormatOptions
const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than using it a thousand times. */
const format = ({ locale, zone }: Clock, style: Style, name: string): Intl.DateTimeFormat => {
  const key = `${locale} ${zone} ${name}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...style, timeZone: zone })
  formats.set(key, known)
  return known
}

const dayMilliseconds = 86_400_000

/** Days since 1970 in the person's zone: equal for two times on one calendar day. */
export const dayNumber = (time: number, clock: Clock): number => {
  const parts = format(
    { ...clock, locale: 'en-CA' },
    { year: 'numeric', month: '2-digit', day: '2-digit' },
    'day',
  )
  const day = Date.parse(`${parts.format(time)}T00:00:00Z`)
  return Number.isNaN(day) ? 0 : day / dayMilliseconds
}

const yearOf = (day: number): number => new Date(day * dayMilliseconds).getUTCFullYear()

const week = 7

/** Where the day has 24 hours they are written with two digits, whatever this ICU would do. */
const hourOf = (time: number, clock: Clock): string => {
  const numeric = format(clock, { hour: 'numeric', minute: '2-digit' }, 'hour')
  if (numeric.resolvedOptions().hour12) return numeric.format(time)
  return format(clock, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'hour 24').format(time)
}

/** A row's time: the hour today, the weekday this past week, then the date. */
export const shortTime = (iso: string, clock: Clock): string => {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return ''
  const day = dayNumber(time, clock)
  const today = dayNumber(clock.now, clock)
  if (day === today) return hourOf(time, clock)
  if (day < today && day > today - week) return format(clock, { weekday: 'short' }, 'weekday').format(time)
  return yearOf(day) === yearOf(today)
    ? format(clock, { day: 'numeric', month: 'short' }, 'date').format(time)
    : format(clock, { day: 'numeric', month: 'short', year: 'numeric' }, 'year').format(time)
}

/** The whole truth, where the pointer is; short enough to stand beside what can be done. */
export const fullTime = (iso: string, clock: Clock): string => {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return ''
  return format(clock, { dateStyle: 'medium', timeStyle: 'short' }, 'full').format(time)
}

export interface DayWords {
  today: string
  yesterday: string
}

/** The group a time belongs to in the list: today, yesterday, a weekday of the past week, then a month. */
export const dayGroup = (iso: string, clock: Clock): string => {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return 'none'
  const day = dayNumber(time, clock)
  const today = dayNumber(clock.now, clock)
  if (day > today - week) return day > today ? 'day 0' : `day ${today - day}`
  const date = new Date(day * dayMilliseconds)
  return `month ${date.getUTCFullYear()}-${date.getUTCMonth()}`
}

export const dayHeading = (iso: string, clock: Clock, words: DayWords): string => {
  const group = dayGroup(iso, clock)
  if (group === 'none') return ''
  if (group === 'day 0') return words.today
  if (group === 'day 1') return words.yesterday
  const time = Date.parse(iso)
  if (group.startsWith('day')) return format(clock, { weekday: 'long' }, 'weekday long').format(time)
  return yearOf(dayNumber(time, clock)) === yearOf(dayNumber(clock.now, clock))
    ? format(clock, { month: 'long' }, 'month').format(time)
    : format(clock, { month: 'long', year: 'numeric' }, 'month year').format(time)
}

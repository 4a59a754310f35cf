import type { Invitation } from '@/lib/model/cards'
import { pageLocale, timeStyle } from './format'

type When = Pick<Invitation, 'clock' | 'start' | 'end'>

const oneDay = 86_400_000

// A date without a time, and a time on the wall, mean the same everywhere: they are shown in UTC as they stand.
const zoneOf = ({ clock }: When, zone?: string) => (clock === 'instant' ? zone : 'UTC')
const timeOf = ({ clock }: When, text: string): number =>
  Date.parse(clock === 'day' ? `${text}T00:00:00Z` : clock === 'floating' ? `${text}Z` : text)

export interface Look {
  locale?: string
  zone?: string
}

export const dayTile = (
  when: When,
  { locale = pageLocale(), zone }: Look = {},
): { month: string; day: string } => {
  const time = timeOf(when, when.start)
  if (Number.isNaN(time)) return { month: '', day: '' }
  const timeZone = zoneOf(when, zone)
  const format = (style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...style, timeZone }).format(time)
  return { month: format({ month: 'short' }), day: format({ day: 'numeric' }) }
}

/** "Thu, 26 Nov, 14:00 – 15:30": a span over midnight names both days. */
export const shownSpan = (when: When, { locale = pageLocale(), zone }: Look = {}): string => {
  const start = timeOf(when, when.start)
  if (Number.isNaN(start)) return ''
  const isDay = when.clock === 'day'
  const date: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }
  const style = isDay ? date : { ...date, ...timeStyle(locale) }
  const format = new Intl.DateTimeFormat(locale, { ...style, timeZone: zoneOf(when, zone) })
  // RFC 5545 section 3.6.1: the end is not part of it, so whole days end the day before.
  const end = timeOf(when, when.end) - (isDay ? oneDay : 0)
  return Number.isNaN(end) || end <= start ? format.format(start) : format.formatRange(start, end)
}

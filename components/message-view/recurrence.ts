import type { Recurrence } from '@/lib/model/cards'
import type { Words } from '@/lib/i18n'

type RepeatWords = Words['reader']['invitation']

const order = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
// 4 January 1970 was a Sunday.
const dayName = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    (3 + order.indexOf(day)) * 86_400_000,
  )

export const shownRecurrence = (rule: Recurrence, words: RepeatWords, locale?: string): string => {
  if (rule.every === 'other') return words.repeats
  const days = new Intl.ListFormat(locale).format(rule.days.map((day) => dayName(day, locale)))
  const said = words.every[rule.every](rule.interval) + (days && words.onDays(days))
  if (rule.count > 0) return said + words.times(rule.count)
  const until = Date.parse(`${rule.until}T00:00:00Z`)
  if (!rule.until || Number.isNaN(until)) return said
  const style: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeZone: 'UTC' }
  return said + words.until(new Intl.DateTimeFormat(locale, style).format(until))
}

import type { Recurrence } from '@/lib/model/cards'
import type { Words } from '@/lib/i18n'
import { pageLocale } from './format'

type RepeatWords = Words['reader']['invitation']

const order = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
// 4 January 1970 was a Sunday.
const dayName = (day: string, locale = pageLocale()): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    (3 + order.indexOf(day)) * 86_400_000,
  )

const workdays = 'MO TU WE TH FR'

const shownDays = ({ days, ordinal }: Recurrence, words: RepeatWords, locale = pageLocale()): string => {
  if (ordinal) return words.onThe(words.ordinals[ordinal.which] ?? '', dayName(ordinal.day, locale))
  if (days.length === 0) return ''
  const inOrder = order.filter((day) => days.some((one) => one === day))
  if (inOrder.join(' ') === workdays) return words.onWorkdays
  return words.onDays(new Intl.ListFormat(locale).format(inOrder.map((day) => dayName(day, locale))))
}

export const shownRecurrence = (rule: Recurrence, words: RepeatWords, locale = pageLocale()): string => {
  if (rule.every === 'other') return words.repeats
  const said = words.every[rule.every](rule.interval) + shownDays(rule, words, locale)
  if (rule.count > 0) return said + words.times(rule.count)
  const until = Date.parse(`${rule.until}T00:00:00Z`)
  if (!rule.until || Number.isNaN(until)) return said
  const style: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeZone: 'UTC' }
  return said + words.until(new Intl.DateTimeFormat(locale, style).format(until))
}

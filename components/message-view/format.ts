import { ownLocale } from '@/lib/client/clock'

// Numbers and times as the page is read: what the server draws too is given its clock's locale, all else is this page's.

export const pageLocale = (): string | undefined =>
  typeof document === 'undefined' ? undefined : ownLocale()

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** 2.4 MB, 88 KB: as people read sizes, in steps of 1000 like their file manager. */
export function shownSize(bytes: number, locale = pageLocale()): string {
  let value = Math.max(0, bytes)
  let step = 0
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000
    step++
  }
  const text = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step]!,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step >= 2 && value < 99.5 ? 1 : 0,
  }).format(value)
  return text.replace('kB', 'KB')
}

const day = 86_400_000

/** As the list writes it (lib/client/dates): two digits only where the day has 24 hours. */
export const timeStyle = (locale = pageLocale()): Intl.DateTimeFormatOptions =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12
    ? { hour: 'numeric', minute: '2-digit' }
    : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** The time beside a sender: short for what is near, whole for what is far. */
export function shownWhen(iso: string, now: Date, locale = pageLocale()): string {
  const when = new Date(iso)
  if (Number.isNaN(when.getTime())) return ''
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options).format(when)
  const time = timeStyle(locale)
  if (when.toDateString() === now.toDateString()) return format(time)
  const age = now.getTime() - when.getTime()
  if (age > 0 && age < 6 * day) return format({ weekday: 'short', ...time })
  if (when.getFullYear() === now.getFullYear()) return format({ day: 'numeric', month: 'short', ...time })
  return format({ day: 'numeric', month: 'short', year: 'numeric', ...time })
}

/** The whole date, for details and for pointing at the short one. */
export function fullWhen(iso: string, locale = pageLocale()): string {
  const when = new Date(iso)
  if (Number.isNaN(when.getTime())) return ''
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(when)
}

import { localeOf } from '@/lib/i18n'
import type { Signal } from './signal'

// The server cannot know the person's zone and region, so the browser leaves them in a cookie: what the server
// renders then reads the same as what the browser renders, and nothing changes when the page wakes up. Dates are of the
// language that the interface speaks.
export interface Clock {
  zone: string
  locale: string
  /** Milliseconds since 1970, on a full minute. */
  now: number
}

export const clockCookie = 'posthorn.clock'

const fullMinute = (time: number): number => Math.floor(time / 60_000) * 60_000

const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

const isLocale = (locale: string): boolean => {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}

interface Told {
  cookie: string | undefined
  language: string
  now?: number
}

/** The clock a cookie describes; what is missing or broken falls back to UTC and the language alone. */
export const clockOf = ({ cookie, language, now = Date.now() }: Told): Clock => {
  const [zone = '', locale = ''] = (cookie ?? '').slice(0, 100).split('|')
  return {
    zone: zone && isZone(zone) ? zone : 'UTC',
    locale: localeOf(language, locale && isLocale(locale) ? locale : language),
    now: fullMinute(now),
  }
}

/** How this page writes dates. In the browser only. */
export const ownLocale = (): string => localeOf(document.documentElement.lang, navigator.language)

const own = (): Pick<Clock, 'zone' | 'locale'> => ({
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: ownLocale(),
})

/** Leaves zone and language for the server's next answer. */
export const rememberClock = (base: string): void => {
  document.cookie = `${clockCookie}=${own().zone}|${navigator.language}; path=${base || '/'}; max-age=31536000; samesite=lax`
}

/** Keeps a clock on the person's zone and the current minute; returns how to stop it. */
export const runClock = (clock: Signal<Clock>): (() => void) => {
  const tick = () =>
    clock.set((before) => {
      const next = { ...own(), now: fullMinute(Date.now()) }
      const same = before.zone === next.zone && before.locale === next.locale && before.now === next.now
      return same ? before : next
    })
  tick()
  const timer = window.setInterval(tick, 10_000)
  return () => window.clearInterval(timer)
}

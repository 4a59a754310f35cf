import type { Signal } from './signal'

// The server cannot know the person's zone and language, so the browser leaves them in a cookie: what the server
// renders then reads the same as what the browser renders, and nothing changes when the page wakes up.
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

/** The clock a cookie describes; what is missing or broken falls back to UTC and English. */
export const clockOf = (cookie: string | undefined, now: number = Date.now()): Clock => {
  const [zone = '', locale = ''] = (cookie ?? '').slice(0, 100).split('|')
  return {
    zone: zone && isZone(zone) ? zone : 'UTC',
    locale: locale && isLocale(locale) ? locale : 'en',
    now: fullMinute(now),
  }
}

const own = (): Pick<Clock, 'zone' | 'locale'> => ({
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: navigator.language,
})

/** Leaves zone and language for the server's next answer. */
export const rememberClock = (base: string): void => {
  const { zone, locale } = own()
  document.cookie = `${clockCookie}=${zone}|${locale}; path=${base || '/'}; max-age=31536000; samesite=lax`
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

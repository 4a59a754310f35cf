import 'server-only'
import ICAL from 'ical.js'

// A time of a calendar as an instant. Zones with a name of the IANA database are taken from Intl, whose rules
// are right; others from the calendar itself, once its rules are known to be of the kind that ends.

export interface Instant {
  clock: 'instant' | 'floating' | 'day'
  text: string
}

const tameDay = /^-?[1-5]?(SU|MO|TU|WE|TH|FR|SA)$/
const isTameRule = (rule: unknown): boolean => {
  if (!(rule instanceof ICAL.Recur) || rule.freq !== 'YEARLY') return false
  const { BYDAY = [], BYMONTH = [], ...others } = rule.parts as Record<string, unknown[] | undefined>
  const months = BYMONTH.every((month) => Number(month) >= 1 && Number(month) <= 12)
  const days = BYDAY.every((day) => tameDay.test(String(day)))
  return Object.keys(others).length === 0 && months && days && BYDAY.length <= 7 && BYMONTH.length <= 12
}

/** A zone that changes every second would be computed second by second, for centuries. */
export const zoneRulesAreTame = (calendar: ICAL.Component): boolean =>
  calendar
    .getAllSubcomponents('vtimezone')
    .flatMap((zone) => zone.getAllSubcomponents())
    .every((change) => {
      const start = change.getFirstPropertyValue('dtstart')
      const rules = change.getAllProperties('rrule').map((rule) => rule.getFirstValue())
      return start instanceof ICAL.Time && start.year >= 1500 && rules.length <= 1 && rules.every(isTameRule)
    })

const isKnownZone = (zone: string): boolean => {
  try {
    return Boolean(zone) && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** What the wall clock of `zone` shows at `time`, as if it were UTC. */
const wallOf = (time: number, zone: string): number => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return Date.parse(`${format.format(time).replace(' ', 'T')}Z`)
}

/** Twice, because the first guess may lie on the other side of a change of the clock. */
const fromWall = (wall: number, zone: string): number => {
  const guess = wall - (wallOf(wall, zone) - wall)
  return wall - (wallOf(guess, zone) - guess)
}

const zoneNameOf = (property: ICAL.Property): string => {
  const name = property.getFirstParameter('tzid')
  return typeof name === 'string' ? name : ''
}

export const instantOf = (property: ICAL.Property | null): Instant | null => {
  const time = property?.getFirstValue()
  if (!property || !(time instanceof ICAL.Time) || time.year < 1900 || time.year > 2200) return null
  const local = time.toString().replace(/Z$/, '')
  const wall = Date.parse(time.isDate ? `${local}T00:00:00Z` : `${local}Z`)
  if (Number.isNaN(wall)) return null
  if (time.isDate) return { clock: 'day', text: local }
  const name = zoneNameOf(property)
  if (!name && time.zone !== ICAL.Timezone.utcTimezone) return { clock: 'floating', text: local }
  if (name && isKnownZone(name))
    return { clock: 'instant', text: new Date(fromWall(wall, name)).toISOString() }
  // A zone that nobody describes: the time on the wall is all there is to tell.
  if (time.zone === ICAL.Timezone.localTimezone) return { clock: 'floating', text: local }
  return { clock: 'instant', text: new Date(time.toUnixTime() * 1000).toISOString() }
}

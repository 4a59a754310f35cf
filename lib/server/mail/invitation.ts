import 'server-only'
import { askedTable } from '@/lib/model/asked'
import ICAL from 'ical.js'
import { isCompleteAddress } from '@/lib/model/address'
import type { Invitation, Recurrence } from '@/lib/model/cards'
import {
  type CalendarPart,
  type EventName,
  nameOfEvent,
  type OpenCalendar,
  openCalendar,
  personOf,
  textIn,
} from './calendar'
import { instantOf } from './calendar-time'
import { nearness, type Reader } from './own-addresses'

// An invitation, its cancellation, or somebody's answer (RFC 5546) as a card.

const mostAnswers = 100
const mostAttendees = 5000

const methods = askedTable<Invitation['method']>({
  request: 'request',
  cancel: 'cancel',
  reply: 'reply',
  counter: 'counter',
  declinecounter: 'declinecounter',
})

const answers: Record<string, Invitation['answers'][number]['says']> = {
  ACCEPTED: 'accepted',
  TENTATIVE: 'tentative',
  DECLINED: 'declined',
}

const answersOf = (event: ICAL.Component): Invitation['answers'] =>
  event
    .getAllProperties('attendee')
    .slice(0, mostAnswers)
    .flatMap((property) => {
      const who = personOf(property)
      const says = answers[String(property.getFirstParameter('partstat') ?? '').toUpperCase()] ?? 'other'
      return who ? [{ who, says }] : []
    })

const frequencies: Record<string, Recurrence['every']> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
}
type Parts = Record<string, unknown[] | undefined>

/** "The second Tuesday": `2TU`, or as Outlook says it, the second of all Tuesdays. */
const ordinalOf = ({ BYDAY = [], BYSETPOS = [], ...others }: Parts): Recurrence['ordinal'] => {
  const [, number = '', day = ''] = /^(-?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(String(BYDAY[0])) ?? []
  const which = Number(number || BYSETPOS[0])
  const isOne = BYDAY.length === 1 && BYSETPOS.length <= 1 && Object.keys(others).length === 0
  if (!isOne || (number && BYSETPOS.length > 0)) return null
  return [-1, 1, 2, 3, 4].includes(which) ? { which, day: day as Recurrence['days'][number] } : null
}

const isSmall = (all: unknown[] = [], most: number): boolean =>
  all.length <= 1 && all.every((one) => Number(one) >= 1 && Number(one) <= most)

/** What can be said beside "every week" or "every month"; null for what needs a grammar. */
const detailsOf = (every: Recurrence['every'], parts: Parts): Pick<Recurrence, 'days' | 'ordinal'> | null => {
  const { BYDAY = [], BYMONTHDAY, BYMONTH, ...others } = parts
  const days = BYDAY.map(String)
  const arePlain = days.every((day) => /^(SU|MO|TU|WE|TH|FR|SA)$/.test(day))
  const isDated = isSmall(BYMONTHDAY, 31) && isSmall(BYMONTH, 12) && Object.keys(others).length === 0
  if (every === 'week' || every === 'day')
    return Object.keys(parts).every((name) => name === 'BYDAY') && arePlain
      ? { days: days.slice(0, 7) as Recurrence['days'], ordinal: null }
      : null
  // The day of the month and of the year is the day of the event itself, which is shown.
  if (days.length === 0) return isDated && (every === 'year' || !BYMONTH) ? { days: [], ordinal: null } : null
  const ordinal = every === 'month' ? ordinalOf(parts) : null
  return ordinal && { days: [], ordinal }
}

const repeatsOf = (event: ICAL.Component): Recurrence | null => {
  const rules = event.getAllProperties('rrule')
  if (rules.length === 0) return event.hasProperty('rdate') ? complicated : null
  const rule = rules[0]?.getFirstValue()
  if (rules.length > 1 || !(rule instanceof ICAL.Recur)) return complicated
  const every = frequencies[rule.freq] ?? 'other'
  const details = detailsOf(every, rule.parts as Parts)
  if (!details) return complicated
  const until = rule.until ? rule.until.toString().slice(0, 10) : ''
  const interval = Math.min(Math.max(1, rule.interval || 1), 1000)
  const count = Math.min(rule.count ?? 0, 10_000)
  return { every, interval, ...details, until, count }
}
const complicated: Recurrence = { every: 'other', interval: 1, days: [], ordinal: null, until: '', count: 0 }

const endOf = (event: ICAL.Component, start: ICAL.Time): string => {
  const end = event.getFirstProperty('dtend')
  if (end) return instantOf(end)?.text ?? ''
  const length = event.getFirstPropertyValue('duration')
  if (!(length instanceof ICAL.Duration) || start.isDate) return ''
  const begins = instantOf(event.getFirstProperty('dtstart'))
  const seconds = Math.min(Math.abs(length.toSeconds()), 366 * 86_400)
  const ends =
    Date.parse(begins?.clock === 'floating' ? `${begins.text}Z` : (begins?.text ?? '')) + seconds * 1000
  if (Number.isNaN(ends)) return ''
  const text = new Date(ends).toISOString()
  return begins?.clock === 'floating' ? text.slice(0, 19) : text
}

/** Who may answer: whoever is asked by somebody else who can be written to. */
const mineIn = (event: ICAL.Component, method: Invitation['method'], reader: Reader): Invitation['mine'] => {
  const organiser = personOf(event.getFirstProperty('organizer'))
  const canAnswer = method === 'request' && organiser !== null && isCompleteAddress(organiser.address)
  if (!canAnswer || !textIn(event, 'uid') || nearness(reader, organiser.address) > 1) return null
  const said = String(attendeeOf(event, reader)?.getFirstParameter('partstat') ?? '').toUpperCase()
  const heard = answers[said] ?? 'other'
  return heard === 'other' ? 'none' : heard
}

/** Whichever of those who are asked the reader is. */
export const attendeeOf = (event: ICAL.Component, reader: Reader): ICAL.Property | null => {
  let best: { property: ICAL.Property | null; near: number } = { property: null, near: 0 }
  for (const property of event.getAllProperties('attendee').slice(0, mostAttendees)) {
    const near = nearness(reader, personOf(property)?.address ?? '')
    if (near > best.near) best = { property, near }
  }
  return best.property
}

/** '' for their own. */
export const invitedAs = (event: ICAL.Component, reader: Reader): string => {
  const asked = personOf(attendeeOf(event, reader))?.address ?? ''
  return nearness(reader, asked) === 3 ? '' : asked
}

const read = (
  part: CalendarPart,
  { calendar, event, method: said }: OpenCalendar,
  reader: Reader,
): Invitation | null => {
  const starts = event.getFirstProperty('dtstart')
  const start = instantOf(starts)
  const time = starts?.getFirstValue()
  if (!start || !(time instanceof ICAL.Time)) return null
  const isOff = textIn(event, 'status', 20).toUpperCase() === 'CANCELLED'
  const method = isOff ? 'cancel' : (methods[said] ?? 'publish')
  const isWord = method === 'reply' || method === 'counter' || method === 'declinecounter'
  return {
    part: part.part,
    method,
    title: textIn(event, 'summary'),
    clock: start.clock,
    start: start.text,
    end: endOf(event, time),
    place: textIn(event, 'location'),
    organiser: personOf(event.getFirstProperty('organizer')),
    answers: method === 'reply' || method === 'counter' ? answersOf(event) : [],
    repeats: repeatsOf(event),
    comment: isWord ? textIn(event, 'comment', 1000) || textIn(calendar, 'comment', 1000) : '',
    mine: mineIn(event, method, reader),
    invitedAs: invitedAs(event, reader),
  }
}

/** Null for what is no event that could be shown: the part then stays a file among the others. */
const nobody: Reader = { own: '', others: [] }

export const readInvitation = (part: CalendarPart, bytes: Buffer, reader = nobody): Invitation | null => {
  try {
    const open = openCalendar(part, bytes)
    return open && read(part, open, reader)
  } catch {
    return null
  }
}

/** What the event of an invitation is called among calendars; null where there is none. */
export const eventNameOf = (part: CalendarPart, bytes: Buffer): EventName | null => {
  try {
    const open = openCalendar(part, bytes)
    return open && nameOfEvent(open.event)
  } catch {
    return null
  }
}

import 'server-only'
import ICAL from 'ical.js'
import type { Address } from '@/lib/model/address'
import type { Invitation, Recurrence } from '@/lib/model/cards'
import { decodeBytes, oneLine } from './decode'
import type { Part } from './structure'
import { instantOf, zoneRulesAreTame } from './calendar-time'

// An invitation, its cancellation, or somebody's answer (RFC 5546) as a card. Bounded: the bytes, the
// components and the lines are counted before ical.js makes objects of them, and no rule is ever expanded.

const mostBytes = 300_000
const mostComponents = 200
const mostAnswers = 100

const methods: Record<string, Invitation['method']> = {
  request: 'request',
  cancel: 'cancel',
  reply: 'reply',
  publish: 'publish',
}

const textIn = (event: ICAL.Component, name: string, most = 500): string => {
  const value = event.getFirstPropertyValue(name)
  return typeof value === 'string' ? oneLine(value, most) : ''
}

const personOf = (property: ICAL.Property | null): Address | null => {
  const value = property?.getFirstValue()
  if (!property || typeof value !== 'string') return null
  const name = property.getFirstParameter('cn')
  const address = oneLine(value.replace(/^mailto:/i, ''), 320)
  return { name: typeof name === 'string' ? oneLine(name, 200) : '', address }
}

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
const plainDay = /^(SU|MO|TU|WE|TH|FR|SA)$/

const repeatsOf = (event: ICAL.Component): Recurrence | null => {
  const rules = event.getAllProperties('rrule')
  if (rules.length === 0) return event.hasProperty('rdate') ? complicated : null
  const rule = rules[0]?.getFirstValue()
  if (rules.length > 1 || !(rule instanceof ICAL.Recur)) return complicated
  const { BYDAY = [], ...others } = rule.parts as Record<string, unknown[] | undefined>
  const days = BYDAY.map(String)
  // "The second Tuesday" and its like need a grammar; days of a week do not.
  const isPlain = Object.keys(others).length === 0 && days.every((day) => plainDay.test(day))
  const every = frequencies[rule.freq] ?? 'other'
  if (!isPlain || (days.length > 0 && every !== 'week')) return complicated
  const until = rule.until ? rule.until.toString().slice(0, 10) : ''
  const interval = Math.min(Math.max(1, rule.interval || 1), 1000)
  const count = Math.min(rule.count ?? 0, 10_000)
  return { every, interval, days: days.slice(0, 7) as Recurrence['days'], until, count }
}
const complicated: Recurrence = { every: 'other', interval: 1, days: [], until: '', count: 0 }

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

const eventOf = (calendar: ICAL.Component): ICAL.Component | null => {
  const events = calendar.getAllSubcomponents('vevent')
  // The series speaks for its exceptions, which carry a RECURRENCE-ID (RFC 5545 section 3.8.4.4).
  return events.find((one) => !one.hasProperty('recurrence-id')) ?? events[0] ?? null
}

const parsed = (text: string): ICAL.Component | null => {
  const tree: unknown = ICAL.parse(text)
  return Array.isArray(tree) && tree[0] === 'vcalendar' ? new ICAL.Component(tree) : null
}

const read = (part: Part, text: string): Invitation | null => {
  const calendar = parsed(text)
  const event = calendar && zoneRulesAreTame(calendar) ? eventOf(calendar) : null
  const starts = event?.getFirstProperty('dtstart') ?? null
  const start = instantOf(starts)
  const time = starts?.getFirstValue()
  if (!calendar || !event || !start || !(time instanceof ICAL.Time)) return null
  const said = textIn(calendar, 'method', 20) || (part.params.method ?? '')
  const method = methods[said.toLowerCase()] ?? 'publish'
  return {
    part: part.part,
    method: textIn(event, 'status', 20).toUpperCase() === 'CANCELLED' ? 'cancel' : method,
    title: textIn(event, 'summary'),
    clock: start.clock,
    start: start.text,
    end: endOf(event, time),
    place: textIn(event, 'location'),
    organiser: personOf(event.getFirstProperty('organizer')),
    answers: method === 'reply' ? answersOf(event) : [],
    repeats: repeatsOf(event),
  }
}

/** Null for what is no event that could be shown: the part then stays a file among the others. */
export const readInvitation = (part: Part, bytes: Buffer): Invitation | null => {
  if (bytes.length > mostBytes) return null
  const text = decodeBytes(bytes, part.params.charset ?? 'utf-8').trim()
  if ((text.match(/^BEGIN:/gim) ?? []).length > mostComponents) return null
  try {
    return read(part, text)
  } catch {
    return null
  }
}

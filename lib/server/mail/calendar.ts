import 'server-only'
import ICAL from 'ical.js'
import type { Address } from '@/lib/model/address'
import { zoneRulesAreTame } from './calendar-time'
import { decodeBytes, oneLine } from './decode'
import type { Part } from './structure'

// A calendar part, opened. Bounded: the bytes, the components and the lines are counted before ical.js makes
// objects of them, and no rule is ever expanded.

const mostBytes = 300_000
const mostComponents = 200

export type CalendarPart = Pick<Part, 'part' | 'params'>

export interface OpenCalendar {
  calendar: ICAL.Component
  event: ICAL.Component
  /** RFC 5546 section 1.4, lower case. */
  method: string
}

/** What two messages about one event have in common, and what tells the later from the earlier. */
export interface EventName {
  uid: string
  /** '' for a whole series or a single event. */
  instance: string
  sequence: number
  /** Milliseconds; 0 where it does not say. */
  stamp: number
}

export const textIn = (of: ICAL.Component, name: string, most = 500): string => {
  const value = of.getFirstPropertyValue(name)
  return typeof value === 'string' ? oneLine(value, most) : ''
}

export const personOf = (property: ICAL.Property | null): Address | null => {
  const value = property?.getFirstValue()
  if (!property || typeof value !== 'string') return null
  const name = property.getFirstParameter('cn')
  const address = oneLine(value.replace(/^mailto:/i, ''), 320)
  return { name: typeof name === 'string' ? oneLine(name, 200) : '', address }
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

/** Null for what is no calendar with an event. May throw what ical.js throws. */
export const openCalendar = (part: CalendarPart, bytes: Buffer): OpenCalendar | null => {
  if (bytes.length > mostBytes) return null
  const text = decodeBytes(bytes, part.params.charset ?? 'utf-8').trim()
  if ((text.match(/^BEGIN:/gim) ?? []).length > mostComponents) return null
  const calendar = parsed(text)
  const event = calendar && zoneRulesAreTame(calendar) ? eventOf(calendar) : null
  if (!calendar || !event) return null
  const method = (textIn(calendar, 'method', 20) || (part.params.method ?? '')).toLowerCase()
  return { calendar, event, method }
}

export const nameOfEvent = (event: ICAL.Component): EventName => {
  const stamp = event.getFirstPropertyValue('dtstamp')
  const instance = event.getFirstPropertyValue('recurrence-id')
  return {
    uid: textIn(event, 'uid', 1000),
    instance: instance instanceof ICAL.Time ? instance.toString() : '',
    sequence: Math.min(Math.max(0, Number(event.getFirstPropertyValue('sequence')) || 0), 2 ** 31 - 1),
    stamp: stamp instanceof ICAL.Time ? stamp.toUnixTime() * 1000 : 0,
  }
}

/** RFC 5546 section 2.1.5: the higher SEQUENCE, then the later DTSTAMP. */
export const isLater = (one: EventName, other: EventName): boolean =>
  one.sequence === other.sequence ? one.stamp > other.stamp : one.sequence > other.sequence

import 'server-only'
import ICAL from 'ical.js'
import { type Address, isCompleteAddress } from '@/lib/model/address'
import type { InvitationAnswer } from '@/lib/model/cards'
import { type EventName, nameOfEvent, openCalendar, personOf, textIn } from './calendar'
import { attendeeOf, invitedAs, readInvitation } from './invitation'
import type { Reader } from './own-addresses'
import type { Part } from './structure'

// The answer to an invitation (RFC 5546 section 3.2.3): whose it is, what it is about, and one word. It is
// built anew from what was read; nothing of the sender's own text is copied as text.

export interface Reply {
  /** METHOD:REPLY, for a text/calendar part (RFC 6047 section 2.4). */
  text: string
  organiser: Address
  title: string
  name: EventName
}

const says: Record<InvitationAnswer, string> = {
  accepted: 'ACCEPTED',
  tentative: 'TENTATIVE',
  declined: 'DECLINED',
}

const mostZoneText = 20_000

const stamp = (now: Date): ICAL.Time => ICAL.Time.fromJSDate(now, true)

const callAddress = (name: 'organizer' | 'attendee', who: Address): ICAL.Property => {
  const property = new ICAL.Property(name)
  // Quotes cannot be written inside a parameter (RFC 5545 section 3.2).
  const shown = who.name.replace(/["\r\n]/g, "'")
  if (shown) property.setParameter('cn', shown)
  property.setValue(`mailto:${who.address}`)
  return property
}

const copied = (property: ICAL.Property): ICAL.Property => {
  const copy = new ICAL.Property(property.name)
  copy.resetType(property.type)
  const zone = property.getFirstParameter('tzid')
  if (typeof zone === 'string') copy.setParameter('tzid', zone)
  const value = property.getFirstValue()
  if (value !== null) copy.setValue(value)
  return copy
}

/** Times keep the zone they were given in, and its rules travel along, so that both ends mean one instant. */
const addTimes = (to: ICAL.Component, answer: ICAL.Component, from: ICAL.Component): void => {
  const zones = new Set<string>()
  for (const name of ['recurrence-id', 'dtstart', 'dtend']) {
    const property = from.getFirstProperty(name)
    if (!property || !(property.getFirstValue() instanceof ICAL.Time)) continue
    answer.addProperty(copied(property))
    zones.add(String(property.getFirstParameter('tzid') ?? ''))
  }
  for (const zone of from.parent?.getAllSubcomponents('vtimezone') ?? []) {
    if (!zones.has(textIn(zone, 'tzid', 1000)) || zone.toString().length > mostZoneText) continue
    to.addSubcomponent(new ICAL.Component(structuredClone(zone.toJSON()) as unknown[]))
  }
}

interface Answering {
  who: Address
  /** By which addresses they may have been asked. */
  reader: Reader
  answer: InvitationAnswer
  now: Date
}

const build = (
  event: ICAL.Component,
  { who, reader, answer, now }: Answering,
  organiser: Address,
): string => {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('prodid', '-//Posthorn//Posthorn//EN')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('method', 'REPLY')
  const reply = new ICAL.Component('vevent')
  const { uid, sequence } = nameOfEvent(event)
  reply.addPropertyWithValue('uid', uid)
  reply.addPropertyWithValue('dtstamp', stamp(now))
  reply.addPropertyWithValue('sequence', sequence)
  reply.addProperty(callAddress('organizer', organiser))
  // RFC 5546 section 3.2.3: the one who was asked, by the address by which they were; the organiser's calendar
  // knows no other.
  const asked = invitedAs(event, reader)
  const attendee = callAddress('attendee', {
    name: who.name || personOf(attendeeOf(event, reader))?.name || '',
    address: isCompleteAddress(asked) ? asked : who.address,
  })
  attendee.setParameter('partstat', says[answer])
  reply.addProperty(attendee)
  reply.addPropertyWithValue('summary', textIn(event, 'summary'))
  addTimes(calendar, reply, event)
  calendar.addSubcomponent(reply)
  return `${calendar.toString()}\r\n`
}

/** Null where there is nobody to answer, or nothing that asks. */
export const replyTo = (part: Part, bytes: Buffer, answering: Answering): Reply | null => {
  const card = readInvitation(part, bytes, answering.reader)
  const open = card?.mine ? openCalendar(part, bytes) : null
  const organiser = card?.organiser
  if (!card || !open || !organiser || !isCompleteAddress(organiser.address)) return null
  const text = build(open.event, answering, organiser)
  return { text, organiser, title: card.title, name: nameOfEvent(open.event) }
}

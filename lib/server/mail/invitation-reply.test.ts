import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { readInvitation } from './invitation'
import { replyTo } from './invitation-reply'
import type { Part } from './structure'

const part = { part: '2', params: {} } as Part
const who = { name: 'Alice Fenn', address: 'alice@posthorn.test' }
const reader = { own: who.address, others: [] as string[] }
const now = new Date('2026-11-21T10:00:00Z')

const request = (...fields: string[]) =>
  Buffer.from(
    [
      'BEGIN:VCALENDAR',
      'METHOD:REQUEST',
      'BEGIN:VTIMEZONE',
      'TZID:Our Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:review-1@o.example',
      'SEQUENCE:3',
      'SUMMARY:Design review\\, platform 2',
      'DTSTART;TZID=Our Time:20261126T140000',
      'ORGANIZER;CN="Tomás; the \'boss\'":mailto:t@o.example',
      'ATTENDEE;CN=Alice;PARTSTAT=NEEDS-ACTION:MAILTO:Alice@Posthorn.test',
      'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@posthorn.test',
      ...fields,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )

const answered = (bytes: Buffer, answer: 'accepted' | 'tentative' | 'declined' = 'accepted') => {
  const reply = replyTo(part, bytes, { who, reader, answer, now })
  if (!reply) throw new Error('no reply')
  const calendar = new ICAL.Component(ICAL.parse(reply.text) as unknown[])
  return { reply, calendar, event: calendar.getFirstSubcomponent('vevent')! }
}

describe('RFC 5546 section 3.2.3: the answer to an invitation', () => {
  it('says who answers what, and nothing of the others', () => {
    const { reply, calendar, event } = answered(request(), 'tentative')
    expect(calendar.getFirstPropertyValue('method')).toBe('REPLY')
    expect(event.getFirstPropertyValue('uid')).toBe('review-1@o.example')
    expect(event.getFirstPropertyValue('sequence')).toBe(3)
    expect(String(event.getFirstPropertyValue('dtstamp'))).toBe('2026-11-21T10:00:00Z')
    expect(event.getAllProperties('attendee').map((one) => one.toJSON())).toEqual([
      ['attendee', { cn: 'Alice Fenn', partstat: 'TENTATIVE' }, 'cal-address', 'mailto:alice@posthorn.test'],
    ])
    expect(event.getFirstPropertyValue('organizer')).toBe('mailto:t@o.example')
    expect(reply.organiser).toEqual({ name: "Tomás; the 'boss'", address: 't@o.example' })
    // RFC 5545 section 3.1: no line is longer than 75 octets.
    for (const line of reply.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })

  it('names the instance of a series that it is about, with the zone it is told in', () => {
    const { calendar, event } = answered(request('RECURRENCE-ID;TZID=Our Time:20261203T140000'))
    expect(event.getFirstProperty('recurrence-id')?.toICALString()).toBe(
      'RECURRENCE-ID;TZID=Our Time:20261203T140000',
    )
    expect(calendar.getAllSubcomponents('vtimezone').length).toBe(1)
  })

  it('is an answer to whoever reads it', () => {
    const { reply } = answered(request(), 'declined')
    expect(readInvitation(part, Buffer.from(reply.text))).toMatchObject({
      method: 'reply',
      title: 'Design review, platform 2',
      start: '2026-11-26T13:00:00.000Z',
      answers: [{ who, says: 'declined' }],
      mine: null,
    })
  })

  it.each([
    ['with a detail', 'alice+Events@posthorn.test', []],
    ['that leads to the reader', 'team@other.example', ['team@other.example']],
  ])('is given under the address %s by which one was asked', (_, address, others) => {
    const bytes = Buffer.from(request().toString().replace('MAILTO:Alice@Posthorn.test', `MAILTO:${address}`))
    const asked = { own: who.address, others }
    expect(readInvitation(part, bytes, asked)).toMatchObject({ mine: 'none', invitedAs: address })
    const reply = replyTo(part, bytes, { who, reader: asked, answer: 'accepted', now })
    expect(reply?.text.replaceAll('\r\n ', '')).toContain(`PARTSTAT=ACCEPTED:mailto:${address}`)
    // Whoever is asked by their own address answers by it.
    expect(readInvitation(part, request(), asked)?.invitedAs).toBe('')
  })

  it.each(['alice.evil+x@posthorn.test', 'alice+x@elsewhere.example', 'bob@posthorn.test'])(
    'is never given for somebody else: %s',
    (address) => {
      const bytes = Buffer.from(
        request().toString().replace('MAILTO:Alice@Posthorn.test', `MAILTO:${address}`),
      )
      expect(readInvitation(part, bytes, reader)?.invitedAs).toBe('')
      const reply = replyTo(part, bytes, { who, reader, answer: 'accepted', now })
      expect(reply?.text.replaceAll('\r\n ', '')).toContain('PARTSTAT=ACCEPTED:mailto:alice@posthorn.test')
    },
  )

  it('carries no line of the sender’s out of its property', () => {
    const { event, calendar } = answered(request('SUMMARY:x', 'LOCATION:y').subarray())
    expect(event.getAllProperties().map(({ name }) => name)).not.toContain('location')
    expect(calendar.getAllProperties('method').length).toBe(1)
  })

  it.each([
    ['a cancelled event', (text: string) => text.replace('METHOD:REQUEST', 'METHOD:CANCEL')],
    ['an event that is published', (text: string) => text.replace('METHOD:REQUEST', 'METHOD:PUBLISH')],
    ['an organiser without an address', (text: string) => text.replace('mailto:t@o.example', 'urn:x')],
    ['no organiser', (text: string) => text.replace(/ORGANIZER.*\r\n/, '')],
    ['one’s own event', (text: string) => text.replace('t@o.example', 'Alice@posthorn.test')],
    ['an event without a name', (text: string) => text.replace(/UID:.*\r\n/, '')],
  ])('is none to %s', (_, change) =>
    expect(
      replyTo(part, Buffer.from(change(request().toString())), { who, reader, answer: 'accepted', now }),
    ).toBeNull(),
  )
})

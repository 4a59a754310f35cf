import { describe, expect, it } from 'vitest'
import { headersOf } from './headers'
import { readInvitation } from './invitation'
import { bounceOf, reasonOf } from './report'
import type { Part } from './structure'
import { trustOf } from './trust'
import { listOf, oneClickOf, unsubscribeOf } from './unsubscribe'

const none = Buffer.alloc(0)
const lines = (...all: string[]) => Buffer.from(all.join('\r\n'))

describe('a delivery report', () => {
  const report = lines(
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; eze@example.org',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1',
    ' <eze@example.org>: user unknown',
    '',
    'Final-Recipient: rfc822; fine@example.org',
    'Action: delivered',
    'Status: 2.0.0',
  )
  it('tells who was not reached and why', () =>
    expect(bounceOf(report, lines('Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?='))).toEqual({
      subject: 'Grüße',
      recipients: [
        {
          address: 'eze@example.org',
          outcome: 'failed',
          reason: 'no-such-address',
          status: '5.1.1',
          answer: '550 5.1.1 <eze@example.org>: user unknown',
        },
      ],
    }))
  it.each([
    ['5.2.2', 'mailbox-full'],
    ['5.7.26', 'policy'],
    ['4.4.1', 'unreachable'],
    ['5.3.4', 'too-large'],
    ['9.1.1', 'unknown'],
    ['5.1.1.1', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (status, reason) => expect(reasonOf(status)).toBe(reason))
  it('is none without a recipient that was not reached', () => {
    expect(bounceOf(none, none)).toBeNull()
    expect(bounceOf(Buffer.from('\n'.repeat(100_000)), none)).toBeNull()
    expect(bounceOf(lines('', 'Action: failed'), none)).toBeNull()
  })
  it('is bounded, and of one line each', () => {
    const many = 'Final-Recipient: rfc822; a@b.example\u202e\nAction: failed\n\n'.repeat(5000)
    const bounce = bounceOf(Buffer.from(many), Buffer.from(`Subject: ${'x'.repeat(90_000)}`))
    expect(bounce?.recipients.length).toBe(50)
    expect(bounce?.recipients[0]?.address).not.toContain('\u202e')
    expect(bounce?.subject.length).toBe(500)
  })
})

describe('who sent it', () => {
  const from = [{ name: 'Tomás', address: 't@ostrava.example' }]
  const pass =
    'mx.ours.example; dkim=pass header.d=x.example; dmarc=pass (p=none) header.from=ostrava.example'
  const nobody = { servers: [], known: [] }
  const judged = (results: string[], who = from) => ({ from: who, replyTo: [], results, list: 'no' as const })
  const verdict = (fields: string[], who = from) =>
    trustOf(judged(fields, who), { servers: ['MX.ours.example'], known: [] }).sender
  it('is verified by the word of a trusted server', () => expect(verdict([pass])).toBe('verified'))
  it.each([
    ['a server nobody trusts', ['mx.other.example; dmarc=pass header.from=ostrava.example']],
    ['another domain', ['mx.ours.example; dmarc=pass header.from=elsewhere.example']],
    ['a failure above a pass', ['mx.ours.example; dmarc=fail header.from=ostrava.example', pass]],
    ['a comment', ['mx.ours.example; spf=none (; dmarc=pass header.from=ostrava.example ;)']],
    ['a quoted string', ['mx.ours.example; spf=fail reason="; dmarc=pass header.from=ostrava.example ;"']],
    ['two domains', ['mx.ours.example; dmarc=pass header.from=x.example header.from=ostrava.example']],
    ['another version', ['mx.ours.example 2; dmarc=pass header.from=ostrava.example']],
    ['a name that is only like it', ['mx.ours.example.evil; dmarc=pass header.from=ostrava.example']],
    ['nothing', []],
  ])('is not verified by %s', (_, fields) => expect(verdict(fields)).toBe('unknown'))
  it('is not verified by an encoded word', () => {
    const field =
      'Authentication-Results: mx.ours.example; =?utf-8?q?dmarc=3Dpass_header=2Efrom=3Dostrava=2Eexample?='
    const read = headersOf(Buffer.from(field)).get('authentication-results') ?? []
    expect(verdict(read)).toBe('unknown')
  })
  it('is nobody when there are two', () => expect(verdict([pass], [...from, ...from])).toBe('unknown'))
  it('believes nobody without configuration', () =>
    expect(trustOf(judged([pass]), nobody).sender).toBe('unknown'))
  it('tells a name that is another address', () => {
    const pretends = (name: string) =>
      trustOf(judged([], [{ name, address: 'x@evil.example' }]), nobody).pretends
    expect(pretends('ada@bank.example')).toBe('ada@bank.example')
    expect(pretends('X@Evil.example')).toBe('')
    expect(pretends('Ada @ work')).toBe('')
  })
  it('tells where answers go, unless it is near or a list', () => {
    const answers = (address: string, list: 'yes' | 'no' = 'no') =>
      trustOf({ ...judged([]), replyTo: [{ name: '', address }], list }, nobody).answersTo
    expect(answers('t@elsewhere.example')).toBe('t@elsewhere.example')
    expect(answers('desk@mail.ostrava.example')).toBe('')
    expect(answers('t@elsewhere.example', 'yes')).toBe('')
    expect(answers('')).toBe('')
  })
})

describe('the way out of a list', () => {
  const of = (...fields: string[]) => headersOf(lines(...fields))
  const post = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'
  it('is one click where the sender offers it over https', () => {
    const headers = of('List-Unsubscribe: <mailto:u@l.example>, <https://l.example/u?x=1>', post)
    expect(unsubscribeOf(headers)).toEqual({ way: 'one-click', host: 'l.example' })
    expect(oneClickOf(headers)?.href).toBe('https://l.example/u?x=1')
  })
  it.each([
    ['<http://l.example/u>', { way: 'link', url: 'http://l.example/u' }],
    [
      '<mailto:u@l.example?subject=stop>, <http://l.example/u>',
      { way: 'mail', mailto: 'mailto:u@l.example?subject=stop' },
    ],
    ['<javascript:alert(1)>', null],
    ['<https://user:word@l.example/>', null],
    ['https://l.example/no-brackets', null],
    ['<<<<<<', null],
  ])('%s', (value, way) => expect(unsubscribeOf(of(`List-Unsubscribe: ${value}`, post))).toEqual(way))
})

describe('an invitation', () => {
  const part = { part: '1.2', params: {} } as Part
  const read = (...event: string[]) =>
    readInvitation(part, lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', ...event, 'END:VCALENDAR'))
  const event = (...fields: string[]) => ['BEGIN:VEVENT', 'UID:1', ...fields, 'END:VEVENT']
  it('is told as an instant', () =>
    expect(
      read(
        ...event(
          'SUMMARY:Design review\\, platform 2',
          'DTSTART;TZID=Europe/Prague:20261126T140000',
          'DTEND;TZID=Europe/Prague:20261126T153000',
          'LOCATION:Ostrava',
          'ORGANIZER;CN=Tomás:mailto:t@o.example',
          'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4',
        ),
      ),
    ).toEqual({
      part: '1.2',
      method: 'request',
      title: 'Design review, platform 2',
      clock: 'instant',
      start: '2026-11-26T13:00:00.000Z',
      end: '2026-11-26T14:30:00.000Z',
      place: 'Ostrava',
      organiser: { name: 'Tomás', address: 't@o.example' },
      answers: [],
      repeats: { every: 'week', interval: 2, days: ['MO', 'TH'], ordinal: null, until: '', count: 4 },
      comment: '',
      mine: 'none',
      invitedAs: '',
    }))
  const zone = (...rule: string[]) => [
    ...['BEGIN:VTIMEZONE', 'TZID:Our Time', 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
    ...[...rule, 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE'],
  ]
  const ours = event('DTSTART;TZID=Our Time:20261126T140000', 'DURATION:PT1H')
  it('knows a zone that the calendar describes', () =>
    expect(read(...zone('RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'), ...ours)).toMatchObject({
      start: '2026-11-26T13:00:00.000Z',
      end: '2026-11-26T14:00:00.000Z',
    }))
  it('leaves a zone that nobody describes on the wall', () =>
    expect(read(...ours)).toMatchObject({ clock: 'floating', start: '2026-11-26T14:00:00' }))
  it.each([
    ['FREQ=MONTHLY;BYDAY=-1FR', { every: 'month', ordinal: { which: -1, day: 'FR' } }],
    ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', { every: 'month', ordinal: { which: 2, day: 'TU' } }],
    ['FREQ=MONTHLY;BYMONTHDAY=26', { every: 'month', ordinal: null }],
    ['FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=26', { every: 'year' }],
    ['FREQ=WEEKLY;BYDAY=MO;WKST=SU', { every: 'week', days: ['MO'] }],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', { every: 'other' }],
    ['FREQ=MONTHLY;BYDAY=7MO', { every: 'other' }],
    ['FREQ=YEARLY;BYWEEKNO=20', { every: 'other' }],
  ])('tells %s in words only where words are true', (rule, repeats) =>
    expect(read(...event('DTSTART:20261126T140000Z', `RRULE:${rule}`))?.repeats).toMatchObject(repeats),
  )
  it.each([
    ['COUNTER', 'counter'],
    ['DECLINECOUNTER', 'declinecounter'],
    ['CANCEL', 'cancel'],
    ['REFRESH', 'publish'],
  ])('METHOD:%s is told as %s, and is nothing to answer', (method, told) => {
    const text = lines(
      ...['BEGIN:VCALENDAR', `METHOD:${method}`, ...event('DTSTART:20261126T140000Z', 'COMMENT:Later?')],
      'END:VCALENDAR',
    )
    expect(readInvitation(part, text, { own: 'alice@x.example', others: [] })).toMatchObject({
      method: told,
      mine: null,
    })
  })
  it('takes whole days as days', () =>
    expect(read(...event('DTSTART;VALUE=DATE:20261126'))).toMatchObject({
      clock: 'day',
      start: '2026-11-26',
    }))
  it('tells an answer', () => {
    const text = lines(
      ...['BEGIN:VCALENDAR', 'METHOD:REPLY', 'BEGIN:VEVENT', 'DTSTART:20261126T140000Z'],
      ...['ATTENDEE;PARTSTAT=DECLINED;CN=Ada:mailto:ada@x.example', 'END:VEVENT', 'END:VCALENDAR'],
    )
    expect(readInvitation(part, text)?.answers).toEqual([
      { who: { name: 'Ada', address: 'ada@x.example' }, says: 'declined' },
    ])
  })
  it.each([
    ['a zone that changes every second', [...zone('RRULE:FREQ=SECONDLY'), ...ours]],
    ['a rule that never comes true', [...zone('RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31'), ...ours]],
    ['an event without a time', event('SUMMARY:x')],
    ['a time that is none', event('DTSTART:nonsense')],
    ['a year that is none', event('DTSTART:99990101T000000Z')],
    ['ten thousand events', Array.from({ length: 10_000 }, () => event('SUMMARY:x')).flat()],
    ['a nest', Array.from({ length: 190 }, () => 'BEGIN:VEVENT')],
    ['nothing', []],
  ])('is none in %s', (_, content) => expect(read(...content)).toBeNull())
  it('is none in noise, and quickly', () => {
    for (const noise of ['', '\0', 'BEGIN:', 'BEGIN:VCALENDAR', ':;=,"'.repeat(50_000), 'A'.repeat(299_999)])
      expect(readInvitation(part, Buffer.from(noise))).toBeNull()
  })
})

describe('a mailing list', () => {
  const of = (...fields: string[]) => listOf(headersOf(lines(...fields)))
  it('is told by name, archive and address', () =>
    expect(
      of(
        'List-Id: "Gardeners of Prague" <garden.lists.example>',
        'List-Archive: <ftp://old.example/>, <https://lists.example/garden/>',
        'List-Post: <mailto:garden%2Bprague@lists.example?subject=x>',
      ),
    ).toEqual({
      name: 'Gardeners of Prague',
      archive: 'https://lists.example/garden/',
      post: 'garden+prague@lists.example',
    }))
  it('may take no posts', () =>
    expect(of('List-Id: <news.lists.example>', 'List-Post: NO (read only)')).toEqual({
      name: 'news.lists.example',
      archive: '',
      post: '',
    }))
  it('is none without its fields', () => expect(of('List-Archive: <https://lists.example/>')).toBeNull())
})

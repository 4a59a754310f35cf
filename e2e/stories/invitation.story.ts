import { simpleParser } from 'mailparser'
import { expect, open, reader, row, signIn, test } from './story'

const calendar = (method: string, fields: string[]) => ({
  method,
  content: [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//Test//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'UID:review-2026@posthorn.test',
    'DTSTART;TZID=Europe/London:20261126T130000',
    'DTEND;TZID=Europe/London:20261126T143000',
    'SUMMARY:Design review\\, platform 2',
    'LOCATION:Site office',
    'ORGANIZER;CN=Bob Marsh:mailto:bob@posthorn.test',
    'ATTENDEE;CN=Alice Fenn;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:alice+work@posthorn.test',
    ...fields,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'),
})
const first = ['SEQUENCE:0', 'DTSTAMP:20261120T100000Z', 'RRULE:FREQ=MONTHLY;BYDAY=-1TH']
const invitation = { subject: 'Design review, platform 2', icalEvent: calendar('REQUEST', first) }

test('RFC 6047: an invitation is answered with one click, and the answer can be changed', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', invitation)
  await signIn(page, web, system.users.alice)
  await open(page, invitation.subject)
  const card = reader(page).getByRole('region', { name: 'Invitation' })
  // The browser is in Prague, an hour ahead of the organiser.
  await expect(card).toContainText(/14:00\s*–\s*15:30/)
  await expect(card).toContainText('every month on the last Thursday')
  await expect(card).toContainText('You are invited as alice+work@posthorn.test')
  await card.getByRole('button', { name: 'Accept' }).click()
  await expect(card.getByRole('button', { name: 'Accept' })).toHaveAttribute('aria-pressed', 'true')
  const bob = await post.of('bob')
  await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject.startsWith('Accepted: ')))
  await card.getByRole('button', { name: 'Decline' }).click()
  await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject.startsWith('Declined: ')))
  expect((await bob.list('INBOX')).length).toBe(2)
  const lock = await bob.client.getMailboxLock('INBOX')
  const raw = await bob.client.fetchOne('2', { source: true, bodyStructure: true })
  lock.release()
  if (!raw || !raw.source) throw new Error('bob has no answer')
  const { text } = await simpleParser(raw.source)
  expect(text).toContain('declines the invitation')
  const source = raw.source.toString()
  expect(source).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REPLY/i)
  expect(source).toContain('PARTSTAT=DECLINED')
  expect(source.replaceAll('\r\n ', '')).toContain('mailto:alice+work@posthorn.test')
  expect(source).toContain('UID:review-2026@posthorn.test')
  const alice = await post.of('alice')
  await alice.until('Sent', (seen) => seen.length === 2)
  await page.reload()
  await expect(card.getByRole('button', { name: 'Decline' })).toHaveAttribute('aria-pressed', 'true')
})

test('RFC 5546 2.1.5: what came later takes the place of an invitation', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', invitation)
  await post.seed('alice', {
    subject: 'Updated: Design review, platform 2',
    icalEvent: calendar('REQUEST', ['SEQUENCE:1', 'DTSTAMP:20261120T120000Z']),
  })
  await signIn(page, web, system.users.alice)
  await row(page, 'Design review').last().click()
  const card = reader(page).getByRole('region', { name: 'Invitation' })
  await expect(card).toContainText('A later message changes this invitation.')
  await expect(card.getByRole('button', { name: 'Accept' })).toHaveCount(0)
  await card.getByRole('button', { name: 'Open it' }).click()
  await expect(reader(page).getByRole('heading', { level: 2 })).toContainText('Updated: Design review')
  await expect(card.getByRole('button', { name: 'Accept' })).toBeVisible()
  await post.seed('alice', {
    subject: 'Cancelled: Design review, platform 2',
    icalEvent: calendar('CANCEL', ['SEQUENCE:2', 'STATUS:CANCELLED', 'DTSTAMP:20261121T100000Z']),
  })
  await expect(row(page, 'Cancelled: Design review')).toBeVisible()
  await row(page, 'Design review').last().click()
  await expect(card).toContainText('A later message cancels this event.')
  await expect(card.getByRole('button', { name: 'Accept' })).toHaveCount(0)
  await card.getByRole('button', { name: 'Open it' }).click()
  await expect(reader(page).getByRole('heading', { level: 2 })).toContainText('Cancelled: Design review')
  await expect(card.getByRole('button', { name: 'Open it' })).toHaveCount(0)
})

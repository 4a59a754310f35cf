// A mailbox that has something to show in every view: each of these letters brings a part of the reader of its own.
import type { SendMailOptions } from 'nodemailer'
import type { Mailbox } from '../servers/mailbox'
import { letter } from '../stories/letters'

export const subjects = {
  news: 'Nursery news',
  receipt: 'Read: The lease',
  bounce: 'Undelivered: Chairs',
  invitation: 'Design review, platform 2',
  files: 'Drawings for the crossing',
  talk: 'Tea on Thursday',
} as const

const report = (type: string, text: string, fields: string[]): Buffer =>
  Buffer.from(
    [
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=${type}; boundary=b`,
      '',
      '--b',
      '',
      text,
      '--b',
      `Content-Type: message/${type}`,
      '',
      ...fields,
      '--b--',
      '',
    ].join('\r\n'),
  )

const headed = (headers: string[], rest: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n`), rest])

/** RFC 8098: one that came. */
const receipt = headed(
  ['From: bob@posthorn.test', 'To: alice@posthorn.test', `Subject: ${subjects.receipt}`],
  report('disposition-notification', 'It was opened.', [
    'Final-Recipient: rfc822;bob@posthorn.test',
    'Disposition: manual-action/MDN-sent-manually; displayed',
  ]),
)

/** RFC 3464. */
const bounce = headed(
  [
    'From: Mail Delivery System <mailer-daemon@posthorn.test>',
    'To: alice@posthorn.test',
    'Auto-Submitted: auto-replied',
    `Subject: ${subjects.bounce}`,
  ],
  report('delivery-status', 'It could not be delivered.', [
    'Reporting-MTA: dns; mail.posthorn.test',
    '',
    'Final-Recipient: rfc822; nobody@example.org',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user here',
  ]),
)

const meeting = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Test//Test//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:views@posthorn.test',
  'SEQUENCE:0',
  'DTSTAMP:20261120T100000Z',
  'RRULE:FREQ=MONTHLY;BYDAY=-1TH',
  'DTSTART;TZID=Europe/London:20261126T130000',
  'DTEND;TZID=Europe/London:20261126T143000',
  'SUMMARY:Design review\\, platform 2',
  'LOCATION:Site office',
  'ORGANIZER;CN=Bob Marsh:mailto:bob@posthorn.test',
  'ATTENDEE;CN=Alice Fenn;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:alice@posthorn.test',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

const talk = (n: number, from: string): SendMailOptions => ({
  from: { name: from, address: `${from.split(' ')[0]?.toLowerCase() ?? 'bob'}@posthorn.test` },
  subject: n === 1 ? subjects.talk : `Re: ${subjects.talk}`,
  messageId: `<talk-${n}@posthorn.test>`,
  ...(n === 1 ? {} : { inReplyTo: '<talk-1@posthorn.test>', references: '<talk-1@posthorn.test>' }),
})

interface Put {
  raw: Buffer
  folder?: string
  flags?: string[]
}

/** The newest last, as they come. */
const letters = async (): Promise<Put[]> => [
  { raw: receipt },
  { raw: bounce, flags: ['\\Seen'] },
  {
    raw: await letter({ subject: subjects.invitation, icalEvent: { method: 'REQUEST', content: meeting } }),
  },
  {
    raw: await letter({
      subject: subjects.files,
      attachments: [
        { filename: 'crossing.pdf', content: 'x'.repeat(20_000) },
        { filename: 'minutes.txt', content: 'Who was there.' },
      ],
      headers: { 'List-Id': '<works.posthorn.test>', 'List-Unsubscribe': '<mailto:leave@posthorn.test>' },
    }),
    flags: ['\\Seen', '\\Flagged', '$label1', 'garden'],
  },
  {
    raw: await letter({
      subject: subjects.news,
      html: '<h1>Spring</h1><p>All that grows.</p><img src="https://example.org/a.png">',
    }),
  },
  { raw: await letter(talk(1, 'Bob Marsh')), flags: ['\\Seen', '\\Answered'] },
  { raw: await letter(talk(2, 'Alice Fenn')), flags: ['\\Seen'] },
  { raw: await letter(talk(3, 'Carol Reyes')) },
  {
    raw: await letter({ subject: 'Not sent yet', from: 'alice@posthorn.test' }),
    folder: 'Drafts',
    flags: ['\\Draft'],
  },
  { raw: await letter({ subject: 'An offer', from: 'shop@example.org' }), folder: 'Junk' },
]

export const folders = { top: 'Clients', below: 'Clients/Ostrava' }

export const furnish = async (mailbox: Mailbox): Promise<void> => {
  for (const folder of Object.values(folders)) await mailbox.client.mailboxCreate(folder)
  const first = Date.now() - 36 * 3600_000
  for (const [at, put] of (await letters()).entries())
    await mailbox.append({ ...put, date: new Date(first + at * 3 * 3600_000) })
}

import { js, written } from './cases'

// Words that others decide and we show: subjects, names of people, files, folders and labels, fields of calendars
// and bounces, and what an error says. Each was somebody's hole once; in ours they are words.

/** Markup in one line, as a name or a subject. */
export const markup = `<img src=x onerror="${js}">`

export const hostileSubjects = [
  // CVE-2026-48849 Roundcube, CVE-2014-9905 SOGo, CVE-2025-66514 Nextcloud Mail
  written(`</title><script>{js}</script><img src=x onerror="{js}">`),
  // CVE-2017-16908 Horde
  written(`'"><svg onload="{js}">`),
  written(`<a href="javascript:{js}">{{constructor.constructor('{js}')()}}</a>`),
]

/** CVE-2020-35730 and CVE-2023-43770 Roundcube, CVE-2021-26929 Horde: links found in plain text. */
export const hostileText = written(
  [
    'http://canary.invalid/"onmouseover={js}//',
    '[1] see [<script>{js}</script>] http://example.org/[<script>{js}</script>]',
    'javascript:{js}',
    'https://example.org/\\0\\0\\0<script>{js}</script>\\0\\0\\0',
    '<https://example.org/?a="><img src=x onerror={js}>',
    "mail'onclick={js}//@example.org and mailto:a@example.org?x=%22onclick={js}",
    '-- ',
    '<img src=x onerror="{js}">',
  ].join('\r\n'),
)

/** CVE-2021-44025 and CVE-2023-47272 Roundcube, CVE-2018-6882 Zimbra: names and types of attachments. */
export const hostileFiles = [
  { filename: `${markup}.png`, contentType: 'image/png' },
  { filename: `a.html`, contentType: 'text/html' },
  { filename: `b.svg`, contentType: 'image/svg+xml' },
  // CVE-2020-13965 Roundcube
  { filename: `c.xml`, contentType: 'text/xml' },
  { filename: `../../etc/passwd`, contentType: 'application/octet-stream' },
  { filename: `gnp.\u202eexe.jpg`, contentType: 'image/jpeg' },
]

/** CVE-2021-35208, CVE-2024-27443 and CVE-2025-27915 Zimbra, CVE-2026-8496 SOGo: fields of an invitation. */
export const hostileInvitation = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//x//x//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:hostile@example.org',
  'DTSTAMP:20261120T100000Z',
  'DTSTART:20261126T130000Z',
  'DTEND:20261126T143000Z',
  `SUMMARY:Summary ${markup}`,
  `LOCATION:Location ${markup}`,
  written('DESCRIPTION:<details ontoggle="{js}" open>x</details><svg><animate onrepeat="{js}"/></svg>'),
  `URL:javascript:${js}`,
  `ORGANIZER;CN="<svg onload=${js}>":mailto:x@example.org`,
  `ATTENDEE;CN="<svg onload=${js}>":javascript:${js}`,
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

/** A keyword may hold all but brackets, quotes and blanks (RFC 9051 section 9). */
export const hostileKeyword = `<svg/onload=top.ran'keyword'>`

/** What an error says is what somebody typed, or what a foreign server answered. */
export const hostileSearch = `from:a is:"${markup.replaceAll('"', "'")}"`

export const hostileBounce = [
  'From: Mail Delivery <mailer-daemon@example.org>',
  'To: alice@posthorn.test',
  'Subject: one bounce',
  'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  '',
  '--b',
  '',
  'It was not delivered.',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  `Reporting-MTA: dns; ${markup}`,
  '',
  `Final-Recipient: rfc822; ${markup}`,
  'Action: failed',
  'Status: 5.1.1',
  `Diagnostic-Code: smtp; 550 Answer ${markup}`,
  '--b',
  'Content-Type: text/rfc822-headers',
  '',
  `Subject: Lost ${markup}`,
  '--b--',
  '',
].join('\r\n')

// Mail that is harder to show than most: other scripts and directions, no subject, no name, a subject without end,
// an invitation, a forwarded message, a bounce, quotes in quotes.
import { mailDate } from '../../smtp/header'
import type { Letter } from '../model'
import {
  alice,
  anders,
  bob,
  carol,
  domain,
  ingrid,
  layla,
  liat,
  misaki,
  nameless,
  tomas,
  wanglei,
} from '../people'
import { logo, planDrawing } from '../picture'

const stamp = (at: Date): string => at.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')

/** The next Thursday, 14:00 to 15:30 Prague time in winter. */
const thursday = (now: Date): { start: Date; end: Date } => {
  const start = new Date(now)
  start.setUTCDate(start.getUTCDate() + ((4 - start.getUTCDay() + 7) % 7 || 7))
  start.setUTCHours(13, 0, 0, 0)
  return { start, end: new Date(start.getTime() + 90 * 60_000) }
}

const invitation = (now: Date): string => {
  const { start, end } = thursday(now)
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ostrava Rail//Calendar//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:design-review-platform-2@ostrava-rail.example',
    'SEQUENCE:1',
    `DTSTAMP:${stamp(new Date(now.getTime() - 7_200_000))}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    'SUMMARY:Design review, platform 2',
    'LOCATION:Ostrava, site office',
    'DESCRIPTION:Walk the platform at 13:15, sit down at 14:00. Bring boots.',
    'ORGANIZER;CN=Tomás Veiga:mailto:tomas@ostrava-rail.example',
    `ATTENDEE;CN=Alice Lund;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:alice@${domain}`,
    `ATTENDEE;CN=Bob Okafor;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:bob@${domain}`,
    'ATTENDEE;CN=Ingrid Solheim;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ingrid@solheim-arkitekter.example',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

const forwardedNote = `From: 佐藤 美咲 <sato@osaka-koubou.example>
To: Anders Lindqvist <anders@lindqvist-partners.example>
Subject: =?UTF-8?B?6Zqg6KeB?=
Date: Thu, 19 Nov 2026 18:02:00 +0900
Message-ID: <note-red@osaka-koubou.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

階段コアの移動について、構造上の問題はありません。
手すりの高さだけ、もう一度ご確認ください。

佐藤
`.replace(/\n/g, '\r\n')

const bounce: Letter['raw'] = ({ date, messageId, original }) => `Return-Path: <>
Date: ${mailDate(date)}
From: Mail Delivery System <MAILER-DAEMON@itclass.example>
To: <alice@${domain}>
Subject: Undelivered: message to h.eze@itclass.example
Message-ID: ${messageId}
In-Reply-To: ${original('eze')}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report-7"

--report-7
Content-Type: text/plain; charset=utf-8

The address was not found. Nothing was lost: your message is attached.

  h.eze@itclass.example
    550 5.1.1 <h.eze@itclass.example>: user unknown

--report-7
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.itclass.example
Arrival-Date: ${mailDate(date)}

Final-Recipient: rfc822; h.eze@itclass.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <h.eze@itclass.example>: user unknown

--report-7
Content-Type: text/rfc822-headers

From: Alice Lund <alice@${domain}>
To: h.eze@itclass.example
Subject: Site visit for your class
Message-ID: ${original('eze')}

--report-7--
`

const endless =
  'Re: Fwd: Re: Minutes, second draft, with the remarks of the association, the remarks on the remarks, the corrected list of those present, the drawing that was missing from the first draft, the drawing that should not have been in it, and a kind request to please answer all in one message this time (please)'

export const worldLetters = (now: Date): Letter[] => [
  {
    id: 'invite',
    when: { minutes: 120 },
    from: tomas,
    to: [alice, bob, ingrid],
    subject: 'Invitation: Design review, platform 2 (Thu 14:00)',
    text: 'Design review, platform 2\nThursday 14:00 – 15:30\nOstrava, site office\n\nWalk the platform at 13:15, sit down at 14:00. Bring boots.',
    invitation: { method: 'REQUEST', ics: invitation(now) },
    unread: ['alice'],
  },
  {
    id: 'osaka-forward',
    when: { days: 1, at: '13:44' },
    from: anders,
    to: [alice],
    cc: [bob],
    subject: '図面の確認をお願いします',
    text: `Forwarding the note from the Osaka team, with their comments in red.

In short: no objection to the moved core; please check the height of the handrail once more.

Anders`,
    attachments: [
      { filename: '手すり-確認.eml', contentType: 'message/rfc822', content: Buffer.from(forwardedNote) },
      { filename: '図面-赤.png', contentType: 'image/png', content: planDrawing() },
    ],
  },
  {
    id: 'osaka-direct',
    when: { days: 2, at: '03:20' },
    from: misaki,
    to: [alice, bob, carol],
    subject: 'Re: 手すりの高さについて',
    text: 'アリス様\n\nいつもお世話になっております。大阪工房の佐藤です。\n\n手すりの高さは 1,100 mm で問題ございません。点字ブロックの色は、床との輝度比を 2.0 以上にしていただけますと助かります。\n\n来週木曜日の打ち合わせ、楽しみにしております。\n\n佐藤 美咲\n大阪工房',
    unread: ['bob'],
  },
  {
    id: 'qingshi',
    when: { days: 4, at: '04:11' },
    from: wanglei,
    to: [carol],
    cc: [alice],
    subject: '关于站台石材样品的寄送',
    text: '您好，\n\n三种花岗岩样品已于昨天寄出，预计五天内到达。编号如下：\n\n1. G603，浅灰，火烧面\n2. G654，深灰，荔枝面\n3. G684，黑色，光面\n\n如有问题请随时联系。\n\n王磊\n青石材料',
    unread: ['carol'],
  },
  {
    id: 'layla',
    when: { days: 1, at: '09:36' },
    from: layla,
    to: [alice, carol],
    subject: 'ملاحظات على مخطط الرصيف رقم 2',
    text: 'السيدة أليس،\n\nراجعت المخطط الأخير (r7). عرض الرصيف عند الدرج 3.20 م، وهو كافٍ للحركة في ساعة الذروة.\n\nأقترح نقل اللوحة الإرشادية مترًا واحدًا نحو الشرق حتى لا تحجبها الأعمدة C4 و C5.\n\nمع أطيب التحيات،\nليلى حداد',
    unread: ['alice'],
  },
  {
    id: 'liat',
    when: { days: 3, at: '10:25' },
    from: liat,
    to: [alice, bob],
    subject: 'תאורה ברציף: שתי חלופות (A / B)',
    html: '<div dir="rtl"><p>שלום אליס,</p><p>מצורפות שתי חלופות לתאורה:</p><ul><li><b>A</b>: 150 לוקס אחיד, 12 גופים</li><li><b>B</b>: 100 לוקס, עם הדגשה ליד המדרגות, 9 גופים</li></ul><p>אני ממליצה על B. היא זולה ב־18% ונעימה יותר בלילה.</p><p>ליאת</p></div>',
    text: 'שלום אליס,\n\nשתי חלופות: A אחידה, B עם הדגשה ליד המדרגות. אני ממליצה על B.\n\nליאת',
    starred: ['alice'],
  },
  {
    id: 'nosubject',
    when: { days: 2, at: '21:17' },
    from: bob,
    to: [alice],
    subject: '',
    text: 'fog. photos tomorrow',
    unread: [],
  },
  {
    id: 'nameless',
    when: { days: 5, at: '06:55' },
    from: nameless,
    to: [bob],
    cc: [alice],
    subject: 'points',
    text: 'Points P2-01 to P2-05 measured, file follows when I have a network again.',
  },
  {
    id: 'endless',
    when: { days: 9, at: '11:11' },
    from: anders,
    to: [alice, bob, carol],
    subject: endless,
    text: 'All in one message, as asked: I agree.\n\nAnders',
    folders: { bob: 'Archive' },
  },
  {
    id: 'eze',
    when: { days: 1, at: '15:28' },
    from: alice,
    to: [{ name: '', address: 'h.eze@itclass.example' }],
    subject: 'Site visit for your class',
    text: 'Dear Mr Eze,\n\nyour class is welcome on the site on 12 December, at ten. Helmets are here.\n\nAlice Lund',
  },
  {
    id: 'bounce',
    when: { days: 1, at: '15:29' },
    from: { name: 'Mail Delivery System', address: 'MAILER-DAEMON@itclass.example' },
    to: [alice],
    subject: 'Undelivered: message to h.eze@itclass.example',
    raw: bounce,
    unread: ['alice'],
  },
  {
    id: 'nested-quotes',
    when: { days: 13, at: '14:02' },
    from: ingrid,
    to: [alice, bob],
    subject: 'Re: Handrail, inside or outside the glass',
    text: `> > > Outside, because hands are cold.
> > Inside, because glass is colder.
> Outside. People lean.

Outside, then. I draw it with a gap of 60 mm, which is what a hand needs
and a schoolbag does not.

Ingrid
`,
    folders: { alice: 'Archive', bob: 'Archive' },
  },
  {
    id: 'inline-picture',
    when: { days: 11, at: '12:40' },
    from: ingrid,
    to: [alice, carol],
    subject: 'New letterhead, please object now',
    html: '<p>This is how it would stand at the foot of every sheet:</p><p><img src="cid:mark@solheim" width="96" height="96" alt="Solheim mark"></p><p>If nobody objects by Friday, it is printed.</p><p>Ingrid</p>',
    text: 'The new letterhead is in the attached picture. If nobody objects by Friday, it is printed.\n\nIngrid',
    attachments: [
      { filename: 'mark.png', contentType: 'image/png', content: logo([28, 92, 122]), cid: 'mark@solheim' },
    ],
    folders: { alice: 'Archive' },
  },
]

// What machines send: invoices, tickets, receipts, the drawing server, a mailing list.
import type { Letter, Person, Resident } from '../model'
import { alice, billing, carol, list, planroom, residents, trains } from '../people'
import { pdf } from '../pdf'

const euro = (amount: number): string => `€ ${amount.toLocaleString('en-GB', { minimumFractionDigits: 2 })}`

/** The names of this month and the five before it. */
const months = (now: Date): string[] =>
  Array.from({ length: 6 }, (_, back) =>
    new Date(now.getFullYear(), now.getMonth() - back, 1).toLocaleDateString('en-GB', {
      month: 'long',
      year: 'numeric',
    }),
  )
const amounts = [1240, 1240, 1180, 1180, 1315.5, 1180]

const invoices = (resident: Resident, now: Date): Letter[] =>
  months(now).map((month, index) => {
    const number = `${now.getFullYear()}-${1107 - index * 94}`
    const amount = euro(amounts[index] as number)
    return {
      id: `invoice-${resident}-${index}`,
      when: index === 0 ? { minutes: 185 } : { days: index * 30 - 2, at: '08:15' },
      from: billing,
      to: [residents[resident]],
      subject: `Invoice ${number} is ready`,
      text: `Hello ${residents[resident].name.split(' ')[0]},

your invoice for ${month} is attached. Amount due: ${amount} by the 30th.

It is paid by direct debit; you need not do anything.

Brightwater Billing`,
      attachments: [
        {
          filename: `invoice-${number}.pdf`,
          contentType: 'application/pdf',
          content: pdf(`Invoice ${number}`, [
            [
              { text: 'Brightwater', x: 60, y: 770, size: 22, bold: true },
              { text: `Invoice ${number}`, x: 60, y: 730, size: 14 },
              { box: [60, 640, 475, 24] },
              { text: `Site office, ${month}`, x: 70, y: 648 },
              { text: amount.replace('€', 'EUR'), x: 440, y: 648, bold: true },
              { line: [60, 620, 535, 620] },
              { text: 'Paid by direct debit on the 30th.', x: 60, y: 600 },
            ],
          ]),
        },
      ],
      folders: { [resident]: index === 0 ? 'Inbox' : 'Receipts' },
      unread: index === 0 ? [resident] : [],
    }
  })

interface Ticket {
  days: number
  route: string
  leaves: string
  price: number
}

const tickets: readonly Ticket[] = [
  { days: 1, route: 'Vienna – Ostrava', leaves: '17:08', price: 39.9 },
  { days: 16, route: 'Ostrava – Vienna', leaves: '18:52', price: 39.9 },
  { days: 33, route: 'Vienna – Brno', leaves: '07:10', price: 24.5 },
]

const ticketReceipts = (resident: Resident): Letter[] =>
  tickets.map(({ days, route, leaves, price }, index) => ({
    id: `ticket-${resident}-${index}`,
    when: { days, at: '08:58' },
    from: trains,
    to: [residents[resident]],
    subject: `Your ticket: ${route}, ${leaves}`,
    html: `<table width="100%" style="font-family:Helvetica,Arial,sans-serif;max-width:520px;border:1px solid #d6dbe3;border-radius:10px" cellpadding="16">
<tr><td colspan="2" style="background:#0b3d5c;color:#fff;font-size:18px;border-radius:9px 9px 0 0"><b>${route}</b></td></tr>
<tr><td style="color:#667">Leaves</td><td align="right"><b>${leaves}</b></td></tr>
<tr><td style="color:#667">Coach and seat</td><td align="right"><b>${21 + index}, seat ${44 + index * 3}</b> (quiet)</td></tr>
<tr><td style="color:#667">Price</td><td align="right"><b>${euro(price)}</b></td></tr>
<tr><td colspan="2" style="color:#667;font-size:13px">Show the attached ticket on your phone. Changes are free until a day before.</td></tr></table>`,
    text: `${route}, leaves ${leaves}. Coach ${21 + index}, seat ${44 + index * 3}. ${euro(price)}.`,
    attachments: [
      {
        filename: `ticket-${4400 + index}.pdf`,
        contentType: 'application/pdf',
        content: pdf(`Ticket ${route}`, [
          [
            { text: 'Nordbahn', x: 60, y: 770, size: 22, bold: true },
            { text: route.replace('–', 'to'), x: 60, y: 730, size: 16 },
            { text: `Leaves ${leaves}. Coach ${21 + index}, seat ${44 + index * 3}`, x: 60, y: 706 },
            ...Array.from({ length: 81 }, (_, n) => n)
              .filter((n) => (n * 7919 + index) % 5 < 2)
              .map((n) => ({
                box: [60 + (n % 9) * 12, 560 + Math.floor(n / 9) * 12, 12, 12] as const,
                grey: 0,
              })),
          ],
        ]),
      },
    ],
    folders: { [resident]: index === 0 ? 'Inbox' : 'Receipts' },
    labels: index === 0 ? ['Travel'] : [],
  }))

const sheets = [
  'P2-210 Stair core, sections',
  'P2-310 Canopy, column bases',
  'P2-120 Tactile paving',
  'P2-211 Stair core, railings',
  'P2-400 Drainage, overview',
]

const planNotices = (resident: Resident): Letter[] =>
  sheets.map((sheet, index) => ({
    id: `plan-${resident}-${index}`,
    when: { days: 1 + index * 3, at: `1${index}:2${index}` },
    from: planroom,
    to: [residents[resident]],
    subject: `[Planroom] ${sheet}: revision ${7 - (index % 3)} uploaded`,
    text: `Ingrid Solheim uploaded revision ${7 - (index % 3)} of "${sheet}".

Open it:    https://planroom.example/ostrava/${210 + index}
What changed: https://planroom.example/ostrava/${210 + index}/compare

You follow this sheet. Stop following: https://planroom.example/unfollow/${210 + index}`,
    headers: { 'Auto-Submitted': 'auto-generated', 'List-Id': 'Planroom notices <notices.planroom.example>' },
    folders: { [resident]: index < 2 ? 'Inbox' : 'Clients/Ostrava Rail' },
    unread: index === 0 ? [resident] : [],
  }))

const members: readonly Person[] = [
  { name: 'Yusuf Demir', address: 'yusuf@demir-tasarim.example' },
  { name: 'Saoirse Kelly', address: 'saoirse@kellyplan.example' },
  { name: 'Matteo Ricci', address: 'm.ricci@studioricci.example' },
  { name: 'Eeva Salonen', address: 'eeva.salonen@asema.example' },
]

const listTurns = [
  'Does anybody have a source for bench spacing on platforms that are used by school classes? We are told "every 25 m", and nobody knows by whom.',
  'I know where it is not from: it is in none of the three standards that quote it.',
  'It is in a 1974 handbook of ours, as a drawing without a text. The drawing shows 24.',
  'We measured instead. Groups of twelve need a bench of 4 m every 30 m, or they sit on the stairs.',
  'That is the best answer this list has had in years. May I quote it?',
]

const listThread = (): Letter[] =>
  listTurns.map((text, index) => ({
    id: `list-${index}`,
    when: { days: 6 - index, at: `2${index % 4}:1${index}` },
    from: members[index % members.length] as Person,
    to: [list],
    subject: `${index === 0 ? '' : 'Re: '}[stations] Where does "a bench every 25 m" come from?`,
    text: `${text}\n\n-- \n${(members[index % members.length] as Person).name}\n`,
    ...(index === 0 ? {} : { answers: `list-${index - 1}`, quotes: 'below' as const }),
    alsoTo: ['alice', 'bob', 'carol'],
    headers: {
      'List-Id': 'Station design <stations.lists.example>',
      'List-Post': '<mailto:stations@lists.example>',
      'List-Unsubscribe': '<mailto:stations-leave@lists.example>',
      'List-Archive': '<https://lists.example/stations/>',
      Precedence: 'list',
    },
    unread: index > 3 ? ['alice', 'bob'] : [],
    folders: { carol: 'Archive' },
  }))

export const noticeLetters = (now: Date): Letter[] => [
  ...invoices('alice', now),
  ...invoices('carol', now),
  ...ticketReceipts('alice'),
  ...ticketReceipts('bob'),
  ...(['alice', 'bob', 'carol'] as const).flatMap(planNotices),
  ...listThread(),
  {
    id: 'lease',
    when: { days: 26, at: '10:10' },
    from: { name: 'Priya Raman', address: 'priya@brightwater.example' },
    to: [carol],
    cc: [alice],
    subject: 'Site office: lease until the end of March',
    text: 'Dear Carol,\n\nthe lease is extended until 31 March at the same rent. The countersigned copy follows by post, the scan is with Billing.\n\nPriya',
    folders: { alice: 'Clients/Brightwater', carol: 'Clients/Brightwater' },
    starred: ['carol'],
  },
]

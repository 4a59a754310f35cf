// Newsletters as they come: tables in tables, remote pictures, a tracking pixel, List-Unsubscribe.
import type { Letter, Person, Resident } from '../model'
import { digest, residents } from '../people'

interface Story {
  title: string
  text: string
}

interface Issue {
  number: number
  when: Letter['when']
  subject: string
  stories: readonly [Story, ...Story[]]
}

const cell = 'font:16px/1.5 Georgia,serif;color:#24303f;padding:0 32px 20px'

const storyRow = (issue: Issue, { title, text }: Story, index: number): string => `
<tr><td style="${cell}">
<img src="https://images.railweekly.example/${issue.number}/${index + 1}.jpg" width="536" height="220" alt="${title}" style="display:block;width:100%;border-radius:6px">
<h2 style="font:600 20px/1.3 Helvetica,Arial,sans-serif;margin:14px 0 4px">${title}</h2>
${text} <a href="https://railweekly.example/${issue.number}/${index + 1}?utm_source=mail&amp;utm_campaign=${issue.number}" style="color:#1a56a8">Read on</a>
</td></tr>`

const page = (issue: Issue, reader: string): string => `<!doctype html>
<html><head><meta charset="utf-8"><title>${issue.subject}</title>
<style>@media (max-width:600px){.frame{width:100%!important}} a:hover{text-decoration:none}</style></head>
<body style="margin:0;background:#eef1f5">
<div style="display:none;max-height:0;overflow:hidden">${issue.stories[0].text}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#eef1f5"><tr><td align="center" style="padding:24px 8px">
<table role="presentation" class="frame" width="600" cellpadding="0" cellspacing="0" bgcolor="#ffffff" style="border-radius:8px">
<tr><td style="padding:28px 32px 8px"><img src="https://images.railweekly.example/masthead.png" width="220" height="40" alt="Weekly Rail Digest"></td></tr>
<tr><td style="font:13px/1.5 Helvetica,Arial,sans-serif;color:#6b7686;padding:0 32px 20px">Number ${issue.number}. In this issue: ${issue.stories.map(({ title }) => title).join(' &middot; ')}</td></tr>
${issue.stories.map((story, index) => storyRow(issue, story, index)).join('')}
<tr><td style="font:12px/1.6 Helvetica,Arial,sans-serif;color:#6b7686;padding:16px 32px 28px;border-top:1px solid #e3e7ed">
You get this because you asked for it. <a href="https://railweekly.example/unsubscribe/${reader}">Unsubscribe</a> &middot; Weekly Rail Digest, 4 Signal Lane
<img src="https://open.railweekly.example/o.gif?issue=${issue.number}&amp;reader=${reader}" width="1" height="1" alt="">
</td></tr></table></td></tr></table></body></html>`

const issues: readonly Issue[] = [
  {
    number: 212,
    when: { days: 1, at: '07:00' },
    subject: 'Nine new sleeper routes, and a tunnel finished early',
    stories: [
      {
        title: 'Nine new sleeper routes',
        text: 'From the December timetable, nine more pairs of cities sleep on the same train. We looked at the berths, the breakfast and the last departure.',
      },
      {
        title: 'A tunnel finished early',
        text: 'The second bore of the Brenner base tunnel was broken through eleven weeks ahead of its plan, which its engineers call luck and everybody else calls work.',
      },
      {
        title: 'The quietest tamping machine',
        text: 'Seven decibels less, at four in the morning, beside a hospital: a report from Linz.',
      },
    ],
  },
  {
    number: 211,
    when: { days: 8, at: '07:00' },
    subject: 'Why platforms are getting longer again',
    stories: [
      {
        title: 'Why platforms are getting longer again',
        text: 'For thirty years trains grew shorter and more frequent. Now they are full, and concrete is being poured.',
      },
      {
        title: 'A station without stairs',
        text: 'Utrecht Noord opens with ramps only; we counted minutes, and complaints.',
      },
    ],
  },
  {
    number: 210,
    when: { days: 15, at: '07:00' },
    subject: 'Ticket machines that people thank',
    stories: [
      {
        title: 'Ticket machines that people thank',
        text: 'Three buttons, one card slot, and a clerk behind glass who waves: the Basel experiment after a year.',
      },
      {
        title: 'Timber sleepers, a farewell',
        text: 'The last creosote works closes. What comes after is made of old bottles.',
      },
    ],
  },
  {
    number: 209,
    when: { days: 22, at: '07:00' },
    subject: 'The night mail train that still carries mail',
    stories: [
      {
        title: 'The night mail train that still carries mail',
        text: 'Every evening at 21:40 four yellow coaches leave Hamburg. Almost nobody knows.',
      },
      {
        title: 'Reading a clock at 200 metres',
        text: 'A short history of the station clock, with thanks to Hans Hilfiker.',
      },
    ],
  },
]

const digestFor = (resident: Resident, issue: Issue): Letter => ({
  id: `digest-${issue.number}-${resident}`,
  when: issue.when,
  from: digest,
  to: [residents[resident]],
  subject: issue.subject,
  html: page(issue, `${resident}-${issue.number}`),
  text: issue.stories.map(({ title, text }) => `${title}\n${text}`).join('\n\n'),
  headers: {
    'List-Id': 'Weekly Rail Digest <digest.railweekly.example>',
    'List-Unsubscribe': `<https://railweekly.example/unsubscribe/${resident}>, <mailto:leave@railweekly.example?subject=${resident}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    Precedence: 'bulk',
  },
  unread: issue.number === 212 ? [resident] : [],
  ...(issue.number < 211 ? { folders: { [resident]: 'Archive' } } : {}),
})

const shop: Person = { name: 'Kettle & Lamp', address: 'hello@kettleandlamp.example' }

const offerFor = (resident: Resident, name: string): Letter => ({
  id: `offer-${resident}`,
  when: { days: 2, at: '06:30' },
  from: shop,
  to: [residents[resident]],
  subject: `${name}, your autumn list is 20 % off until Sunday ☕🍂`,
  html: `<div style="background:#3d2a1e;padding:40px 0;text-align:center;font-family:Helvetica,Arial,sans-serif">
<img src="https://cdn.kettleandlamp.example/hero-autumn.jpg" width="560" height="280" alt="A kettle beside a window" style="max-width:100%">
<h1 style="color:#f6e7d2;font-size:32px;margin:24px 0 8px">Tea o'clock, all day</h1>
<p style="color:#dcc6a8;font-size:16px;margin:0 24px 24px">Everything on your list is 20&nbsp;% off until Sunday, midnight.</p>
<a href="https://kettleandlamp.example/list?u=${resident}" style="display:inline-block;background:#e8a33d;color:#2a1a0e;padding:14px 28px;border-radius:999px;text-decoration:none;font-weight:bold">See my list</a>
<p style="color:#a58c6f;font-size:12px;margin-top:32px">Kettle &amp; Lamp. <a style="color:#a58c6f" href="https://kettleandlamp.example/leave?u=${resident}">Leave this list</a></p>
<img src="https://t.kettleandlamp.example/p.png?u=${resident}" width="1" height="1" alt=""></div>`,
  text: 'Everything on your list is 20 % off until Sunday, midnight.\nhttps://kettleandlamp.example/list',
  headers: { 'List-Unsubscribe': '<mailto:leave@kettleandlamp.example>', Precedence: 'bulk' },
  unread: resident === 'bob' ? [] : [resident],
})

export const newsLetters: readonly Letter[] = [
  ...issues.flatMap((issue) => (['alice', 'bob', 'carol'] as const).map((who) => digestFor(who, issue))),
  offerFor('alice', 'Alice'),
  offerFor('carol', 'Carol'),
]

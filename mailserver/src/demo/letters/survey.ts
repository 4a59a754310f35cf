// The project everybody in the demo works on: platform 2 of the station at Ostrava. Threads among the three and
// the people they build with.
import type { Letter } from '../model'
import { alice, anders, bob, carol, hana, ingrid, joao, mel, priit, priya, tomas } from '../people'
import { planDrawing, stationAtDusk } from '../picture'
import { xlsx } from '../sheet'
import { drawing, levels, noiseGrid, picture } from './survey-files'

export const surveyLetters: readonly Letter[] = [
  {
    id: 'drawings-1',
    when: { minutes: 38 },
    from: ingrid,
    to: [alice],
    cc: [bob, carol],
    subject: 'Platform survey — revised drawings',
    text: `Good morning,

The stair core moves 400 mm east; everything else holds. I have marked the two sections that change, and left the old line in red on the plan so that you can see what went where.

Nothing in the canopy is touched, so João can keep cutting steel. The tactile paving follows the new edge (sheet 2, note 2).

If you agree, I will issue r7 for construction on Monday.

Ingrid`,
    attachments: [
      drawing('drawings-r7', 'Sections, revision 7'),
      picture('plan-r7.png', planDrawing()),
      levels,
    ],
    unread: ['alice', 'carol'],
    starred: ['alice'],
    labels: ['Urgent'],
  },
  {
    id: 'thursday-1',
    when: { days: 2, at: '11:05' },
    from: tomas,
    to: [alice, ingrid],
    cc: [bob],
    subject: 'Thursday review in Ostrava',
    text: `Dear both,

The contractor can see us on Thursday. Would ten in the morning suit you? We have the site office to ourselves until lunch.

Tomás`,
  },
  {
    id: 'thursday-2',
    when: { days: 1, at: '16:20' },
    from: alice,
    to: [tomas, ingrid],
    cc: [bob],
    subject: 'Re: Thursday review in Ostrava',
    answers: 'thursday-1',
    quotes: 'below',
    text: `Could we do the afternoon instead? The survey team is only free before lunch, and I would rather walk the platform with their numbers in hand.

Alice`,
  },
  {
    id: 'thursday-3',
    when: { days: 1, at: '17:02' },
    from: ingrid,
    to: [alice, tomas],
    cc: [bob],
    subject: 'Re: Thursday review in Ostrava',
    answers: 'thursday-2',
    quotes: 'below',
    text: 'Afternoon is fine for me. I will bring the printed set.\n\nIngrid',
  },
  {
    id: 'thursday-4',
    when: { minutes: 82 },
    from: tomas,
    to: [alice, ingrid],
    cc: [bob],
    subject: 'Re: Thursday review in Ostrava',
    answers: 'thursday-3',
    quotes: 'below',
    text: `Good morning both,

Confirmed for 14:00. The train gets in at 13:12, so we have time to walk the platform before we sit down. I have put the revised sections in the shared folder and attached the two that changed.

Ingrid, could you bring the 1:50 of the stair core? The contractor will be in the room for the first half hour.

Tomás`,
    attachments: [drawing('sections-r7', 'Sections, revision 7'), levels],
    unread: ['alice', 'bob'],
  },
  {
    id: 'keys-1',
    when: { days: 1, at: '18:40' },
    from: alice,
    to: [priya],
    subject: 'keys for the site office',
    text: 'Hi Priya,\n\nI am in Ostrava on Wednesday night and would like to get into the site office early. Who has the keys?\n\nAlice',
  },
  {
    id: 'keys-2',
    when: { minutes: 205 },
    from: priya,
    to: [alice],
    subject: 'Re: keys for the site office',
    answers: 'keys-1',
    quotes: 'below',
    text: 'Left them with reception under your name, they close at six. The blue one is for the gate.\n\nPriya',
    folders: { alice: 'Inbox' },
    unread: ['alice'],
  },
  {
    id: 'noise-1',
    when: { days: 6, at: '09:12' },
    from: hana,
    to: [alice, mel],
    cc: [bob],
    subject: 'Noise survey: which week works?',
    text: `Hello,

The housing association wants the night measurements before we pour the canopy footings. Weeks 48 to 50 are open on our side; week 50 has the tamping machine on platform 3, which I would rather not measure.

Hana`,
    labels: ['Travel'],
  },
  {
    id: 'noise-2',
    when: { days: 6, at: '10:31' },
    from: mel,
    to: [hana, alice],
    cc: [bob],
    subject: 'Re: Noise survey: which week works?',
    answers: 'noise-1',
    quotes: 'below',
    text: 'Either is fine for the instruments. I need somebody who can open the stair core at 22:00 and close it at 06:00.\n\nMel',
  },
  {
    id: 'noise-3',
    when: { days: 5, at: '08:47' },
    from: bob,
    to: [hana, alice, mel],
    subject: 'Re: Noise survey: which week works?',
    answers: 'noise-2',
    quotes: 'below',
    text: 'I can do the opening and closing in week 49. Week 48 I am on the Brno site.\n\nBob',
  },
  {
    id: 'noise-4',
    when: { days: 5, at: '09:20' },
    from: alice,
    to: [hana, bob, mel],
    subject: 'Re: Noise survey: which week works?',
    answers: 'noise-3',
    quotes: 'below',
    text: "Week 49 then. I'll book the instruments and send you the grid.\n\nAlice",
  },
  {
    id: 'noise-5',
    when: { days: 1, at: '14:08' },
    from: hana,
    to: [alice, bob, mel],
    subject: 'Re: Noise survey: which week works?',
    answers: 'noise-4',
    quotes: 'below',
    text: 'The association agrees. I attach the grid with who is where; please shout if a night does not work.\n\nHana',
    attachments: [noiseGrid],
    unread: ['bob'],
    labels: ['Travel'],
  },
  {
    id: 'steel-1',
    when: { days: 3, at: '13:15' },
    from: joao,
    to: [bob],
    cc: [alice],
    subject: 'Canopy steel: columns C4 to C9 are galvanised',
    text: `Bob,

C4 to C9 came out of the bath this morning and look good, photograph attached. Two of the base plates need their holes opened by 2 mm, which we do here.

Delivery on the 2nd, by rail if platform 3 is free, else by road at night.

João`,
    attachments: [picture('columns-in-the-hall.png', stationAtDusk())],
    starred: ['bob'],
    unread: ['alice'],
    folders: { alice: 'Clients/Ostrava Rail' },
  },
  {
    id: 'steel-2',
    when: { days: 3, at: '15:02' },
    from: bob,
    to: [joao],
    cc: [alice, hana],
    subject: 'Re: Canopy steel: columns C4 to C9 are galvanised',
    answers: 'steel-1',
    quotes: 'below',
    text: 'By road, please: platform 3 is closed for tamping until the 5th. I will have the crane from 23:00.\n\nBob',
    folders: { alice: 'Clients/Ostrava Rail' },
  },
  {
    id: 'budget-1',
    when: { days: 4, at: '10:00' },
    from: carol,
    to: [alice, bob],
    subject: 'Phase one: where we stand at the end of November',
    text: `Both,

The short version: 3.1 % under budget, with the canopy contingency untouched. The long version is in the sheet.

Two things I need from you by Friday:

1. Alice: is the moved stair core a variation, or inside the design allowance?
2. Bob: night hours for week 49, so that I can book them in the right month.

Carol`,
    attachments: [
      {
        filename: 'phase-one-november.xlsx',
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: xlsx('November', [
          ['Item', 'Budget', 'Booked', 'Forecast'],
          ['Canopy steel', 412000, 280400, 409800],
          ['Stair core', 188000, 96500, 191200],
          ['Tactile paving', 54000, 0, 52700],
          ['Noise survey', 18500, 6200, 17900],
          ['Contingency', 60000, 0, 60000],
        ]),
      },
    ],
    starred: ['alice', 'bob'],
  },
  {
    id: 'budget-2',
    when: { days: 4, at: '11:42' },
    from: alice,
    to: [carol],
    cc: [bob],
    subject: 'Re: Phase one: where we stand at the end of November',
    answers: 'budget-1',
    quotes: 'below',
    text: 'Inside the allowance: the core is the same core, 400 mm further east. Ingrid has it in writing from the contractor.\n\nAlice',
  },
  {
    id: 'budget-3',
    when: { days: 3, at: '17:30' },
    from: bob,
    to: [carol],
    cc: [alice],
    subject: 'Re: Phase one: where we stand at the end of November',
    answers: 'budget-2',
    quotes: 'below',
    text: '32 night hours, all in December.\n\nBob',
    unread: ['carol'],
  },
  {
    id: 'contractor-1',
    when: { days: 7, at: '15:55' },
    from: priit,
    to: [bob, alice],
    subject: 'Site diary, week 46',
    text: `Diary for the week, in short:

- Mon to Wed: breaking out the old stair. No surprises in the slab.
- Thu: found the 1936 cable duct where no drawing has it. Photographed, covered, reported to Hana.
- Fri: rain, 31 mm. Pumps held.

People on site: 14 on average. Accidents: none. Near misses: one (loose board, fixed the same hour).

Priit`,
    folders: { alice: 'Clients/Ostrava Rail', bob: 'Clients/Ostrava Rail' },
  },
  {
    id: 'contractor-2',
    when: { minutes: 260 },
    from: priit,
    to: [bob, alice],
    cc: [hana],
    subject: 'Site diary, week 47',
    text: `Diary for the week:

- Mon: duct moved, with the cable people present all day.
- Tue to Thu: footings F1 to F6, concrete tested, all cubes taken.
- Fri: survey points handed over to the Turku team.

People on site: 16. Accidents: none. Near misses: none.

Priit`,
    unread: ['bob'],
    folders: { alice: 'Clients/Ostrava Rail' },
  },
  {
    id: 'anders-review',
    when: { days: 8, at: '12:10' },
    from: anders,
    to: [alice],
    cc: [carol],
    subject: 'Second opinion on the canopy: done, with two remarks',
    html: `<p>Dear Alice,</p>
<p>We have gone through the canopy calculation and agree with it. Two remarks:</p>
<ol>
<li>The snow load is taken from the 2010 map. The <b>2023 map gives 0.2 kN/m² more</b>; the columns carry it easily, the purlins at 94&nbsp;% do, but it should say so.</li>
<li>Please show the drainage at C6. Water that has nowhere to go is the one load nobody calculates.</li>
</ol>
<table border="1" cellpadding="6" cellspacing="0" style="border-collapse:collapse">
<tr><th align="left">Member</th><th>Use, 2010 map</th><th>Use, 2023 map</th></tr>
<tr><td>Columns C4–C9</td><td align="right">61 %</td><td align="right">66 %</td></tr>
<tr><td>Purlins</td><td align="right">87 %</td><td align="right">94 %</td></tr>
<tr><td>Base plates</td><td align="right">58 %</td><td align="right">63 %</td></tr>
</table>
<p>With kind regards<br>Anders Lindqvist<br><span style="color:#667">Lindqvist &amp; Partners, structural review</span></p>`,
    text: 'Dear Alice,\n\nWe have gone through the canopy calculation and agree with it, with two remarks: the snow load (take the 2023 map) and the drainage at C6.\n\nAnders Lindqvist',
    starred: ['alice'],
  },
]

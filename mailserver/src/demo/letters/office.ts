// The three among themselves: short, quick, now and then about lunch.
import type { Letter, Person } from '../model'
import { alice, bob, carol } from '../people'

interface Turn {
  from: Person
  to: readonly Person[]
  when: Letter['when']
  text: string
  unread?: Letter['unread']
  folders?: Letter['folders']
}

const conversation = (id: string, subject: string, turns: readonly Turn[]): Letter[] =>
  turns.map((turn, index) => ({
    ...turn,
    id: `${id}-${index + 1}`,
    subject: index === 0 ? subject : `Re: ${subject}`,
    ...(index === 0 ? {} : { answers: `${id}-${index}`, quotes: 'below' as const }),
  }))

export const officeLetters: readonly Letter[] = [
  ...conversation('lunch', 'Lunch on Thursday after the review?', [
    {
      from: bob,
      to: [alice, carol],
      when: { minutes: 150 },
      text: 'There is a place two streets from the station that does proper svíčková. Who is in?\n\nBob',
    },
    {
      from: carol,
      to: [bob, alice],
      when: { minutes: 131 },
      text: 'I am not even going to be in Ostrava and I am in. Bring me dumplings.\n\nCarol',
      unread: ['alice'],
    },
    {
      from: alice,
      to: [bob, carol],
      when: { minutes: 118 },
      text: 'In, if we sit down by 12:30. The contractor comes at two.\n\nAlice',
      unread: ['carol'],
    },
    {
      from: bob,
      to: [alice, carol],
      when: { minutes: 55 },
      text: 'Table for three at 12:15, one chair for the dumplings.\n\nBob',
      unread: ['alice', 'carol'],
    },
  ]),
  ...conversation('handover', 'Handover while I am away', [
    {
      from: carol,
      to: [alice, bob],
      when: { days: 9, at: '16:45' },
      text: 'I am off from the 14th to the 20th. Invoices that cannot wait go to Bob, everything with a deadline to Alice. The list is in the shared folder and it is short, I promise.\n\nCarol',
    },
    {
      from: bob,
      to: [carol],
      when: { days: 9, at: '17:03' },
      text: 'I will pay for everything twice, just to be sure.\n\nBob',
    },
    { from: carol, to: [bob], when: { days: 9, at: '17:05' }, text: 'I knew I could rely on you.\n\nCarol' },
  ]),
  ...conversation('printer', 'The plotter again', [
    {
      from: alice,
      to: [carol],
      when: { days: 5, at: '08:15' },
      text: 'It eats A1 from the left side only. Is the service contract still running?\n\nAlice',
      folders: { carol: 'Archive' },
    },
    {
      from: carol,
      to: [alice],
      when: { days: 5, at: '09:02' },
      text: 'Until March. They come tomorrow before ten; please leave the failed sheets beside it, they want to see the teeth marks.\n\nCarol',
      folders: { alice: 'Archive' },
    },
    {
      from: alice,
      to: [carol],
      when: { days: 4, at: '10:20' },
      text: 'Fixed. It was a paper clip.\n\nAlice',
      folders: { carol: 'Archive' },
    },
  ]),
  ...conversation('photos', 'Photographs for the December report', [
    {
      from: carol,
      to: [bob],
      when: { days: 2, at: '13:30' },
      text: 'I need four photographs for the December report: the footings, the columns if they are there, people at work (with helmets, please), and one that is simply beautiful.\n\nCarol',
    },
    {
      from: bob,
      to: [carol],
      when: { days: 2, at: '19:48' },
      text: 'Footings and helmets tomorrow. For the beautiful one I need fog.\n\nBob',
      unread: ['carol'],
    },
  ]),
  ...conversation('train', 'Which train on Wednesday', [
    {
      from: alice,
      to: [bob],
      when: { days: 3, at: '08:30' },
      text: 'I take the 17:08 on Wednesday and sleep in Ostrava. Do you come with me or in the morning?\n\nAlice',
    },
    {
      from: bob,
      to: [alice],
      when: { days: 3, at: '08:52' },
      text: '17:08. I will keep you a seat in the quiet coach, and be quiet.\n\nBob',
    },
  ]),
  ...conversation('minutes', 'Minutes of Monday', [
    {
      from: alice,
      to: [bob, carol],
      when: { days: 12, at: '11:00' },
      text: `Minutes, as short as the meeting:

1. Stair core: Ingrid proposes 400 mm east. Bob checks the duct.
2. Noise survey: before the footings. Hana asks the association.
3. Money: no change.
4. Next time: Monday, nine.

Alice`,
      folders: { bob: 'Archive', carol: 'Archive' },
    },
    {
      from: bob,
      to: [alice, carol],
      when: { days: 12, at: '11:24' },
      text: 'On 1: the duct is where no drawing has it, but not where we want to go. Fine from me.\n\nBob',
      folders: { alice: 'Archive', carol: 'Archive' },
    },
  ]),
  ...conversation('welcome', 'Welcome to Posthorn', [
    {
      from: carol,
      to: [alice, bob],
      when: { days: 21, at: '09:00' },
      text: `Hello both,

this is the new mail. What you knew still works; what is new is quick. Three things worth knowing:

- Press ? for the keys, Ctrl-K for everything else.
- Every delete can be undone, from the note it leaves at the bottom.
- Pictures from outside stay out until you ask for them.

If anything is odd, write to me. If nothing is odd, write to me too.

Carol`,
      folders: { alice: 'Archive' },
    },
    {
      from: alice,
      to: [carol],
      when: { days: 21, at: '09:31' },
      text: 'Nothing is odd. Suspicious.\n\nAlice',
      folders: { carol: 'Archive' },
    },
  ]),
  {
    id: 'many',
    when: { days: 10, at: '15:00' },
    from: carol,
    to: [
      alice,
      bob,
      ...[
        'Ada Brandt',
        'Bruno Keller',
        'Cécile Dubois',
        'Dmitri Orlov',
        'Elif Şahin',
        'Farid Mansour',
        'Greta Holm',
        'Hugo Martins',
        'Ines Kovač',
        'Jonas Berg',
        'Kaja Nowak',
        'Liam Byrne',
        'Maja Lund',
        'Nils Eriksen',
        'Oona Virtanen',
        'Pavel Dvořák',
        'Quentin Roy',
        'Rosa Blanco',
        'Sami Haddad',
        'Tova Lindgren',
      ].map((name, index) => ({ name, address: `guest${index + 1}@platform-two.example` })),
    ],
    subject: 'Open house on the site, 12 December: who comes?',
    text: 'Dear neighbours, builders and travellers,\n\non 12 December the site is open from ten to four. There will be helmets for everybody, soup, and the stair core from the inside.\n\nPlease tell me how many you are, so that there is enough soup.\n\nCarol Jiménez',
  },
]

// Junk, Trash, Drafts, and what else fills a mailbox that has been used for a while.
import type { Letter, Person, Resident } from '../model'
import { alice, anders, bob, carol, hana, ingrid, joao, priit, priya, residents, tomas } from '../people'

const everybody: readonly Resident[] = ['alice', 'bob', 'carol']

const junk = (resident: Resident): Letter[] => {
  const [first = ''] = residents[resident].name.split(' ')
  const spam: readonly { from: Person; subject: string; text: string; days: number }[] = [
    {
      from: { name: 'Posthorn Security', address: 'support@p0sthorn-account.example' },
      subject: 'Your mailbox will be closed in 24 hours',
      text: `Dear ${first},\n\nyour mailbox is full. Confirm your password within 24 hours: https://p0sthorn-account.example/confirm\n`,
      days: 1,
    },
    {
      from: { name: 'Dr. Felix Umber', address: 'f.umber@inheritance.example' },
      subject: 'Confidential: 12.4 million',
      text: 'Dear friend,\n\nI write to you in confidence about the estate of a late client who bears your name.\n',
      days: 3,
    },
    {
      from: { name: 'Cheap Roofing', address: 'deals@roof-roof.example' },
      subject: 'ROOFS!!! from 9.99 per m²',
      text: 'Roofs! Roofs! Roofs!\n',
      days: 6,
    },
  ]
  return spam.map(({ from, subject, text, days }, index) => ({
    id: `junk-${resident}-${index}`,
    when: { days, at: `0${3 + index}:3${index}` },
    from,
    to: [residents[resident]],
    subject,
    text,
    headers: { 'X-Demo-Checks': 'fail', 'X-Spam-Flag': 'YES' },
    folders: { [resident]: 'Junk' },
    unread: [resident],
  }))
}

const drafts: readonly Letter[] = [
  {
    id: 'draft-alice-1',
    when: { minutes: 20 },
    from: alice,
    to: [tomas, ingrid],
    subject: 'Re: Thursday review in Ostrava',
    answers: 'thursday-4',
    quotes: 'below',
    text: 'Perfect, thank you. I’ll bring the 1:50 and the levels table; the drawing set is attached.\n\nTwo things to settle before the contractor joins:\n\n1. who signs the noise survey\n2. whether the canopy stays in phase one\n\nAlice',
    folders: { alice: 'Drafts' },
  },
  {
    id: 'draft-alice-2',
    when: { days: 2, at: '22:10' },
    from: alice,
    to: [],
    subject: 'Things nobody tells you about platforms',
    text: 'A talk, maybe. Start with the bench every 25 m.\n',
    folders: { alice: 'Drafts' },
  },
  {
    id: 'draft-bob-1',
    when: { days: 1, at: '07:40' },
    from: bob,
    to: [priit],
    subject: 'Pumps',
    text: 'Priit,\n\nabout the pumps: \n',
    folders: { bob: 'Drafts' },
  },
  {
    id: 'draft-carol-1',
    when: { days: 1, at: '18:20' },
    from: carol,
    to: [priya],
    subject: 'Lease: one question',
    text: 'Dear Priya,\n\nthank you for the lease. One question about the heating, ',
    folders: { carol: 'Drafts' },
  },
]

interface Note {
  from: Person
  to: readonly Person[]
  subject: string
  text: string
}

/** Older correspondence, a day or two apart, back to late summer: what an archive is made of. */
const notes: readonly Note[] = [
  {
    from: joao,
    to: [bob, alice],
    subject: 'Base plates: holes opened',
    text: 'Done this morning, 2 mm each, deburred.\n\nJoão',
  },
  {
    from: hana,
    to: [alice, carol],
    subject: 'Permit for night work, December',
    text: 'The permit is signed. Copy on paper at the site office, number 4471/26.\n\nHana',
  },
  {
    from: bob,
    to: [hana],
    subject: 'The duct that was on no drawing',
    text: 'Two photographs and a sketch are in the shared folder. It carries nothing live, says the cable team.\n\nBob',
  },
  {
    from: tomas,
    to: [alice, bob, carol],
    subject: 'Timetable change on 13 December',
    text: 'From the 13th the 13:12 arrives at 13:04. We gain eight minutes of platform.\n\nTomás',
  },
  {
    from: carol,
    to: [priya],
    subject: 'Deposit for the site office',
    text: 'Dear Priya,\n\nthe deposit went out this morning.\n\nCarol',
  },
  {
    from: priya,
    to: [carol, alice],
    subject: 'Deposit received',
    text: 'With thanks. The receipt is on its way from Billing.\n\nPriya',
  },
  {
    from: alice,
    to: [ingrid],
    subject: 'Stair core: could it move?',
    text: 'Ingrid,\n\nwhat would it take to move the core half a metre east? The queue at the foot of the stairs is my only worry on this platform.\n\nAlice',
  },
  {
    from: ingrid,
    to: [alice],
    subject: 'Re: Stair core: could it move?',
    text: '400 mm, and one beam. I draw it.\n\nIngrid',
  },
  {
    from: priit,
    to: [bob, carol],
    subject: 'Gate code',
    text: 'Changed on Monday. Ask me on the telephone.\n\nPriit',
  },
  {
    from: anders,
    to: [alice, bob],
    subject: 'Canopy calculation received',
    text: 'We have everything. You hear from us within ten days.\n\nAnders',
  },
  {
    from: bob,
    to: [carol, alice],
    subject: 'Helmets',
    text: 'Twenty more, please, for the open house; ten of them small.\n\nBob',
  },
  {
    from: carol,
    to: [bob, alice],
    subject: 'Re: Helmets',
    text: 'Ordered: twenty, twelve small, two with stickers.\n\nCarol',
  },
  {
    from: hana,
    to: [bob, alice, carol],
    subject: 'Association meeting: went well',
    text: 'They worry about noise and not about the canopy. They would like the measurements before Christmas.\n\nHana',
  },
  {
    from: tomas,
    to: [carol, bob],
    subject: 'Purchase order 88-1904',
    text: 'Signed and in the system. You may invoice monthly.\n\nTomás',
  },
  {
    from: alice,
    to: [tomas, carol],
    subject: 'Offer for phase one',
    text: 'Dear Tomás,\n\nas discussed: the offer, unchanged in its sum, with the stair core as drawn.\n\nAlice',
  },
  {
    from: joao,
    to: [carol, bob],
    subject: 'Steel prices hold until January',
    text: 'The mill confirms the price until 15 January.\n\nJoão',
  },
  {
    from: ingrid,
    to: [alice, bob, carol],
    subject: 'Summer pictures of the old hall',
    text: 'Sixty pictures of the hall before the scaffolding, for whoever misses it already.\n\nIngrid',
  },
  {
    from: bob,
    to: [priit, alice],
    subject: 'Start on site: Monday',
    text: 'Fences at six, people at seven, coffee at nine.\n\nBob',
  },
  { from: priit, to: [bob], subject: 'Re: Start on site: Monday', text: 'Coffee at six.\n\nPriit' },
  {
    from: hana,
    to: [carol],
    subject: 'Insurance certificate',
    text: 'Received, filed, valid until the end of next year. Thank you.\n\nHana',
  },
  {
    from: carol,
    to: [alice, bob],
    subject: 'Holidays until New Year, please',
    text: 'Write your days into the list by Friday, or I do it for you.\n\nCarol',
  },
  {
    from: anders,
    to: [carol],
    subject: 'Fee proposal for the second opinion',
    text: 'Two days, as agreed on the telephone.\n\nAnders',
  },
  {
    from: priya,
    to: [bob, alice],
    subject: 'Heating in the site office',
    text: 'The fitter comes on Tuesday between eight and ten. Please leave the key with the neighbour.\n\nPriya',
  },
  {
    from: tomas,
    to: [bob, alice, carol],
    subject: 'Lost property',
    text: 'One umbrella, blue, and a 1:50 model of a staircase. Whose?\n\nTomás',
  },
]

const clients: ReadonlySet<Person> = new Set([hana, tomas, priit, joao])

const olderLetters: readonly Letter[] = notes.map((note, index) => {
  const folder =
    note.from === priya ? 'Clients/Brightwater' : clients.has(note.from) ? 'Clients/Ostrava Rail' : 'Archive'
  const written = everybody.find((who) => residents[who] === note.from)
  const previous = notes.findIndex(({ subject }) => `Re: ${subject}` === note.subject)
  return {
    ...note,
    id: `older-${index}`,
    when: { days: 14 + Math.floor(index * 2.6), at: `${8 + (index % 10)}:${10 + ((index * 17) % 49)}` },
    ...(previous >= 0 ? { answers: `older-${previous}`, quotes: 'below' as const } : {}),
    folders: Object.fromEntries(everybody.filter((who) => who !== written).map((who) => [who, folder])),
  }
})

/** Answers are dated after what they answer: the list above runs backwards in time otherwise. */
const inOrder = olderLetters.map((letter) => {
  const before = olderLetters.find(({ id }) => id === letter.answers)
  return before && 'days' in before.when
    ? { ...letter, when: { days: before.when.days - 1, at: '09:40' } }
    : letter
})

const trash: readonly Letter[] = everybody.map((who) => ({
  id: `trash-${who}`,
  when: { days: 4, at: '12:12' },
  from: { name: 'Parcel Post', address: 'noreply@parcelpost.example' },
  to: [residents[who]],
  subject: 'Your parcel has been delivered to a neighbour',
  text: 'Your parcel is with: Novák, ground floor.\n',
  folders: { [who]: 'Trash' },
}))

export const cornerLetters: readonly Letter[] = [...everybody.flatMap(junk), ...drafts, ...inOrder, ...trash]

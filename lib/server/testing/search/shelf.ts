// A mailbox to search, as plain facts: what each letter says, where it lies and what it carries. The same seed gives
// the same letters. What is looked for in them stands in wishes.ts, and is evaluated from these facts alone.
import type { SendMailOptions } from 'nodemailer'
import type { Mailbox } from '@/e2e/servers/mailbox'
import { letter } from '@/e2e/stories/letters'
import { random } from '../../html/testing/generate'

export interface Person {
  name: string
  address: string
}

export interface Lettered {
  /** Stands at the end of its subject. */
  id: string
  folder: string
  from: Person
  to: Person[]
  cc: Person[]
  bcc: Person[]
  subject: string
  body: string
  list: string
  files: string[]
  flags: string[]
  keywords: string[]
  at: Date
  bytes: Buffer
}

export const people: readonly Person[] = [
  { name: 'Ada Lovelace', address: 'ada@example.org' },
  { name: 'Jörg Weiß', address: 'joerg@koeln.example' },
  { name: '高橋 健', address: 'takahashi@example.jp' },
  { name: 'Omar Haddad', address: 'omar.h@shop.example' },
  { name: '', address: 'no-reply@shop.example' },
  { name: 'Marsh, Bob', address: 'bob@posthorn.test' },
]
const subjects = [
  'Tea on Thursday',
  'Engine notes',
  'Überblick der Woche',
  '会議の件について',
  'قائمة المشتريات',
  'Re: (draft) 50% off, "now"',
  `A subject so long that it is folded ${'and folded again '.repeat(6)}until it ends`,
]
const sentences = [
  'Bring the garden chairs at four.',
  'Grüße aus Köln, und bis bald.',
  '来週の会議は三時からです。',
  'The engine weaves algebraic patterns.',
  'Tea is in the cupboard (left side).',
  'Please answer by Thursday: it is urgent!',
  'نلتقي غدا في الحديقة.',
  'See https://example.org/a?b=1 for the plan.',
]
const files = ['notes.pdf', 'Angebot März.pdf', '見積書.xlsx', 'PHOTO.JPG']
const lists = ['', '', '', '<talk.example.org>', 'Garden club <garden.lists.example>']
export const keywords = ['todo', '$label1', '$label4', 'Reise']
export const folders = ['INBOX', 'Work', 'Work/Inside', '会議', 'Archive', 'Junk', 'Trash'] as const
/** Far from each age that is asked for, so that no hour of the day decides. */
export const daysOld = [2, 5, 12, 20, 45, 75, 120, 200, 300, 420, 800] as const

export const dayMs = 24 * 3600 * 1000

export const chance = (seed: number) => {
  const next = random(seed)
  const below = (count: number): number => Math.floor(next() * count)
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T
  /** Each of them as often as not is too often. */
  const some = <T>(list: readonly T[], share: number): T[] => list.filter(() => next() < share)
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((item) => ({ item, place: next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item)
  return { next, below, one, some, shuffled }
}
export type Chance = ReturnType<typeof chance>

const page = (lines: string[]): string =>
  `<html><body>${lines.map((line) => `<p>${line}</p>`).join('\r\n')}</body></html>`

/** Plain, a page, or both; whatever the letters are sent as. */
const shape = ({ one }: Chance, lines: string[]): SendMailOptions => {
  const form = one(['plain', 'plain', 'page', 'both'])
  return {
    text: form === 'page' ? undefined : lines.join('\r\n'),
    html: form === 'plain' ? undefined : page(lines),
    textEncoding: one(['quoted-printable', 'base64']),
  }
}

const make = async (chance: Chance, nth: number, midday: number): Promise<Lettered> => {
  const { next, below, one, some } = chance
  const lines = some(sentences, 0.3)
  if (next() < 0.2) lines.push(...Array.from({ length: 1 + below(300) }, () => 'Padding that nobody reads.'))
  if (lines.length === 0) lines.push(one(sentences))
  const id = `no${String(nth).padStart(4, '0')}`
  const facts = {
    id,
    folder: one(folders),
    from: one(people),
    to: [one(people), ...some(people, 0.15)],
    cc: some(people, 0.15),
    bcc: some(people, 0.1),
    subject: `${one(subjects)} ${id}`,
    body: lines.join('\n'),
    list: one(lists),
    files: some(files, 0.12),
    flags: some(['\\Seen', '\\Flagged', '\\Answered', '\\Draft'], 0.4),
    keywords: some(keywords, 0.2),
    // No two at one time: the order of the hits is told, too.
    at: new Date(midday - one(daysOld) * dayMs + nth * 1000),
  }
  const { files: names, list, at, ...said } = facts
  const bytes = await letter({
    from: said.from,
    to: said.to,
    cc: said.cc,
    bcc: said.bcc,
    subject: said.subject,
    date: at,
    ...shape(chance, lines),
    attachments: names.map((filename) => ({ filename, content: Buffer.from([0x25, 0, 0xff, nth & 0xff]) })),
    headers: list ? { 'List-Id': list } : {},
  })
  return { ...facts, bytes }
}

/** Noon, so that the day is the same wherever the server thinks it stands. */
export const middayOf = (now: Date): number => Date.parse(`${now.toISOString().slice(0, 10)}T12:00:00Z`)

export const makeShelf = async (count: number, seed: number): Promise<Lettered[]> => {
  const midday = middayOf(new Date())
  const all: Lettered[] = []
  const dice = chance(seed)
  for (let nth = 0; nth < count; nth++) all.push(await make(dice, nth, midday))
  return all
}

export const putShelf = async ({ client, append }: Mailbox, shelf: readonly Lettered[]): Promise<void> => {
  const there = new Set((await client.list()).map(({ path }) => path))
  for (const folder of folders) if (!there.has(folder)) await client.mailboxCreate(folder)
  for (const { folder, flags, keywords: labels, at, bytes } of shelf)
    await append({ folder, flags: [...flags, ...labels], date: at, raw: bytes })
}

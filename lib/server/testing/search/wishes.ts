// What is looked for, twice: as a person types it, and as a plain question to the facts of a letter. Invariant: nothing
// here asks the product's parser or its query, so that a fault of either is a difference.
import { type Chance, dayMs, daysOld, type Lettered, type Person } from './shelf'

export interface Wish {
  typed: string
  /** How tightly it binds: an `or` beside something, and either behind a minus, needs parentheses. */
  kind: 'one' | 'and' | 'or'
  holds: (letter: Lettered) => boolean
  /** Says itself where to look. */
  placed: 'yes' | 'no'
}

const has = (text: string, wanted: string): boolean =>
  text.normalize('NFC').toLowerCase().includes(wanted.normalize('NFC').toLowerCase())
const isOf = (some: readonly Person[], wanted: string): boolean =>
  some.some(({ name, address }) => has(name, wanted) || has(address, wanted))

const one = (typed: string, holds: Wish['holds'], placed: Wish['placed'] = 'no'): Wish => ({
  typed,
  kind: 'one',
  holds,
  placed,
})
const written = (value: string): string => (/[\s()"]/.test(value) ? `"${value}"` : value)

const names = [
  'ada',
  'LOVELACE',
  'Ada Lovelace',
  'jörg',
  'weiß',
  '高橋',
  'example',
  'shop.example',
  'nobody',
  'marsh',
]
const words = [
  'tea',
  'THURSDAY',
  'engine notes',
  'überblick',
  '会議',
  '件',
  'قائمة',
  'the',
  'garden chairs',
  'köln',
  'x',
  '50%',
  '(left side)',
  'folded again and',
  'b=1',
  'nothing-has-this',
  "isn't",
  'الحديقة',
]
const titles = ['notes', 'NOTES.PDF', 'märz', 'angebot märz', '見積', '.jpg', 'other', '.']
const places: Record<string, readonly string[]> = {
  inbox: ['INBOX'],
  Inbox: ['INBOX'],
  work: ['Work'],
  inside: ['Work/Inside'],
  'Work/Inside': ['Work/Inside'],
  会議: ['会議'],
  archive: ['Archive'],
  junk: ['Junk'],
  SPAM: ['Junk'],
  trash: ['Trash'],
  bin: ['Trash'],
  nowhere: [],
}
const labels: Record<string, string> = {
  todo: 'todo',
  Important: '$label1',
  'to do': '$label4',
  $label4: '$label4',
  reise: 'Reise',
  unknown: 'unknown',
}
const states: Record<string, (flags: readonly string[]) => boolean> = {
  unread: (flags) => !flags.includes('\\Seen'),
  read: (flags) => flags.includes('\\Seen'),
  Starred: (flags) => flags.includes('\\Flagged'),
  answered: (flags) => flags.includes('\\Answered'),
  draft: (flags) => flags.includes('\\Draft'),
}
const ages = { '1d': 1, '8d': 8, '2w': 14, '1m': 30, '2m': 60, '1y': 365, '9999d': 9999 }
const sizes = { '300': 300, '1k': 1024, '2KB': 2048, '1.5k': 1536, '4k': 4096, '1m': 1_048_576 }

const texts: Record<string, (letter: Lettered, wanted: string) => boolean> = {
  from: ({ from }, wanted) => isOf([from], wanted),
  to: ({ to }, wanted) => isOf(to, wanted),
  cc: ({ cc }, wanted) => isOf(cc, wanted),
  bcc: ({ bcc }, wanted) => isOf(bcc, wanted),
  subject: ({ subject }, wanted) => has(subject, wanted),
  body: ({ body }, wanted) => has(body, wanted),
  filename: ({ files }, wanted) => files.some((name) => has(name, wanted)),
  list: ({ list }, wanted) => has(list, wanted),
}

const anywhere = (letter: Lettered, wanted: string): boolean =>
  ['from', 'to', 'cc', 'subject', 'body'].some((field) => texts[field]?.(letter, wanted))

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Every operator with every value that is asked for. */
export const alone = (shelf: readonly Lettered[], midday: number): Wish[] => {
  const field = (name: string, value: string) =>
    one(`${name}:${written(value)}`, (letter) => texts[name]?.(letter, value) ?? false)
  // The exact size, and the day itself: where "larger" and "before" end is what goes wrong.
  const exact = Object.fromEntries(shelf.slice(0, 3).map(({ bytes }) => [bytes.length, bytes.length]))
  const days = daysOld.map((days) => dayOf(new Date(midday - days * dayMs)))
  return [
    ...words.map((word) => one(written(word), (letter) => anywhere(letter, word))),
    ...['from', 'to', 'cc', 'bcc'].flatMap((name) => names.map((value) => field(name, value))),
    ...['subject', 'body'].flatMap((name) => words.map((value) => field(name, value))),
    ...titles.map((value) => field('filename', value)),
    ...['talk.example', 'Garden club', 'lists', 'none'].map((value) => field('list', value)),
    one('has:attachment', ({ files }) => files.length > 0),
    ...Object.entries(states).map(([word, is]) => one(`is:${word}`, ({ flags }) => is(flags))),
    ...Object.entries(places).map(([place, held]) =>
      one(`in:${written(place)}`, ({ folder }) => held.includes(folder), 'yes'),
    ),
    one('in:anywhere', () => true, 'yes'),
    ...Object.entries(labels).map(([name, keyword]) =>
      one(`label:${written(name)}`, ({ keywords }) => keywords.includes(keyword)),
    ),
    ...Object.entries({ ...sizes, ...exact }).flatMap(([typed, size]) => [
      one(`larger:${typed}`, ({ bytes }) => bytes.length > size),
      one(`smaller:${typed}`, ({ bytes }) => bytes.length < size),
    ]),
    ...days.flatMap((day) => [
      one(`before:${day}`, ({ at }) => dayOf(at) < day),
      one(`AFTER:${day.replaceAll('-', '/')}`, ({ at }) => dayOf(at) >= day),
    ]),
    ...Object.entries(ages).flatMap(([typed, days]) => [
      one(`older_than:${typed}`, ({ at }) => at.getTime() < midday - days * dayMs),
      one(`newer_than:${typed}`, ({ at }) => at.getTime() >= midday - days * dayMs),
    ]),
  ]
}

const wrapped = ({ typed }: Wish): string => `(${typed})`
const isPlaced = (of: readonly Wish[]): Wish['placed'] =>
  of.some(({ placed }) => placed === 'yes') ? 'yes' : 'no'

export const both = (of: readonly Wish[]): Wish => ({
  typed: of.map((wish) => (wish.kind === 'or' ? wrapped(wish) : wish.typed)).join(' '),
  kind: 'and',
  holds: (letter) => of.every(({ holds }) => holds(letter)),
  placed: isPlaced(of),
})

export const either = (of: readonly Wish[]): Wish => ({
  typed: of.map(({ typed }) => typed).join(' OR '),
  kind: 'or',
  holds: (letter) => of.some(({ holds }) => holds(letter)),
  placed: isPlaced(of),
})

export const without = (wish: Wish): Wish => ({
  // A minus behind a minus is a dash that somebody looks for.
  typed: `-${wish.kind === 'one' && !wish.typed.startsWith('-') ? wish.typed : wrapped(wish)}`,
  kind: 'one',
  holds: (letter) => !wish.holds(letter),
  placed: wish.placed,
})

const deepest = 3

/** Any of them combined, up to three deep; now and then in parentheses nobody needs. */
export const combined = (chance: Chance, leaves: readonly Wish[], depth = 0): Wish => {
  const { below, one: pick, next } = chance
  const inner = (): Wish => {
    const wish = depth < deepest && next() < 0.4 ? combined(chance, leaves, depth + 1) : pick(leaves)
    return next() < 0.1 ? { ...wish, typed: wrapped(wish), kind: 'one' } : wish
  }
  const kind = pick(['both', 'both', 'either', 'either', 'without'] as const)
  if (kind === 'without') return without(inner())
  const of = Array.from({ length: 2 + below(2) }, inner)
  return kind === 'both' ? both(of) : either(of)
}

// What SORT and THREAD keep of all contents of a user: read from the file beside the database, extended from its rows.
import type { Page, SortText } from '../../store/contract'
import type { Session } from '../session'
import { runsOf } from '../view'
import { Chains } from './chains'
import { Column } from './column'
import { isKept, keep, saveSoon, wasSaved, type Grown } from './kept'
import { floats, pack, positionsIn, unpack, valuesAt, type Growing } from './numbers'

const atOnce = 1_000
const fewAtOnce = 200
const fewOf = 8

interface Kept<Kind extends Grown> {
  name: string
  empty: () => Kind
  unpack: (bytes: Buffer) => Kind | null
  pack: (grown: Kind) => Buffer
  /** Adds what these pages hold, all of it read in one turn. */
  add: (grown: Kind, pages: readonly Page[]) => Promise<void>
}

// Not by the user: the numbers of a reindexed mailbox, or of another store with the same user, mean something else.
const keyOf = (session: Session, name: string) => `${session.mail.aside.born} ${name}`

const load = async <Kind extends Grown>(session: Session, kept: Kept<Kind>): Promise<Kind> => {
  const bytes = await session.mail.aside.read(kept.name)
  const found = bytes && kept.unpack(bytes)
  if (found) wasSaved(keyOf(session, kept.name), found.count)
  return found ?? kept.empty()
}

const extend = async <Kind extends Grown>(session: Session, grown: Kind, kept: Kept<Kind>) => {
  const last = session.mail.sorting.lastContent()
  while (grown.last < last) {
    const before = grown.last
    await kept.add(grown, [{ after: before, limit: atOnce }])
    // The last of them was dropped meanwhile.
    if (grown.last === before) return
    await session.out.breathe()
  }
}

const wholeOf = async <Kind extends Grown>(session: Session, kept: Kept<Kind>): Promise<Kind> => {
  const { mail } = session
  await mail.sorting.sortable()
  const key = keyOf(session, kept.name)
  const grown = await keep({
    key,
    make: () => load(session, kept),
    alive: () => mail.quota().messages,
    extend: (before) => extend(session, before, kept),
  })
  saveSoon(session, { key, name: kept.name, count: grown.count, pack: () => kept.pack(grown) })
  return grown
}

/** Few of a large account are read for themselves, and not kept. */
const knownOf = async <Kind extends Grown>(
  session: Session,
  kept: Kept<Kind>,
  contents: Float64Array,
): Promise<Kind> => {
  const { sorting } = session.mail
  const areFew = contents.length * fewOf < sorting.lastContent()
  if (!areFew || isKept(keyOf(session, kept.name))) return wholeOf(session, kept)
  await sorting.sortable()
  const grown = kept.empty()
  const all = [...new Set(contents.toSorted())]
  for (let at = 0; at < all.length; at += fewAtOnce) {
    // One that is gone meanwhile has left its place to a later one: that is not asked for again.
    const some = all.slice(at, at + fewAtOnce).filter((content) => content > grown.last)
    await kept.add(
      grown,
      runsOf(some).map(([from, to]) => ({ after: from - 1, limit: to - from + 1 })),
    )
    await session.out.breathe()
  }
  return grown
}

const columnKept = (session: Session, which: SortText): Kept<Column> => ({
  name: which,
  empty: () => new Column(),
  unpack: (bytes) => Column.unpack(bytes),
  pack: (column) => column.pack(),
  add: (column, pages) => {
    const { sorting } = session.mail
    const contents = pages.flatMap((page) => sorting.contents(page))
    const texts = pages.flatMap((page) => sorting.texts(which, page))
    return column.add({ contents, texts }, () => session.out.breathe())
  },
})

/** For each of `contents` its rank in the order of a text; equal texts have equal ranks. */
export const ranksOf = async (
  session: Session,
  contents: Float64Array,
  which: SortText,
): Promise<Float64Array> => {
  const column = await knownOf(session, columnKept(session, which), contents)
  return valuesAt(column.ranks, positionsIn(column.all, contents))
}

class Dates implements Grown {
  constructor(
    readonly contents: Growing = floats(),
    readonly dates: Growing = floats(),
  ) {}
  get count() {
    return this.contents.length
  }
  get last() {
    return this.contents.last
  }
  get cost() {
    return this.contents.cost + this.dates.cost
  }
}

const datesKept = (session: Session): Kept<Dates> => ({
  name: 'sent',
  empty: () => new Dates(),
  unpack: (bytes) => {
    const packed = unpack(bytes, 2)
    return packed && new Dates(packed.numbers[0], packed.numbers[1])
  },
  pack: ({ contents, dates }) => pack({ numbers: [contents, dates], text: '' }),
  add: async ({ contents, dates }, pages) => {
    const { sorting } = session.mail
    for (const page of pages) {
      for (const content of sorting.contents(page)) contents.push(content)
      for (const date of sorting.dates(page)) dates.push(date ?? NaN)
    }
  },
})

/** For each of `contents` the moment of its Date header, NaN where it cannot be read. */
export const datesOf = async (session: Session, contents: Float64Array): Promise<Float64Array> => {
  const { contents: all, dates } = await knownOf(session, datesKept(session), contents)
  return valuesAt(dates.values, positionsIn(all, contents))
}

const chainsKept = (session: Session): Kept<Chains> => ({
  name: 'kin',
  empty: () => Chains.empty(),
  unpack: (bytes) => Chains.unpack(bytes),
  pack: (chains) => chains.pack(),
  add: async (chains, pages) => {
    for (const page of pages) for (const kin of session.mail.sorting.kin(page)) chains.add(kin)
  },
})

export const chainsOf = (session: Session, contents: Float64Array): Promise<Chains> =>
  knownOf(session, chainsKept(session), contents)

/** Dates that somebody sorted by lately learn of what came since. */
export const catchUpDates = async (session: Session): Promise<void> => {
  const dates = datesKept(session)
  if (isKept(keyOf(session, dates.name))) await wholeOf(session, dates)
}

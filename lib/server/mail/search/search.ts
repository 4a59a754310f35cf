import 'server-only'
import type { Mailbox } from '@/lib/model/mailbox'
import type { Hit, SearchPart, SearchWindow } from '@/lib/model/search'
import { once } from '../../once'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { knowMessages } from '../facts'
import { summaryOf } from '../list'
import { withSelected } from '../pool'
import { stirred } from '../stirred'
import { arrivalOf } from './folder'
import { type Looking, look, type Search } from './looking'
import { type Merged, Merging, type Pile } from './merge'

// What a search found, page by page. It is held like a mailbox's order is (order.ts): an ordered array of UIDs, a page
// of which is a slice and one FETCH a folder. It can be dropped at any time; it is then found again.

interface Held {
  merging: Merging
  missed: Mailbox['id'][]
  depth: SearchWindow['depth']
  /** Pages of one search are made one after the other. */
  turn: Promise<unknown>
}

const mostHeld = 200
const held = once('mail-searches', () => new Map<string, Promise<Held>>())

const keyOf = (who: Account, { text, scope }: Search): string => `${who.key}\n${scope}\n${text}`

const mergingOf = (who: Account, piles: readonly Pile[]): Merging =>
  new Merging([...piles], (pile, uids) =>
    withSelected(who, { path: pile.path, effect: 'read' }, async (connection) => {
      for (const [uid, date] of await arrivalOf(connection, uids)) pile.dates.set(uid, date)
    }),
  )

const whenEnded = async (who: Account, looking: Promise<Looking>): Promise<Held> => {
  const looked = await looking
  await looked.ended
  return {
    merging: mergingOf(who, looked.piles),
    missed: looked.missed(),
    depth: looked.depth,
    turn: Promise.resolve(),
  }
}

interface Begun {
  looking: Promise<Looking>
  whole: Promise<Held>
}

/** Begins a search; its pages wait for its end. */
const begin = (who: Account, search: Search, signal: AbortSignal): Begun => {
  const key = keyOf(who, search)
  const looking = look(who, search, signal)
  const whole = whenEnded(who, looking)
  held.delete(key)
  held.set(key, whole)
  whole.catch(() => held.get(key) === whole && held.delete(key))
  const oldest = held.keys().next().value
  if (held.size > mostHeld && oldest !== undefined) held.delete(oldest)
  return { looking, whole }
}

const heldFor = (who: Account, search: Search, offset: number): Promise<Held> => {
  const known = held.get(keyOf(who, search))
  // From the top it is asked anew: mail has come since.
  return known && offset > 0 ? known : begin(who, search, new AbortController().signal).whole
}

const nameOf = ({ pile, uid }: Merged): string => `${pile.folder}/${uid}`

/** When a server was asked what is new: whatever it told after that is no older. */
interface Moment {
  stirred: number
  at: number
}

type Row = Moment & { hit: Hit }

/** The rows of a slice, one FETCH a folder; null stands for a message that is gone, as far as `catchUp` lets the server tell. */
const rowsOf = async (
  who: Account,
  slice: Merged[],
  catchUp: (connection: Connection) => Promise<Moment>,
): Promise<(Row | null)[]> => {
  const found = new Map<string, Row>()
  for (const path of new Set(slice.map(({ pile }) => pile.path))) {
    const some = slice.filter(({ pile }) => pile.path === path)
    await withSelected(who, { path, effect: 'read' }, async (connection, { uidValidity }) => {
      const { folder, uidValidity: known } = some[0]?.pile ?? {}
      if (folder === undefined || uidValidity !== known) return
      const moment = await catchUp(connection)
      const uids = some.map(({ uid }) => uid)
      for (const known of await knowMessages(connection, who, uids)) {
        const hit = { folder, row: summaryOf(uidValidity, known) }
        found.set(`${folder}/${known.facts.uid}`, { hit, ...moment })
      }
    })
  }
  return slice.map((one) => found.get(nameOf(one)) ?? null)
}

/** So long what was read may be told while nothing happened: a server tells some things only when it is asked. */
const believedMs = 1000

/** While it goes on, what is told twice is read once. */
type When = 'going' | 'ended'

/**
 * At its end what was read long ago, or before anything happened, is read anew, on a connection that was asked since: what
 * was filed meanwhile must not come back.
 */
const reading = (who: Account) => {
  const now = (): Moment => ({ stirred: stirred(who.key), at: performance.now() })
  const holds = (moment: Moment | undefined, when: When): boolean => {
    if (!moment || when === 'going') return moment !== undefined
    return moment.stirred === stirred(who.key) && performance.now() - moment.at < believedMs
  }
  const known = new Map<string, Row>()
  const asked = new WeakMap<Connection, Moment>()
  return async (slice: Merged[], when: When = 'ended'): Promise<(Hit | null)[]> => {
    const missing = slice.filter((one) => !holds(known.get(nameOf(one)), when))
    for (const one of missing) known.delete(nameOf(one))
    const fetched = await rowsOf(who, missing, async (connection) => {
      const before = asked.get(connection)
      if (before && holds(before, when)) return before
      const moment = now()
      await connection.refresh()
      asked.set(connection, moment)
      return moment
    })
    missing.forEach((one, at) => {
      const row = fetched[at]
      // What one connection did not know may be there on the next.
      if (row) known.set(nameOf(one), row)
    })
    return slice.map((one) => known.get(nameOf(one))?.hit ?? null)
  }
}
type Read = ReturnType<typeof reading>

interface Page {
  offset: number
  limit: number
  read: Read
}

/** A mailbox that loses mail while it is read: after so many tries a page may be short. */
const mostTries = 4

const pageOf = async (merging: Merging, { offset: from, limit, read }: Page): Promise<Hit[]> => {
  for (let tries = 1; ; tries++) {
    await merging.upTo(from + limit)
    const slice = merging.merged.slice(from, from + limit)
    const rows = await read(slice)
    const gone = new Set(slice.filter((_, at) => rows[at] === null))
    if (gone.size > 0) merging.drop(gone)
    if (gone.size === 0 || tries === mostTries) return rows.filter((row) => row !== null)
  }
}

const pageOfHeld = async (one: Held, asked: Page): Promise<Omit<SearchWindow, 'problem'>> => {
  const page = one.turn.then(() => pageOf(one.merging, asked))
  one.turn = page.catch(() => undefined)
  const hits = await page
  return { total: one.merging.total, offset: asked.offset, hits, missed: one.missed, depth: one.depth }
}

interface Wanted {
  search: Search
  offset: number
  limit: number
}

/** A page, when the search has ended. */
export const searchMail = async (
  who: Account,
  { search, offset, limit }: Wanted,
): Promise<Omit<SearchWindow, 'problem'>> =>
  pageOfHeld(await heldFor(who, search, offset), { offset, limit, read: reading(who) })

interface Showing {
  looking: Looking
  limit: number
  read: Read
}

/** What is known so far. */
const soFar = async (who: Account, { looking, limit, read }: Showing): Promise<SearchPart> => {
  const { answered, folders: of } = looking
  const merging = mergingOf(who, looking.piles)
  await merging.upTo(limit)
  const slice = merging.merged.slice(0, limit)
  const hits = (await read(slice, 'going')).filter((hit) => hit !== null)
  const total = merging.total - (slice.length - hits.length)
  return { problem: null, total, offset: 0, hits, missed: [], depth: 'all', going: { answered, of } }
}

/** The first part is told at once; the longer it takes, the more rarely. */
const firstPause = 50
const longestPause = 1000

const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => void setTimeout(done, milliseconds))

/** All that follows from what has happened already has happened. */
const nextTurn = (): Promise<void> => new Promise((done) => void setImmediate(done))

interface Streamed extends Omit<Wanted, 'offset'> {
  signal: AbortSignal
}

/** The newest hits, each time more is known, and at the end as `searchMail` tells them. */
export const streamMail = async (
  who: Account,
  { search, limit, signal }: Streamed,
): Promise<AsyncGenerator<SearchPart>> => {
  const { looking, whole } = begin(who, search, signal)
  return parts(who, { looking: await looking, whole, limit, signal })
}

interface Parts {
  looking: Looking
  whole: Promise<Held>
  limit: number
  signal: AbortSignal
}

async function* parts(who: Account, { looking, whole, limit, signal }: Parts): AsyncGenerator<SearchPart> {
  let state: 'going' | 'ended' = 'going'
  const ended = looking.ended.catch(() => undefined).then(() => void (state = 'ended'))
  const read = reading(who)
  const isGoing = () => state === 'going' && !signal.aborted
  let told = 0
  for (let wait = firstPause; isGoing(); wait = Math.min(longestPause, wait * 1.5)) {
    await looking.more(told)
    // What was found last is told with the end, where that is now: its rows are read once.
    await nextTurn()
    if (!isGoing()) break
    told = looking.version
    yield await soFar(who, { looking, limit, read })
    await Promise.race([ended, pause(wait)])
  }
  if (signal.aborted) return
  const window = await pageOfHeld(await whole, { offset: 0, limit, read })
  yield { problem: null, ...window, going: null }
}

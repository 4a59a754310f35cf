import 'server-only'
import type { Mailbox } from '@/lib/model/mailbox'
import type { Hit, Query, SearchScope, SearchWindow } from '@/lib/model/search'
import { once } from '../../once'
import type { Account } from '../account'
import { knowMessages } from '../facts'
import { summaryOf } from '../list'
import { findFolder, listFolders } from '../mailboxes'
import { withSelected } from '../pool'
import { namesFolder } from './criteria'
import { arrivalOf, searchFolder } from './folder'
import { type Merged, Merging, datesAtOnce, type Pile } from './merge'

// A search over folders. What was found is held like a mailbox's order is (order.ts): an ordered array of UIDs,
// a page of which is a slice and one FETCH a folder. It can be dropped at any time; it is then found again.

export interface Search {
  text: string
  query: Query
  scope: SearchScope
}

interface Held {
  merging: Merging
  missed: Mailbox['id'][]
  depth: SearchWindow['depth']
  /** Pages of one search are made one after the other. */
  turn: Promise<unknown>
}

/** The account's last connection stays free for what the person clicks meanwhile. */
const foldersAtOnce = 2
const mostFolders = 500
const longest = 20_000
const mostHeld = 200
const held = once('mail-searches', () => new Map<string, Promise<Held>>())

const keyOf = (who: Account, { text, scope }: Search): string => `${who.key}\n${scope}\n${text}`

const nicknames: Record<string, string> = { spam: 'junk', bin: 'trash', deleted: 'trash', anywhere: '*' }

const isIn = (mailbox: Mailbox) => (typed: string) => {
  const wanted = typed.normalize('NFC').toLocaleLowerCase()
  const name = nicknames[wanted] ?? wanted
  const names = [mailbox.role ?? '', mailbox.name, mailbox.path]
  return name === '*' || names.some((own) => own.normalize('NFC').toLocaleLowerCase() === name)
}

const searched = (folders: Mailbox[], { query, scope }: Search): Mailbox[] => {
  const inScope = (folder: Mailbox): boolean => {
    if (scope === 'everywhere') return true
    if (scope !== 'mail') return folder.id === scope
    return namesFolder(query) || (folder.role !== 'junk' && folder.role !== 'trash')
  }
  return folders.filter((folder) => folder.selectable && folder.total > 0 && inScope(folder))
}

type Answer = { pile: Pile; depth: SearchWindow['depth'] } | null

const askFolder = async (who: Account, folder: Mailbox, search: Search): Promise<Answer> => {
  const path = await findFolder(who, folder.id)
  return withSelected(who, { path, effect: 'read' }, async (connection) => {
    await connection.refresh()
    const ground = { isIn: isIn(folder), now: new Date() }
    const { uids, uidValidity, depth } = await searchFolder(connection, search.query, ground)
    const dates = await arrivalOf(connection, uids.slice(0, datesAtOnce))
    return { pile: { folder: folder.id, path, uidValidity, uids, dates }, depth }
  })
}

const inTime = (work: Promise<Answer>, until: number): Promise<Answer> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), Math.max(0, until - Date.now()))
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Every folder that answers in time; one that fails is told of and does not hide the others. */
const askAll = async (who: Account, folders: Mailbox[], search: Search): Promise<Map<Mailbox, Answer>> => {
  const answers = new Map<Mailbox, Answer>()
  const waiting = folders.slice(0, mostFolders)
  const until = Date.now() + longest
  const failures: unknown[] = []
  const worker = async () => {
    for (let folder = waiting.shift(); folder && Date.now() < until; folder = waiting.shift()) {
      const asked = askFolder(who, folder, search).catch((cause: unknown) => {
        failures.push(cause)
        return null
      })
      answers.set(folder, await inTime(asked, until))
    }
  }
  await Promise.all(Array.from({ length: foldersAtOnce }, worker))
  const none = [...answers.values()].every((answer) => answer === null)
  if (none && failures.length > 0) throw failures[0]
  return answers
}

const find = async (who: Account, search: Search): Promise<Held> => {
  const folders = searched(await listFolders(who), search)
  const answers = await askAll(who, folders, search)
  const found = [...answers.values()].filter((answer) => answer !== null)
  const dateOf = (pile: Pile, uids: number[]) =>
    withSelected(who, { path: pile.path, effect: 'read' }, async (connection) => {
      for (const [uid, date] of await arrivalOf(connection, uids)) pile.dates.set(uid, date)
    })
  return {
    merging: new Merging(
      found.map(({ pile }) => pile),
      dateOf,
    ),
    missed: folders.filter((folder) => !answers.get(folder)).map(({ id }) => id),
    depth: found.some(({ depth }) => depth === 'newest') ? 'newest' : 'all',
    turn: Promise.resolve(),
  }
}

const heldFor = (who: Account, search: Search, offset: number): Promise<Held> => {
  const key = keyOf(who, search)
  const known = held.get(key)
  // From the top it is asked anew: mail has come since.
  if (known && offset > 0) return known
  const asked = find(who, search)
  held.delete(key)
  held.set(key, asked)
  asked.catch(() => held.get(key) === asked && held.delete(key))
  const oldest = held.keys().next().value
  if (held.size > mostHeld && oldest !== undefined) held.delete(oldest)
  return asked
}

/** The rows of a slice, one FETCH a folder; null stands for a message that is gone. */
const rowsOf = async (who: Account, slice: Merged[]): Promise<(Hit | null)[]> => {
  const found = new Map<string, Hit>()
  const nameOf = ({ pile, uid }: Merged) => `${pile.folder}/${uid}`
  for (const pile of new Set(slice.map((one) => one.pile))) {
    const uids = slice.filter((one) => one.pile === pile).map(({ uid }) => uid)
    await withSelected(who, { path: pile.path, effect: 'read' }, async (connection, { uidValidity }) => {
      if (uidValidity !== pile.uidValidity) return
      await connection.refresh()
      for (const known of await knowMessages(connection, who, uids))
        found.set(nameOf({ pile, uid: known.facts.uid }), {
          folder: pile.folder,
          row: summaryOf(uidValidity, known),
        })
    })
  }
  return slice.map((one) => found.get(nameOf(one)) ?? null)
}

interface Wanted {
  search: Search
  offset: number
  limit: number
}

/** A mailbox that loses mail while it is read: after so many tries a page may be short. */
const mostTries = 4

const pageOf = async (
  who: Account,
  merging: Merging,
  { offset: from, limit }: Omit<Wanted, 'search'>,
): Promise<Hit[]> => {
  for (let tries = 1; ; tries++) {
    await merging.upTo(from + limit)
    const slice = merging.merged.slice(from, from + limit)
    const rows = await rowsOf(who, slice)
    const gone = new Set(slice.filter((_, at) => rows[at] === null))
    if (gone.size > 0) merging.drop(gone)
    if (gone.size === 0 || tries === mostTries) return rows.filter((row) => row !== null)
  }
}

export const searchMail = async (
  who: Account,
  { search, offset, limit }: Wanted,
): Promise<Omit<SearchWindow, 'problem'>> => {
  const one = await heldFor(who, search, offset)
  const page = one.turn.then(() => pageOf(who, one.merging, { offset, limit }))
  one.turn = page.catch(() => undefined)
  const hits = await page
  return { total: one.merging.total, offset, hits, missed: one.missed, depth: one.depth }
}

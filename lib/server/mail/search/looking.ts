import 'server-only'
import type { Mailbox } from '@/lib/model/mailbox'
import { type Query, type SearchScope, type SearchWindow, treeOf } from '@/lib/model/search'
import type { Account } from '../account'
import { findFolder, listFolders } from '../mailboxes'
import { withSelected } from '../pool'
import { namesFolder } from './criteria'
import { arrivalOf, searchFolder } from './folder'
import { datesAtOnce, type Pile } from './merge'

// A search that is going on. Invariants:
// - what was found grows and never changes; whoever listens is told after each piece;
// - it ends when every folder has answered, when the time is over, or when nobody waits any more (`signal`): then no
//   further command is sent, and what is being answered is the last;
// - a folder that fails is told of and does not hide the others.

export interface Search {
  text: string
  query: Query
  scope: SearchScope
}

export interface Looking {
  readonly piles: Pile[]
  readonly folders: number
  readonly answered: number
  readonly depth: SearchWindow['depth']
  /** Folders that failed, or were not reached in time. */
  missed: () => Mailbox['id'][]
  /** When nothing more will be found; fails when no folder answered. */
  ended: Promise<void>
  /** Grows with what is known. */
  readonly version: number
  /** Resolves when more is known than at that version, or it has ended. */
  more: (version: number) => Promise<void>
}

/** The account's last connection stays free for what the person clicks meanwhile. */
const foldersAtOnce = 2
const mostFolders = 500
const longest = 60_000

const nicknames: Record<string, string> = { spam: 'junk', bin: 'trash', deleted: 'trash', anywhere: '*' }

const isIn = (mailbox: Mailbox) => (typed: string) => {
  const wanted = typed.normalize('NFC').toLocaleLowerCase()
  const name = nicknames[wanted] ?? wanted
  const names = [mailbox.role ?? '', mailbox.name, mailbox.path]
  return name === '*' || names.some((own) => own.normalize('NFC').toLocaleLowerCase() === name)
}

const isBelow = (folder: Mailbox, top: Mailbox | undefined): boolean =>
  top !== undefined &&
  (folder.id === top.id || (top.delimiter !== null && folder.path.startsWith(top.path + top.delimiter)))

const searched = (folders: Mailbox[], { query, scope }: Search): Mailbox[] => {
  const tree = treeOf(scope)
  const top = folders.find(({ id }) => id === tree)
  const inScope = (folder: Mailbox): boolean => {
    if (scope === 'everywhere') return true
    if (tree !== null) return isBelow(folder, top)
    if (scope !== 'mail') return folder.id === scope
    return namesFolder(query) || (folder.role !== 'junk' && folder.role !== 'trash')
  }
  return folders.filter((folder) => folder.selectable && folder.total > 0 && inScope(folder))
}

interface Asked {
  folder: Mailbox
  search: Search
  signal: AbortSignal
  found: (pile: Pile) => void
}

const askFolder = async (
  who: Account,
  { folder, search, signal, found }: Asked,
): Promise<'all' | 'newest'> => {
  const path = await findFolder(who, folder.id)
  const known = new Set<number>()
  return withSelected(who, { path, effect: 'read' }, async (connection, { uidValidity }) => {
    if (signal.aborted) return 'newest'
    await connection.refresh()
    const wanted = { query: search.query, ground: { isIn: isIn(folder), now: new Date() } }
    return searchFolder(connection, wanted, {
      signal,
      found: async (all) => {
        // Where the connection broke it is asked again, from the top.
        const uids = all.filter((uid) => !known.has(uid))
        const dates = await arrivalOf(connection, uids.slice(0, datesAtOnce))
        for (const uid of uids) known.add(uid)
        if (uids.length > 0) found({ folder: folder.id, path, uidValidity, uids, dates })
      },
    })
  })
}

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((done) => {
    if (signal.aborted) done(null)
    signal.addEventListener('abort', () => done(null), { once: true })
  })

/** Who waits is told once; whoever wants to know more waits again, saying what is known already. */
const bell = () => {
  let version = 0
  let wake: () => void = () => undefined
  let next = new Promise<void>((done) => (wake = done))
  return {
    version: () => version,
    after: (known: number) => (version > known ? Promise.resolve() : next),
    ring: () => {
      version += 1
      const woken = wake
      next = new Promise<void>((done) => (wake = done))
      woken()
    },
  }
}

/** Begins it; resolves when it is known which folders are looked into. */
export const look = async (who: Account, search: Search, stop: AbortSignal): Promise<Looking> => {
  const folders = searched(await listFolders(who), search)
  const waiting = folders.slice(0, mostFolders)
  const signal = AbortSignal.any([stop, AbortSignal.timeout(longest)])
  const over = aborted(signal)
  const { version, after, ring } = bell()
  const piles: Pile[] = []
  const done = new Map<Mailbox, 'all' | 'newest'>()
  const partly = new Set<string>()
  const failures: unknown[] = []
  const found = (pile: Pile) => {
    if (signal.aborted) return
    partly.add(pile.folder)
    piles.push(pile)
    ring()
  }
  const worker = async () => {
    for (let folder = waiting.shift(); folder && !signal.aborted; folder = waiting.shift()) {
      const asked = askFolder(who, { folder, search, signal, found }).catch((cause: unknown) => {
        failures.push(cause)
        return null
      })
      const depth = await Promise.race([asked, over])
      if (depth) done.set(folder, depth)
      else if (partly.has(folder.id) && failures.length === 0) done.set(folder, 'newest')
      ring()
    }
  }
  const ended = Promise.all(Array.from({ length: foldersAtOnce }, worker)).then(() => {
    ring()
    if (done.size === 0 && piles.length === 0 && failures.length > 0) throw failures[0]
  })
  // Whoever awaits it is told; nobody awaiting it is no fault.
  ended.catch(() => undefined)
  return {
    piles,
    folders: folders.length,
    get answered() {
      return done.size
    },
    get depth() {
      return [...done.values()].includes('newest') ? 'newest' : 'all'
    },
    missed: () => folders.filter((folder) => !done.has(folder)).map(({ id }) => id),
    ended,
    get version() {
      return version()
    },
    more: (known) => Promise.race([after(known), ended.catch(() => undefined)]),
  }
}

import 'server-only'
import { AppError } from '@/lib/model/errors'
import { askedTable } from '@/lib/model/asked'
import type { Mailbox } from '@/lib/model/mailbox'
import { type Query, type SearchScope, type SearchWindow, treeOf } from '@/lib/model/search'
import type { Account } from '../account'
import type { Connection } from '../connection'
import { findFolder, knownFolders, listFolders } from '../mailboxes'
import { withSelected } from '../pool'
import { namesFolder } from './criteria'
import { arrivalOf, searchFolder, type Visit } from './folder'
import { datesAtOnce, type Pile } from './merge'
import { paceOf } from './pace'
import { inTurn, isStuck } from './turns'

// A search that is going on. Invariants:
// - what was found grows and never changes; whoever listens is told after each piece;
// - it ends when every folder has answered, when the time is over, or when nobody waits any more (`signal`): then no
//   further command is sent, and what is being answered is the last;
// - a folder that fails, or whose server still owes the answer to an earlier ask, is told of and does not hide the others.

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

const foldersAtOnce = 2
const mostFolders = 500
const longest = 60_000

const nicknames = askedTable<string>({ spam: 'junk', bin: 'trash', deleted: 'trash', anywhere: '*' })

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

/** A folder that was named is looked into whatever it held when it was last told of; of many, those with mail now. */
const foldersOf = async (who: Account, search: Search): Promise<Mailbox[]> => {
  const named = (await knownFolders(who)).filter(({ id, selectable }) => id === search.scope && selectable)
  return named.length > 0 ? named : searched(await listFolders(who), search)
}

interface Asked {
  folder: Mailbox
  search: Search
  signal: AbortSignal
  found: (pile: Pile) => void
  /** Are other folders looked into, too? */
  others: 'some' | 'none'
}

/** What was found under other UIDs is of no use any more: the folder is asked from the top. */
class Renumbered extends Error {}
const mostNumberings = 3

const visitor = (who: Account, path: string, { folder, signal }: Asked) => {
  let known = ''
  // No connection knows less than the first did: what that has told of before it was asked is known on it, too.
  const knowing = new WeakSet<Connection>()
  const visit: Visit = (run) =>
    inTurn(who, { folder: folder.id, signal }, () =>
      withSelected(who, { path, effect: 'read', signal }, async (connection, { uidValidity }) => {
        if (known && uidValidity !== known) throw new Renumbered()
        if (!knowing.has(connection)) await connection.refresh()
        knowing.add(connection)
        known = uidValidity
        return run(connection)
      }),
    )
  return { visit, uidValidity: () => known }
}

const askFolder = async (who: Account, asked: Asked): Promise<'all' | 'newest'> => {
  const { folder, search, signal, found } = asked
  const path = await findFolder(who, folder.id)
  const wanted = { query: search.query, ground: { isIn: isIn(folder), now: new Date() } }
  for (let numberings = 1; ; numberings++) {
    const { visit, uidValidity } = visitor(who, path, asked)
    try {
      return await searchFolder(visit, wanted, {
        signal,
        pace: paceOf(who, search.query),
        found: async (uids, connection, reach) => {
          // One pile alone is in its order already.
          const merged = reach === 'part' || asked.others === 'some'
          const dates = await arrivalOf(connection, merged ? uids.slice(0, datesAtOnce) : [])
          if (uids.length > 0) found({ folder: folder.id, path, uidValidity: uidValidity(), uids, dates })
        },
      })
    } catch (cause) {
      if (!(cause instanceof Renumbered)) throw cause
      if (numberings === mostNumberings) throw new AppError('connection-lost')
    }
  }
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
  const folders = await foldersOf(who, search)
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
  const others = folders.length > 1 ? 'some' : 'none'
  const worker = async () => {
    for (let folder = waiting.shift(); folder && !signal.aborted; folder = waiting.shift()) {
      const asked = (
        isStuck(who, folder.id)
          ? Promise.reject(new AppError('server-slow'))
          : askFolder(who, { folder, search, signal, found, others })
      ).catch((cause: unknown) => {
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

import 'server-only'
import { pathOfFolderId } from '@/lib/model/folder-id'
import { allows } from '@/lib/model/folder-rules'
import type { Mailbox } from '@/lib/model/mailbox'
import type { Connection } from './connection'
import { type Counts, countsOf, folderIdOf, listFoldersOn } from './mailboxes'
import { forgetOrder } from './order'
import type { Tell } from './told'
import { atom, isList, stringOf, type Token, type Untagged } from './wire'

// The folders that are not selected by the watcher: told of by NOTIFY, else looked at now and then.

export interface Surroundings {
  notified: 'yes' | 'no'
  /** STATUS responses that the server sent on its own account. */
  dirty: Set<Untagged>
  known: Map<string, Counts>
  names: string
  list: 'known' | 'changed'
  /** The folders of others that the server was asked to tell of. */
  foreign: string
}

const events: Token[] = [atom('MessageNew'), atom('MessageExpunge'), atom('FlagChange')]

/** RFC 5465 section 3: each NOTIFY takes the place of the one before. `foreign`: what others share, by name. */
const askToTell = (connection: Connection, foreign: readonly string[]): Promise<unknown> =>
  connection.run('NOTIFY', [
    atom('SET'),
    [atom('selected'), events],
    // Section 6.1: those of one's own namespaces, and no others.
    [atom('personal'), [...events, atom('MailboxName'), atom('SubscriptionChange')]],
    ...(foreign.length > 0
      ? [[atom('mailboxes'), foreign.map((path) => connection.encode(path)), events]]
      : []),
  ])

/** With it the server tells of every folder, and IDLE stays for the selected one. */
export const startNotify = async (connection: Connection): Promise<Surroundings> => {
  const around: Surroundings = {
    notified: 'no',
    dirty: new Set(),
    known: new Map(),
    names: '',
    list: 'changed',
    foreign: '',
  }
  if (!connection.has('NOTIFY')) return around
  try {
    await askToTell(connection, [])
    around.notified = 'yes'
  } catch {
    // A server may offer it and refuse what it cannot watch (section 3.1): then we look ourselves.
  }
  return around
}

/** Servers bound a command line; whoever is shared more than this is told of the rest when the folders are looked at. */
const mostForeign = 200

/** What others share is named one by one: true when that was news to the server, and all must be looked at once more. */
const nameForeign = async (
  connection: Connection,
  around: Surroundings,
  mailboxes: readonly Mailbox[],
): Promise<boolean> => {
  const paths = mailboxes
    .filter((one) => one.owner !== 'me' && one.selectable && allows(one, 'r'))
    .flatMap(({ id }) => pathOfFolderId(id) ?? [])
    .slice(0, mostForeign)
  const foreign = paths.join('\n')
  if (around.notified === 'no' || foreign === around.foreign) return false
  around.foreign = foreign
  try {
    await askToTell(connection, paths)
  } catch {
    around.notified = 'no'
  }
  return true
}

const pathOfStatus = ({ tokens }: Untagged): string => stringOf(tokens[0])

/** Looks at what was told, or at everything; tells of what is not as it was. */
export const lookAround = async (connection: Connection, around: Surroundings, tell: Tell): Promise<void> => {
  if (around.notified === 'yes' && around.list === 'known') return lookAtDirty(connection, around, tell)
  let mailboxes = await listFoldersOn(connection)
  if (await nameForeign(connection, around, mailboxes)) mailboxes = await listFoldersOn(connection)
  const names = mailboxes.map(({ path, subscribed }) => `${path}\n${subscribed}`).join('\n')
  if (names !== around.names) tell({ type: 'mailboxes', mailboxes })
  const isFirstLook = around.names === ''
  around.names = names
  around.list = 'known'
  for (const { id, path, total, unread } of mailboxes) {
    // What came into a new folder before it was looked at stands in its counts, and was told to nobody who shows its list.
    if (!isFirstLook && !around.known.has(path)) tell({ type: 'stale', folder: id })
    note(connection, around, { path, total, unread }, tell)
  }
}

const lookAtDirty = async (connection: Connection, around: Surroundings, tell: Tell): Promise<void> => {
  const told = [...around.dirty]
  around.dirty.clear()
  const paths = new Set(told.filter(({ tokens }) => isList(tokens[1])).map(pathOfStatus))
  for (const path of paths) {
    const before = around.known.get(path)
    note(connection, around, { path, ...(await countsOf(connection, path)) }, tell)
    const after = around.known.get(path)
    // The counts are as they were, and yet something happened there: a flag, or one came and one went.
    if (before && after && before.total === after.total && before.unread === after.unread)
      tell({ type: 'stale', folder: folderIdOf(connection.who, path) })
  }
}

const note = (
  connection: Connection,
  around: Surroundings,
  { path, total, unread }: { path: string } & Counts,
  tell: Tell,
): void => {
  const before = around.known.get(path)
  around.known.set(path, { total, unread })
  if (!before || path.toUpperCase() === 'INBOX') return
  if (before.total === total && before.unread === unread) return
  const folder = folderIdOf(connection.who, path)
  tell({ type: 'counts', folder, total, unread })
  if (before.total !== total) forgetOrder(connection.who, path)
  tell({ type: 'stale', folder })
}

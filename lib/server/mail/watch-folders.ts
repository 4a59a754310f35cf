import 'server-only'
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
}

/** RFC 5465 section 3: with it the server tells of every folder, and IDLE stays for the selected one. */
export const startNotify = async (connection: Connection): Promise<Surroundings> => {
  const around: Surroundings = {
    notified: 'no',
    dirty: new Set(),
    known: new Map(),
    names: '',
    list: 'changed',
  }
  if (!connection.has('NOTIFY')) return around
  const events: Token[] = [atom('MessageNew'), atom('MessageExpunge'), atom('FlagChange')]
  try {
    await connection.run('NOTIFY', [
      atom('SET'),
      [atom('selected'), events],
      [atom('personal'), [...events, atom('MailboxName'), atom('SubscriptionChange')]],
    ])
    around.notified = 'yes'
  } catch {
    // A server may offer it and refuse what it cannot watch (section 3.1): then we look ourselves.
  }
  return around
}

const pathOfStatus = ({ tokens }: Untagged): string => stringOf(tokens[0])

/** Looks at what was told, or at everything; tells of what is not as it was. */
export const lookAround = async (connection: Connection, around: Surroundings, tell: Tell): Promise<void> => {
  if (around.notified === 'yes' && around.list === 'known') return lookAtDirty(connection, around, tell)
  const mailboxes = await listFoldersOn(connection)
  const names = mailboxes.map(({ path, subscribed }) => `${path}\n${subscribed}`).join('\n')
  if (names !== around.names) tell({ type: 'mailboxes', mailboxes })
  around.names = names
  around.list = 'known'
  for (const { path, total, unread } of mailboxes) note(connection, around, { path, total, unread }, tell)
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

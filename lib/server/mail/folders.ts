import 'server-only'
import { AppError } from '@/lib/model/errors'
import { type FolderId, folderIdOfPath, isRole } from '@/lib/model/folder-id'
import { folderNameProblem } from '@/lib/model/folder-rules'
import { type Mailbox } from '@/lib/model/mailbox'
import type { Account } from './account'
import type { Connection } from './connection'
import { findOrMakeFolder, type Folders, foldersOn } from './mailboxes'
import { forgetOrder } from './order'
import { closePaths, withConnection } from './pool'

// Folders made, renamed, moved and removed. Invariants:
// - inbox and the folders of a role keep their name and place, so what holds one keeps its own;
// - what lies inside a folder goes with it, subscriptions included, whatever the server does about them;
// - no connection keeps a mailbox selected under a name that means another one now, or none.

const longestPath = 1000

interface Placed {
  parent: FolderId | null
  name: string
}

const here = (folders: Folders, id: FolderId): Mailbox & { spelled: string } => {
  const found = folders.mailboxes.find((mailbox) => mailbox.id === id)
  const spelled = folders.paths.get(id)
  if (!found || spelled === undefined) throw new AppError('mailbox-gone')
  return { ...found, spelled }
}

/** Where it would be; a name that no server could take is refused here, with the reason as its answer. */
const pathIn = (folders: Folders, { parent, name }: Placed): string => {
  const above = parent === null ? null : here(folders, parent)
  const delimiter = above ? above.delimiter : folders.delimiter
  const clean = name.normalize('NFC').trim()
  const problem = folderNameProblem(clean, delimiter)
  if (problem) throw new AppError('folder-name', problem)
  if (above && (above.holds === 'messages' || delimiter === null)) throw new AppError('not-allowed')
  const path = above ? `${above.spelled}${delimiter}${clean}` : `${folders.prefix}${clean}`
  if (path.length > longestPath) throw new AppError('folder-name', 'too-long')
  return path
}

const refuseTaken = (folders: Folders, path: string): void => {
  const taken = [...folders.paths.values()].includes(path) || path.toUpperCase() === 'INBOX'
  const hollow = folders.mailboxes.find(({ id }) => folders.paths.get(id) === path)?.selectable === false
  // A name that only holds folders may become a folder itself (RFC 9051 section 6.3.4).
  if (taken && !hollow) throw new AppError('folder-exists')
}

interface Branch {
  id: FolderId
  path: string
  subscribed: boolean
  selectable: boolean
}

/** The folder and all that lie in it, itself first. */
const branchOf = (folders: Folders, root: Mailbox & { spelled: string }): Branch[] => {
  const inside = root.delimiter === null ? null : root.spelled + root.delimiter
  return folders.mailboxes
    .map(({ id, subscribed, selectable }) => ({
      id,
      path: folders.paths.get(id) ?? '',
      subscribed,
      selectable,
    }))
    .filter(({ path }) => path === root.spelled || (inside !== null && path.startsWith(inside)))
    .sort((a, b) => a.path.length - b.path.length)
}

const letGo = (who: Account, paths: readonly string[]): void => {
  const meant = new Set(paths)
  closePaths(who.key, meant)
  for (const path of meant) forgetOrder(who, path)
}

/** A subscription that cannot be kept is a comfort lost, not a failure of what was asked for. */
const subscription = (
  connection: Connection,
  path: string,
  to: 'SUBSCRIBE' | 'UNSUBSCRIBE',
): Promise<unknown> => connection.run(to, [connection.encode(path)]).catch(() => undefined)

/**
 * Afterwards the folders are listed on the connection that changed them: Dovecot tells by the second whether its
 * list is old, and another connection might be given the one before.
 */
const changing = <T>(
  who: Account,
  run: (connection: Connection, folders: Folders) => Promise<T>,
): Promise<T> =>
  withConnection(who, { path: null, effect: 'write' }, async (connection) => {
    const outcome = await run(connection, await foldersOn(connection))
    // What was done is done, even if the list cannot be had.
    await foldersOn(connection).catch(() => undefined)
    return outcome
  })

/** RFC 9051 section 6.3.4. */
export const createFolder = (who: Account, wanted: Placed): Promise<FolderId> =>
  changing(who, async (connection, folders) => {
    const path = pathIn(folders, wanted)
    refuseTaken(folders, path)
    await connection.run('CREATE', [connection.encode(path)])
    await subscription(connection, path, 'SUBSCRIBE')
    return folderIdOfPath(path)
  })

export interface Renamed {
  from: FolderId
  to: FolderId
}

/** What lies inside it; on some servers that is Sent and Drafts, which nobody means to take along. */
const insideOf = (folders: Folders, root: Mailbox & { spelled: string }): Branch[] => {
  const [, ...inside] = branchOf(folders, root)
  if (inside.some(({ id }) => isRole(id))) throw new AppError('not-allowed')
  return inside
}

const movable = (folders: Folders, id: FolderId): Mailbox & { spelled: string } => {
  if (isRole(id)) throw new AppError('not-allowed')
  const root = here(folders, id)
  insideOf(folders, root)
  return root
}

/** RFC 9051 section 6.3.6; tells the old and new ids of the folder and of all that lie in it. */
const rename = async (
  connection: Connection,
  { folders, id, to }: { folders: Folders; id: FolderId; to: string },
): Promise<Renamed[]> => {
  const root = movable(folders, id)
  if (to === root.spelled) return [{ from: id, to: id }]
  const branch = branchOf(folders, root)
  if (branch.some(({ path }) => path === to) || to.startsWith(`${root.spelled}${root.delimiter}`))
    throw new AppError('not-allowed')
  refuseTaken(folders, to)
  await connection.run('RENAME', [connection.encode(root.spelled), connection.encode(to)])
  const pairs = branch.map((one) => ({ ...one, now: to + one.path.slice(root.spelled.length) }))
  for (const { path, now, subscribed } of pairs) {
    await subscription(connection, path, 'UNSUBSCRIBE')
    await subscription(connection, now, subscribed ? 'SUBSCRIBE' : 'UNSUBSCRIBE')
  }
  letGo(
    connection.who,
    pairs.flatMap(({ path, now }) => [path, now]),
  )
  return pairs.map(({ path, now }) => ({ from: folderIdOfPath(path), to: folderIdOfPath(now) }))
}

export const renameFolder = (
  who: Account,
  { id, ...placed }: Placed & { id: FolderId },
): Promise<Renamed[]> =>
  changing(who, (connection, folders) => {
    const to = pathIn(folders, placed)
    return rename(connection, { folders, id, to })
  })

const mostTries = 100

/** A folder of the same name lies in Trash already: this one gets a number. */
const freePath = (folders: Folders, { parent, name }: Placed): string => {
  const taken = new Set(folders.paths.values())
  for (let number = 1; number <= mostTries; number++) {
    const path = pathIn(folders, { parent, name: number === 1 ? name : `${name} ${number}` })
    if (!taken.has(path)) return path
  }
  throw new AppError('folder-exists')
}

/** Into Trash as a folder, with all that lies in it. */
export const trashFolder = async (who: Account, id: FolderId): Promise<Renamed[]> => {
  await findOrMakeFolder(who, 'trash')
  return changing(who, (connection, folders) => {
    const { spelled, delimiter } = movable(folders, id)
    const name = delimiter === null ? spelled : (spelled.split(delimiter).at(-1) ?? spelled)
    return rename(connection, { folders, id, to: freePath(folders, { parent: 'trash', name }) })
  })
}

/** The deepest first: a name with others inside stays behind (RFC 9051 section 6.3.5). */
const remove = async (connection: Connection, branch: readonly Branch[]): Promise<void> => {
  for (const { path, selectable } of branch.toReversed()) {
    await connection.run('DELETE', [connection.encode(path)]).catch((cause: unknown) => {
      // What was only the name of a place goes by itself with the last folder in it.
      if (selectable) throw cause
    })
    await subscription(connection, path, 'UNSUBSCRIBE')
  }
}

export const deleteFolder = (who: Account, id: FolderId): Promise<void> =>
  changing(who, async (connection, folders) => {
    const branch = branchOf(folders, movable(folders, id))
    letGo(
      who,
      branch.map(({ path }) => path),
    )
    await remove(connection, branch)
  })

/** Every folder inside this one, for good; the folder itself stays. */
export const deleteInside = (who: Account, id: FolderId): Promise<void> =>
  changing(who, async (connection, folders) => {
    const inside = insideOf(folders, here(folders, id))
    letGo(
      who,
      inside.map(({ path }) => path),
    )
    await remove(connection, inside)
  })

/** RFC 9051 sections 6.3.7 and 6.3.8. */
export const subscribeFolder = (who: Account, id: FolderId, to: 'on' | 'off'): Promise<void> =>
  changing(who, async (connection, folders) => {
    const name = connection.encode(here(folders, id).spelled)
    await connection.run(to === 'on' ? 'SUBSCRIBE' : 'UNSUBSCRIBE', [name])
  })

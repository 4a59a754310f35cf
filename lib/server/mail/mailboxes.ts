import 'server-only'
import type { ListResponse, NamespaceObject, NamespacesObject } from 'imapflow'
import { AppError } from '@/lib/model/errors'
import { type Mailbox } from '@/lib/model/mailbox'
import { type FolderId, folderIdOfPath, pathOfFolderId, type Role } from '@/lib/model/folder-id'
import { once } from '../once'
import type { Account } from './account'
import type { Connection } from './connection'
import { oneLine } from './decode'
import { withConnection } from './pool'
import { rightsIn } from './rights'
import { atom, stringOf } from './wire'

// Folders. imapflow's LIST knows the dialects, and well-known names in many languages where the server has no
// SPECIAL-USE (RFC 6154). A folder that holds a role is named by the role; every other by its path.

const roleOfUse: Record<string, Role> = {
  '\\Inbox': 'inbox',
  '\\Drafts': 'drafts',
  '\\Sent': 'sent',
  '\\Archive': 'archive',
  '\\Junk': 'junk',
  '\\Trash': 'trash',
}

const mostFolders = 20_000

export interface Folders {
  mailboxes: Mailbox[]
  /** As the server spells them: what is shown was cleaned. */
  paths: Map<FolderId, string>
  /** Where a missing folder is made: namespace prefix (RFC 2342) and delimiter. */
  prefix: string
  delimiter: string | null
}
const known = once('mail-folders', () => new Map<string, Folders>())

type OwnerOf = (folder: ListResponse) => Mailbox['owner']

/** RFC 2342: what others share begins with a prefix of theirs, the delimiter included. */
const ownerIn = (spaces: NamespacesObject | undefined): OwnerOf => {
  const within = (path: string, of: NamespaceObject[] | false | undefined) =>
    of ? of.some(({ prefix }) => prefix !== '' && path.startsWith(prefix)) : false
  return ({ path, delimiter }) => {
    const whole = `${path}${delimiter}`
    if (within(whole, spaces?.other)) return 'other'
    return within(whole, spaces?.shared) ? 'shared' : 'me'
  }
}

/** Only one's own folders hold a role: the Trash of somebody else is not where one's mail goes. */
const roleOf = (folder: ListResponse, owner: OwnerOf): Role | null =>
  (folder.specialUse && owner(folder) === 'me' && roleOfUse[folder.specialUse]) || null

interface Around {
  ids: Map<string, FolderId>
  owner: OwnerOf
  rights: ReadonlyMap<string, string>
}

/** imapflow says of a folder that it is subscribed, or nothing; of none, where the server would not tell. */
const subscribedIn = (listed: ListResponse[]): ((folder: ListResponse) => boolean) => {
  const told = listed.some(({ subscribed }) => subscribed)
  return ({ subscribed }) => !told || subscribed === true
}

const shaped = (listed: ListResponse[], { ids: keyed, owner, rights }: Around): Mailbox[] => {
  const isSubscribed = subscribedIn(listed)
  return listed.map((folder) => ({
    id: keyed.get(folder.path) ?? folderIdOfPath(folder.path),
    path: oneLine(folder.path, 1000),
    name: oneLine(folder.name, 300),
    parent: keyed.get(folder.parentPath) ?? null,
    role: roleOf(folder, owner),
    selectable: !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent'),
    subscribed: isSubscribed(folder),
    delimiter: folder.delimiter || null,
    owner: owner(folder),
    holds: folder.flags.has('\\Noinferiors') || !folder.delimiter ? 'messages' : 'folders',
    rights: rights.get(folder.path) ?? null,
    total: folder.status?.messages ?? 0,
    unread: folder.status?.unseen ?? 0,
  }))
}

const idsOf = (listed: ListResponse[], owner: OwnerOf): Map<string, FolderId> =>
  new Map(listed.map((folder) => [folder.path, roleOf(folder, owner) ?? folderIdOfPath(folder.path)]))

const ask = async (connection: Connection): Promise<Folders> => {
  const listed = await connection.library((client) =>
    client.list({ statusQuery: { messages: true, unseen: true } }),
  )
  const few = listed.slice(0, mostFolders)
  const spaces = await connection.library(async ({ namespace, namespaces }) => ({ namespace, namespaces }))
  const owner = ownerIn(spaces.namespaces)
  const ids = idsOf(few, owner)
  const foreign = few.filter((folder) => owner(folder) !== 'me').map(({ path }) => path)
  const rights = await rightsIn(connection, foreign)
  return {
    mailboxes: shaped(few, { ids, owner, rights }),
    paths: new Map([...ids].map(([path, id]) => [id, path])),
    prefix: spaces.namespace?.prefix ?? '',
    delimiter: spaces.namespace?.delimiter ?? null,
  }
}

const refresh = async (connection: Connection): Promise<Folders> => {
  const folders = await ask(connection)
  known.set(connection.who.key, folders)
  return folders
}

/** As the server tells them now. */
export const foldersOn = refresh

export const listFoldersOn = async (connection: Connection): Promise<Mailbox[]> =>
  (await refresh(connection)).mailboxes

export const listFolders = (who: Account): Promise<Mailbox[]> =>
  withConnection(who, { path: null, effect: 'read' }, listFoldersOn)

/** As they were last told; asked for where nobody has yet. */
export const knownFolders = async (who: Account): Promise<Mailbox[]> =>
  known.get(who.key)?.mailboxes ?? listFolders(who)

const pathOf = (folders: Folders | undefined, id: FolderId): string | null => {
  if (id === 'inbox') return 'INBOX'
  return pathOfFolderId(id) ?? folders?.paths.get(id) ?? null
}

/** The path of a folder id; asks the server once when a role is not known yet. */
export const findFolder = async (who: Account, id: FolderId): Promise<string> => {
  const path = pathOf(known.get(who.key), id)
  if (path !== null) return path
  await listFolders(who)
  const asked = pathOf(known.get(who.key), id)
  if (asked === null) throw new AppError('mailbox-gone')
  return asked
}

/** The id a path goes by, as far as is known. */
export const folderIdOf = (who: Account, path: string): FolderId =>
  path.toUpperCase() === 'INBOX' ? 'inbox' : (idOfKnown(who, path) ?? folderIdOfPath(path))

const idOfKnown = (who: Account, path: string): FolderId | undefined =>
  [...(known.get(who.key)?.paths ?? [])].find(([, spelled]) => spelled === path)?.[0]

const englishName: Partial<Record<FolderId, { name: string; use: string }>> = {
  drafts: { name: 'Drafts', use: '\\Drafts' },
  sent: { name: 'Sent', use: '\\Sent' },
  archive: { name: 'Archive', use: '\\Archive' },
  junk: { name: 'Junk', use: '\\Junk' },
  trash: { name: 'Trash', use: '\\Trash' },
}

const create = async (connection: Connection, path: string, use: string): Promise<void> => {
  const name = connection.encode(path)
  const special = connection.has('CREATE-SPECIAL-USE')
  // RFC 6154 section 3: CREATE name (USE (\Sent))
  await connection.run('CREATE', special ? [name, [atom('USE'), [atom(use)]]] : [name])
  await connection.run('SUBSCRIBE', [name])
}

/** As findFolder, but a missing folder of a role is made: nothing is ever moved into the void. */
export const findOrMakeFolder = async (who: Account, id: FolderId): Promise<string> => {
  const path = await findFolder(who, id).catch((cause: unknown) => {
    if (cause instanceof AppError && cause.code === 'mailbox-gone') return null
    throw cause
  })
  const wanted = englishName[id]
  if (path !== null) return path
  if (!wanted) throw new AppError('mailbox-gone')
  const made = `${known.get(who.key)?.prefix ?? ''}${wanted.name}`
  return withConnection(who, { path: null, effect: 'write' }, async (connection) => {
    await create(connection, made, wanted.use)
    await refresh(connection)
    return made
  })
}

export interface Counts {
  total: number
  unread: number
}

/** RFC 9051 section 6.3.11. */
export const countsOf = async (connection: Connection, path: string): Promise<Counts> => {
  const counts: Counts = { total: 0, unread: 0 }
  await connection.run('STATUS', [connection.encode(path), [atom('MESSAGES'), atom('UNSEEN')]], {
    STATUS: ({ tokens }) => Object.assign(counts, countsOfStatus(tokens)),
  })
  return counts
}

export const countsOfStatus = (tokens: Parameters<typeof stringOf>[0][]): Partial<Counts> => {
  const items = tokens[1]
  const found: Partial<Counts> = {}
  if (!Array.isArray(items)) return found
  for (let at = 0; at + 1 < items.length; at += 2) {
    const value = Number(stringOf(items[at + 1])) || 0
    if (stringOf(items[at]).toUpperCase() === 'MESSAGES') found.total = value
    if (stringOf(items[at]).toUpperCase() === 'UNSEEN') found.unread = value
  }
  return found
}

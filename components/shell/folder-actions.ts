import { allows } from '@/lib/model/folder-rules'
import type { Mailbox } from '@/lib/model/mailbox'
import type { Role } from '@/lib/model/folder-id'

export const folderActions = [
  'read',
  'create',
  'rename',
  'move',
  'hide',
  'export',
  'properties',
  'empty',
  'delete',
] as const
export type FolderAction = (typeof folderActions)[number]

/** In these a folder of one's own would be looked for by nobody, or lost with the rest. */
const keepFlat: readonly Role[] = ['inbox', 'starred', 'drafts', 'junk', 'trash']

/** Of what others share only what they allow; where a server tells no rights of theirs, nothing is offered. */
const may = (mailbox: Mailbox, right: string): boolean =>
  allows(mailbox, right) && (mailbox.owner === 'me' || mailbox.rights !== null)

const offers: Record<FolderAction, (mailbox: Mailbox, inside: number) => boolean> = {
  read: (mailbox) => mailbox.selectable && mailbox.unread > 0 && may(mailbox, 's'),
  create: (mailbox) =>
    mailbox.holds === 'folders' && may(mailbox, 'k') && !(mailbox.role && keepFlat.includes(mailbox.role)),
  rename: (mailbox) => mailbox.role === null && may(mailbox, 'x'),
  move: (mailbox) => mailbox.role === null && may(mailbox, 'x'),
  hide: (mailbox) => mailbox.role === null && mailbox.subscribed,
  export: (mailbox) => mailbox.selectable && mailbox.total > 0,
  properties: (mailbox) => mailbox.selectable,
  empty: (mailbox, inside) =>
    (mailbox.role === 'trash' || mailbox.role === 'junk') && mailbox.total + inside > 0,
  delete: (mailbox) => mailbox.role === null && may(mailbox, 'x'),
}

/** What can be done with a folder, in the order of its menu; nothing that a server is known to refuse. */
export const actionsFor = (mailbox: Mailbox, inside: number): FolderAction[] =>
  folderActions.filter((action) => offers[action](mailbox, inside))

/** Whether a folder can be put into this one. */
export const takesFolders = (mailbox: Mailbox): boolean =>
  mailbox.holds === 'folders' && may(mailbox, 'k') && mailbox.role !== 'inbox' && mailbox.role !== 'starred'

import type { FolderNameProblem } from '@/lib/model/folder-rules'

const messages = (count: number) => (count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`)
const folders = (count: number) => (count === 1 ? '1 folder' : `${count} folders`)

/** "It holds 2 folders and 134 messages." */
const holds = (inside: number, mail: number): string => {
  const parts = [...(inside > 0 ? [folders(inside)] : []), ...(mail > 0 ? [messages(mail)] : [])]
  return parts.length === 0 ? 'It is empty.' : `It holds ${parts.join(' and ')}.`
}

export const folderWords = {
  menu: (folder: string) => `Actions for ${folder}`,
  create: 'New folder',
  createInside: 'New folder inside',
  createDo: 'Create',
  created: (folder: string) => `Created ${folder}`,
  name: 'Name',
  inside: 'Inside',
  topLevel: 'Top level',
  rename: 'Rename',
  renameTitle: 'Rename folder',
  renamed: (folder: string) => `Renamed to ${folder}`,
  move: 'Move folder to',
  moving: (folder: string) => `Moving ${folder}`,
  moved: (folder: string, to: string) => `Moved ${folder} to ${to}`,
  which: 'Move into which folder?',
  remove: 'Delete folder',
  removeTitle: (folder: string) => `Delete “${folder}”?`,
  removeBody: (inside: number, mail: number) =>
    `${holds(inside, mail)} It goes to Trash with all that is in it, and can be brought back from there.`,
  removeGood: (inside: number, mail: number) => `${holds(inside, mail)} This cannot be undone.`,
  toTrash: 'Move to Trash',
  forGood: 'Delete for good',
  trashed: (folder: string) => `Moved folder ${folder} to Trash`,
  removed: (folder: string) => `Deleted folder ${folder} for good`,
  empty: (folder: string) => `Empty ${folder}`,
  emptyTitle: (folder: string) => `Empty ${folder}?`,
  emptyBody: (inside: number, mail: number) => `${holds(inside, mail)} All of it is deleted for good.`,
  emptying: (folder: string) => `Emptying ${folder}`,
  readAll: 'Mark all as read',
  allRead: (folder: string) => `Marked all in ${folder} as read`,
  hide: 'Hide from this list',
  subscription: (folder: string) => `Showing ${folder}`,
  export: 'Export as mbox',
  exporting: (folder: string) => `Exporting ${folder}`,
  properties: 'Properties',
  facts: {
    path: 'Full name',
    total: 'Messages',
    unread: 'Unread',
    size: 'Size',
    folders: 'Folders inside',
    rights: 'You may',
  },
  sizeUnknown: 'The server does not tell',
  may: {
    all: 'do everything',
    r: 'read',
    s: 'mark as read',
    w: 'star and label',
    i: 'put messages in',
    t: 'delete messages',
    k: 'make folders in it',
    x: 'rename and delete it',
    a: 'decide who else may',
  } as Record<string, string>,
  nameProblems: {
    empty: () => 'Give it a name.',
    'too-long': () => 'This name is too long.',
    control: () => 'This name holds a character that cannot be shown.',
    delimiter: (delimiter: string) =>
      `A name cannot hold “${delimiter}”: it parts a folder from those in it.`,
  } satisfies Record<FolderNameProblem, (delimiter: string) => string>,
  others: 'Shared by others',
  shared: 'Shared folders',
  quota: 'Storage',
  quotaUsed: (used: string, limit: string) => `${used} of ${limit} used`,
  quotaFull: 'Your mailbox is full: new mail may be refused.',
}

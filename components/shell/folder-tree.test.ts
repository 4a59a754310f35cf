import { describe, expect, it } from 'vitest'
import { folderIdOfPath } from '@/lib/model/folder-id'
import type { Mailbox } from '@/lib/model/mailbox'
import type { Role } from '@/lib/model/folder-id'
import { folderTree, inOrder } from './folder-tree'
import type { FolderNode } from './folder-tree'

const box = (path: string, parent: string | null = null, role: Role | null = null): Mailbox => ({
  id: role ?? folderIdOfPath(path),
  path,
  name: path.split('/').at(-1) ?? path,
  parent: parent === null ? null : parent === 'inbox' ? 'inbox' : folderIdOfPath(parent),
  role,
  selectable: true,
  subscribed: true,
  delimiter: '/',
  owner: 'me',
  holds: 'folders',
  rights: null,
  total: 0,
  unread: 0,
})

const drawn = (nodes: FolderNode[]): string[] =>
  nodes.flatMap((node) => [`${'-'.repeat(node.depth)}${node.mailbox.name}`, ...drawn(node.children)])

describe('what the rail shows', () => {
  it('is what is subscribed, roles, and folders above one that is shown', () => {
    const hidden = (path: string, parent?: string) => ({ ...box(path, parent), subscribed: false })
    const all = [
      { ...box('INBOX', null, 'inbox'), subscribed: false },
      hidden('A'),
      box('A/b', 'A'),
      hidden('A/c', 'A'),
      hidden('D'),
    ]
    const names = (wanted: 'shown' | 'all') =>
      inOrder(folderTree(all, wanted)).map(({ mailbox }) => mailbox.path)
    expect(names('shown')).toEqual(['INBOX', 'A', 'A/b'])
    expect(names('all')).toEqual(['INBOX', 'A', 'A/b', 'A/c', 'D'])
  })

  it('puts what others share after one’s own', () => {
    const theirs = (path: string, owner: Mailbox['owner'], parent?: string) => ({
      ...box(path, parent),
      owner,
    })
    const { folders, others, shared } = folderTree([
      theirs('users/bob/Plans', 'other', 'users/bob'),
      theirs('users/bob', 'other'),
      theirs('Public', 'shared'),
      box('Mine'),
    ])
    expect([drawn(folders), drawn(others), drawn(shared)]).toEqual([['Mine'], ['bob', '-Plans'], ['Public']])
  })
})

describe('the folder rail', () => {
  it('puts special folders in their fixed order whatever the server says', () => {
    const { special } = folderTree([
      box('Trash', null, 'trash'),
      box('INBOX', null, 'inbox'),
      box('Sent', null, 'sent'),
    ])
    expect(special.map(({ mailbox }) => mailbox.role)).toEqual(['inbox', 'sent', 'trash'])
  })

  it('draws folders as a tree by name, those below the inbox at the top', () => {
    const { folders } = folderTree([
      box('Receipts'),
      box('Clients'),
      box('Clients/Ostrava', 'Clients'),
      box('Clients/Brightwater', 'Clients'),
      box('INBOX', null, 'inbox'),
      box('INBOX/Lists', 'inbox'),
    ])
    expect(drawn(folders)).toEqual(['Clients', '-Brightwater', '-Ostrava', 'Lists', 'Receipts'])
  })

  it('shows every folder of a circle once', () => {
    const { folders } = folderTree([box('a', 'b'), box('b', 'a')])
    expect(
      drawn(folders)
        .map((name) => name.replaceAll('-', ''))
        .sort(),
    ).toEqual(['a', 'b'])
  })

  it('stops indenting a 40-deep tree', () => {
    const paths = Array.from({ length: 40 }, (_, n) => 'x/'.repeat(n) + n)
    const { folders } = folderTree(paths.map((path, n) => box(path, paths[n - 1] ?? null)))
    expect(Math.max(...drawn(folders).map((name) => name.lastIndexOf('-') + 1))).toBe(6)
    expect(drawn(folders)).toHaveLength(40)
  })
})

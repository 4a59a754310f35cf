import { describe, expect, it } from 'vitest'
import { folderIdOfPath } from '@/lib/model/folder-id'
import type { Mailbox } from '@/lib/model/mailbox'
import { actionsFor, takesFolders } from './folder-actions'

const box = (change: Partial<Mailbox> = {}): Mailbox => ({
  id: folderIdOfPath('Clients'),
  path: 'Clients',
  name: 'Clients',
  parent: null,
  role: null,
  selectable: true,
  subscribed: true,
  delimiter: '/',
  owner: 'me',
  holds: 'folders',
  rights: null,
  total: 3,
  unread: 1,
  ...change,
})

describe('what is offered for a folder', () => {
  it('is all of it for one of one’s own', () => {
    const all = ['read', 'create', 'rename', 'move', 'hide', 'export', 'properties', 'delete']
    expect(actionsFor(box(), 0)).toEqual(all)
  })

  it('never renames, moves or deletes a folder of a role', () => {
    for (const role of ['inbox', 'sent', 'trash'] as const)
      for (const action of ['rename', 'move', 'delete', 'hide'] as const)
        expect(actionsFor(box({ id: role, role }), 0)).not.toContain(action)
  })

  it('empties Trash and Junk, where there is something', () => {
    expect(actionsFor(box({ id: 'trash', role: 'trash' }), 0)).toContain('empty')
    expect(actionsFor(box({ id: 'trash', role: 'trash', total: 0 }), 2)).toContain('empty')
    expect(actionsFor(box({ id: 'junk', role: 'junk', total: 0 }), 0)).not.toContain('empty')
    expect(actionsFor(box(), 0)).not.toContain('empty')
  })

  it('obeys the rights that others gave (RFC 4314 section 2.1)', () => {
    const shared = (rights: string | null) => box({ owner: 'other', rights })
    expect(actionsFor(shared('lr'), 0)).toEqual(['hide', 'export', 'properties'])
    expect(actionsFor(shared('lrs'), 0)).toContain('read')
    expect(actionsFor(shared('lrskx'), 0)).toEqual(expect.arrayContaining(['create', 'rename', 'delete']))
    expect(actionsFor(shared(null), 0)).not.toContain('delete')
    expect(takesFolders(shared('lr'))).toBe(false)
  })

  it('makes no folder where the server takes none', () => {
    expect(actionsFor(box({ holds: 'messages' }), 0)).not.toContain('create')
    expect(takesFolders(box({ holds: 'messages' }))).toBe(false)
  })
})

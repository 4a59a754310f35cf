// Folders changed through the mail room, as a second connection sees them.
import { expect, it } from 'vitest'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { onServers } from '../testing/on-servers'
import { markAllRead, setFlag } from './flags'
import {
  createFolder,
  deleteFolder,
  deleteInside,
  renameFolder,
  subscribeFolder,
  trashFolder,
} from './folders'
import { listWindow } from './list'
import { listFolders } from './mailboxes'
import { measureFolder, readQuota } from './measure'

const letter = (subject: string) =>
  `From: ada@example.org\nTo: alice@posthorn.test\nSubject: ${subject}\n\nbody\n`

onServers({ what: 'folders' }, (at) => {
  const id = folderIdOfPath
  const subscribed = async () =>
    (await at.other.client.list()).filter((folder) => folder.subscribed).map(({ path }) => path)

  it('makes a folder, also inside another, and subscribes it', async () => {
    expect(await createFolder(at.who, { parent: null, name: 'Kunden & Öl' })).toBe(id('Kunden & Öl'))
    expect(await createFolder(at.who, { parent: id('Kunden & Öl'), name: 'שלום' })).toBe(
      id('Kunden & Öl/שלום'),
    )
    expect(await at.other.folders()).toEqual(expect.arrayContaining(['Kunden & Öl', 'Kunden & Öl/שלום']))
    expect(await subscribed()).toContain('Kunden & Öl/שלום')
  })

  it('says in a word why a name cannot be had', async () => {
    const make = (name: string) => createFolder(at.who, { parent: null, name })
    await expect(make('Kunden & Öl')).rejects.toMatchObject({ code: 'folder-exists' })
    await expect(make('inbox')).rejects.toMatchObject({ code: 'folder-exists' })
    await expect(make('a/b')).rejects.toMatchObject({ code: 'folder-name', answer: 'delimiter' })
    await expect(make(' ')).rejects.toMatchObject({ code: 'folder-name', answer: 'empty' })
    await expect(make('x'.repeat(201))).rejects.toMatchObject({ code: 'folder-name', answer: 'too-long' })
    await expect(make('a\nb')).rejects.toMatchObject({ code: 'folder-name', answer: 'control' })
  })

  it('renames it with what lies in it, subscriptions too, and never reads it under the old name', async () => {
    await at.other.append({ folder: 'Kunden & Öl', raw: letter('kept') })
    const shown = (path: string) => listWindow(at.who, { path, offset: 0, limit: 5 })
    expect((await shown('Kunden & Öl')).total).toBe(1)
    await subscribeFolder(at.who, id('Kunden & Öl/שלום'), 'off')
    const renamed = await renameFolder(at.who, { id: id('Kunden & Öl'), parent: null, name: 'Clients' })
    expect(renamed).toEqual([
      { from: id('Kunden & Öl'), to: id('Clients') },
      { from: id('Kunden & Öl/שלום'), to: id('Clients/שלום') },
    ])
    const paths = await subscribed()
    expect(paths).toContain('Clients')
    expect(paths.filter((path) => /שלום|Kunden/.test(path))).toEqual([])
    expect((await shown('Clients')).rows.map(({ subject }) => subject)).toEqual(['kept'])
    await createFolder(at.who, { parent: null, name: 'Kunden & Öl' })
    expect((await shown('Kunden & Öl')).total).toBe(0)
    await deleteFolder(at.who, id('Kunden & Öl'))
  })

  it('moves a folder into another, and never into itself', async () => {
    await createFolder(at.who, { parent: null, name: 'Old' })
    const inside = { id: id('Clients'), parent: id('Clients/שלום'), name: 'Clients' }
    await expect(renameFolder(at.who, inside)).rejects.toMatchObject({ code: 'not-allowed' })
    await renameFolder(at.who, { id: id('Clients'), parent: id('Old'), name: 'Clients' })
    expect(await at.other.folders()).toContain('Old/Clients/שלום')
    await renameFolder(at.who, { id: id('Old/Clients'), parent: null, name: 'Clients' })
    for (const role of ['inbox', 'sent'] as const)
      await expect(renameFolder(at.who, { id: role, parent: null, name: 'Mine' })).rejects.toMatchObject({
        code: 'not-allowed',
      })
  })

  it('puts a folder into Trash, twice under one name, and empties what lies there', async () => {
    await trashFolder(at.who, id('Clients'))
    await createFolder(at.who, { parent: null, name: 'Clients' })
    expect(await trashFolder(at.who, id('Clients'))).toEqual([
      { from: id('Clients'), to: id('Trash/Clients 2') },
    ])
    expect((await at.other.list('Trash/Clients')).map(({ subject }) => subject)).toEqual(['kept'])
    // Who has a folder open that is deleted loses the connection on some servers (RFC 9051 section 6.3.5).
    await at.other.list('INBOX')
    await deleteInside(at.who, 'trash')
    expect((await at.other.folders()).filter((path) => path.startsWith('Trash/'))).toEqual([])
    expect(await at.other.folders()).toContain('Trash')
  })

  it('deletes for good what is deep, and leaves no subscription behind', async () => {
    for (const path of ['Deep', 'Deep/a', 'Deep/a/b']) await at.other.client.mailboxCreate(path)
    await deleteFolder(at.who, id('Deep'))
    expect((await at.other.folders()).filter((path) => path.startsWith('Deep'))).toEqual([])
    expect((await subscribed()).filter((path) => path.startsWith('Deep'))).toEqual([])
    await expect(deleteFolder(at.who, 'trash')).rejects.toMatchObject({ code: 'not-allowed' })
  })

  // Dovecot gives a use to a name, wherever it is needed; ours lets it go along with its folder.
  it.runIf(at.kind === 'posthorn')('leaves alone what holds a folder of a role', async () => {
    await at.other.client.mailboxRename('Archive', 'Holder/Archive')
    expect(await listFolders(at.who)).toContainEqual(
      expect.objectContaining({ path: 'Holder/Archive', role: 'archive' }),
    )
    for (const destroy of [deleteFolder, trashFolder, deleteInside])
      await expect(destroy(at.who, id('Holder'))).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await at.other.folders()).toContain('Holder/Archive')
    await at.other.client.mailboxRename('Holder/Archive', 'Archive')
  })

  it('measures a folder, and marks all of it read', async () => {
    await at.other.list('INBOX')
    await createFolder(at.who, { parent: null, name: 'Weighed' })
    for (const subject of ['one', 'two']) await at.other.append({ folder: 'Weighed', raw: letter(subject) })
    const size = Buffer.byteLength(letter('one').replaceAll('\n', '\r\n')) * 2
    expect(await measureFolder(at.who, 'Weighed')).toEqual({ total: 2, unread: 2, size })
    const ids = await markAllRead(at.who, 'Weighed')
    expect(ids).toHaveLength(2)
    expect(await measureFolder(at.who, 'Weighed')).toMatchObject({ unread: 0 })
    await setFlag(at.who, { path: 'Weighed', ids, flag: 'seen', to: 'off' })
    await at.other.until('Weighed', (seen) => seen.every(({ flags }) => !flags.includes('\\Seen')))
  })

  it('knows of no quota where there is none, and shows what is unsubscribed as such', async () => {
    expect(await readQuota(at.who)).toBeNull()
    await subscribeFolder(at.who, id('Weighed'), 'off')
    const folders = await listFolders(at.who)
    expect(folders.find(({ path }) => path === 'Weighed')).toMatchObject({ subscribed: false, owner: 'me' })
  })
})

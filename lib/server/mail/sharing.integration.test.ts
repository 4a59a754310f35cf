// What others share, what they allow, and how much room there is, on a server that knows all three.
import { expect, it } from 'vitest'
import { startDebian } from '@/e2e/servers/debian'
import { openMailbox } from '@/e2e/servers/mailbox'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { allows } from '@/lib/model/folder-rules'
import { onServers } from '../testing/on-servers'
import { setFlag, setKeyword } from './flags'
import { createFolder, deleteFolder, renameFolder } from './folders'
import { listWindow } from './list'
import { listFolders } from './mailboxes'
import { readQuota } from './measure'
import type { Told } from './told'
import { watch } from './watch'

const letter = (subject: string, size = 0) =>
  `From: bob@posthorn.test\nTo: alice@posthorn.test\nSubject: ${subject}\n\n${'x'.repeat(size)}\n`

onServers(
  {
    what: 'sharing',
    on: ['dovecot'],
    start: () => startDebian({ extras: 'sharing' }),
    seed: async ({ system }) => {
      const bob = await openMailbox(system, system.users.bob)
      for (const path of ['Plans', 'Trash/Old']) await bob.client.mailboxCreate(path)
      await bob.append({ folder: 'Plans', raw: letter('shared') })
      const { address } = system.users.alice
      // RFC 4314 section 3.1; imapflow has no word for it.
      const run = (
        bob.client as unknown as { exec: (name: string, args: unknown[]) => Promise<{ next(): void }> }
      ).exec
      const give = async (path: string, rights: string) => {
        const args = [path, address, rights].map((value) => ({ type: 'STRING', value }))
        const { next } = await run.call(bob.client, 'SETACL', args)
        next()
      }
      await give('Plans', 'lrs')
      await give('Trash', 'lr')
      await bob.close()
    },
  },
  (at) => {
    const plans = 'shared/bob@posthorn.test/Plans'

    it('stands apart, with the rights that were given, and never in place of one’s own', async () => {
      const folders = await listFolders(at.who)
      const theirs = folders.find(({ path }) => path === plans)
      expect(theirs).toMatchObject({ owner: 'other', role: null, selectable: true, total: 1 })
      expect(theirs && [allows(theirs, 'lrs'), allows(theirs, 'i'), allows(theirs, 'x')]).toEqual([
        true,
        false,
        false,
      ])
      expect(folders.find(({ path }) => path === 'shared/bob@posthorn.test/Trash')).toMatchObject({
        role: null,
        owner: 'other',
      })
      expect(folders.find(({ id }) => id === 'trash')).toMatchObject({ path: 'Trash', owner: 'me' })
    })

    it('is live: what others file there is told as it happens', async () => {
      const told: Told[] = []
      const watcher = watch(at.who, (one) => told.push(one))
      const bob = await openMailbox(at.system, at.system.users.bob)
      try {
        // Its second look at the folders is after the server was asked to tell of them.
        await expect.poll(() => told.some(({ type }) => type === 'mailboxes'), { timeout: 10_000 }).toBe(true)
        const uid = await bob.append({ folder: 'Plans', raw: letter('shared, too') })
        const news = { type: 'counts', folder: folderIdOfPath(plans), total: 2 }
        await expect.poll(() => told, { timeout: 5000 }).toContainEqual(expect.objectContaining(news))
        const lock = await bob.client.getMailboxLock('Plans')
        await bob.client.messageDelete(String(uid), { uid: true })
        lock.release()
        const back = { ...news, total: 1 }
        await expect.poll(() => told, { timeout: 5000 }).toContainEqual(expect.objectContaining(back))
      } finally {
        watcher.stop()
        await bob.close()
      }
    })

    it('is read and marked read, and refuses the rest with a reason', async () => {
      const { rows } = await listWindow(at.who, { path: plans, offset: 0, limit: 5 })
      expect(rows.map(({ subject }) => subject)).toEqual(['shared'])
      const ids = rows.map(({ id }) => id)
      await setFlag(at.who, { path: plans, ids, flag: 'seen', to: 'on' })
      await expect(
        setKeyword(at.who, { path: plans, ids, keyword: 'Travel', to: 'on' }),
      ).rejects.toMatchObject({
        code: 'labels-refused',
      })
      const id = folderIdOfPath(plans)
      const refused = { code: expect.stringMatching(/not-allowed|refused-by-server/) as string }
      await expect(createFolder(at.who, { parent: id, name: 'Mine' })).rejects.toMatchObject(refused)
      await expect(deleteFolder(at.who, id)).rejects.toMatchObject(refused)
      await expect(renameFolder(at.who, { id, parent: null, name: 'Mine' })).rejects.toMatchObject(refused)
    })

    it('tells how much of the quota is used, and what a full mailbox says', async () => {
      const before = await readQuota(at.who)
      expect(before).toMatchObject({ of: 'bytes', limit: 10 * 1024 })
      await at.other.append({ raw: letter('large', 8000) })
      const after = await readQuota(at.who)
      expect(after && after.used / after.limit).toBeGreaterThan(0.7)
      await expect(at.other.append({ raw: letter('too large', 8000) })).rejects.toThrow()
    })
  },
)

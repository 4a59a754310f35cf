// A file of messages, of which some are such as no server takes.
import { expect, it, vi } from 'vitest'
import type { BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { subscribe } from '../events/hub'
import type * as Append from '../mail/append'
import { createFolder } from '../mail/folders'
import { onServers } from '../testing/on-servers'
import { emptyFolder } from './empty-folder'
import { importFile } from './import-file'
import { beginJob, cancelBulk, carryOut } from './long-job'

// Neither server refuses a message for what is in it; others do, for a date or a line they cannot read.
vi.mock('../mail/append', async (real) => {
  const append = await real<typeof Append>()
  const addMessage: typeof append.addMessage = async (who, adding) => {
    if (adding.bytes.includes('Subject: refused')) throw new AppError('refused-by-server')
    return append.addMessage(who, adding)
  }
  return { ...append, addMessage }
})

const letter = (subject: string, date = 'Thu, 5 Mar 2026 09:00:00 +0000') =>
  `From ada@example.org Thu Mar  5 09:00:00 2026\nFrom: ada@example.org\nSubject: ${subject}\nDate: ${date}\n\nbody\n\n`

onServers({ what: 'import', on: ['posthorn'] }, (at) => {
  /** How the next job ends. */
  const ended = () => {
    let leave: () => void = () => undefined
    const end = new Promise<BulkJob>((done) => {
      leave = subscribe(at.who, {
        after: null,
        listener: ({ event }) => event.type === 'bulk' && event.job.state !== 'running' && done(event.job),
      })
    })
    return end.finally(() => leave())
  }
  const bring = async (into: string, letters: string[]) => {
    await createFolder(at.who, { parent: null, name: into })
    const end = ended()
    async function* body() {
      yield Buffer.from(letters.join(''))
    }
    await importFile({ who: at.who, folder: folderIdOfPath(into), name: 'a.mbox', body: body() })
    return end
  }
  const subjects = async (folder: string) => (await at.other.list(folder)).map(({ subject }) => subject)
  const refused = letter('refused')

  it('takes a message of an impossible year, under the day it came', async () => {
    const years = ['Thu, 5 Mar 20260 09:00:00 +0000', 'Thu, 5 Mar 1817 09:00:00 +0000']
    const job = await bring('Years', [...years.map((year) => letter('odd', year)), letter('last')])
    expect(job).toMatchObject({ state: 'done', done: 3 })
    expect(job.skipped).toBeUndefined()
    expect(await subjects('Years')).toEqual(['odd', 'odd', 'last'])
  })

  it('stops when it is told to: what came until then is there, and nothing after it', async () => {
    await createFolder(at.who, { parent: null, name: 'Stopped' })
    const end = ended()
    async function* body() {
      for (let n = 0; n < 400; n++) yield Buffer.from(letter(`number ${n}`))
    }
    const job = await importFile({
      who: at.who,
      folder: folderIdOfPath('Stopped'),
      name: 'a.mbox',
      body: body(),
    })
    await cancelBulk(at.who, job?.id ?? '')
    const { state, done } = await end
    expect(state).toBe('cancelled')
    expect(done).toBeLessThan(400)
    expect(await subjects('Stopped')).toEqual(Array.from({ length: done }, (_, n) => `number ${n}`))
  })

  it('holds a place for each file that is still coming, and lets go of it', async () => {
    const broken: (() => void)[] = []
    const file = () => {
      async function* body(): AsyncGenerator<Buffer> {
        await new Promise<void>((_, lost) => broken.push(() => lost(new Error('lost'))))
      }
      return importFile({ who: at.who, folder: 'inbox', name: 'a.mbox', body: body() })
    }
    const coming = [file(), file(), file()]
    await expect(file()).rejects.toMatchObject({ code: 'too-busy' })
    await vi.waitFor(() => expect(broken).toHaveLength(3))
    for (const end of broken) end()
    for (const one of await Promise.allSettled(coming))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'connection-lost' } })
  })

  it('leaves out what the server refuses, and gives up when it refuses all', async () => {
    const some = Array.from({ length: 9 }, () => refused)
    const mixed = await bring('Mixed', [letter('first'), ...some, letter('middle'), ...some, letter('last')])
    expect(mixed).toMatchObject({ state: 'done', done: 3, skipped: 18 })
    const all = await bring('None', [...some, refused, letter('never')])
    expect(all).toMatchObject({ state: 'failed', problem: 'refused-by-server', done: 0 })
    expect(await subjects('None')).toEqual([])
  }, 60_000)

  it('empties nothing and reads no file while there is no room for another job', async () => {
    await at.other.client.mailboxCreate('Trash/Kept')
    let finish: () => void = () => undefined
    const until = new Promise<void>((done) => (finish = done))
    const action = { kind: 'delete' } as const
    const busy = [1, 2, 3].map(() =>
      carryOut(beginJob(at.who, { folder: 'inbox', action, total: 0 }), () => until),
    )
    await expect(emptyFolder(at.who, { folder: 'trash' })).rejects.toMatchObject({ code: 'too-busy' })
    expect(await at.other.folders()).toContain('Trash/Kept')
    async function* unread(): AsyncGenerator<Buffer> {
      throw new Error('a file was read that has no place')
    }
    const file = { who: at.who, folder: 'inbox', name: 'a.mbox', body: unread() }
    await expect(importFile(file)).rejects.toMatchObject({ code: 'too-busy' })
    finish()
    await Promise.all(busy)
    const end = ended()
    await emptyFolder(at.who, { folder: 'trash' })
    expect(await end).toMatchObject({ state: 'done' })
    expect(await at.other.folders()).not.toContain('Trash/Kept')
  })
})

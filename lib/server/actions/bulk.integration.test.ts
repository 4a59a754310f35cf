// One action on more messages than any list holds: all of them, or as many as were done when it was stopped.
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { PosthornSystem } from '@/e2e/servers/posthorn'
import type { BulkJob } from '@/lib/model/bulk'
import { usualView } from '@/lib/model/view'
import { subscribe } from '../events/hub'
import { onServers, type OnServer } from '../testing/on-servers'
import { startBulk } from './bulk'
import { createLabel } from './labels'
import { cancelBulk } from './long-job'
import { removeLabel } from './remove-label'

const many = 10_200

/** As another program would put them there: one letter under as many names. */
const fill = ({ system }: OnServer): Promise<void> => {
  const { home } = system as PosthornSystem
  const maildir = join(home, 'mail', 'users', system.users.alice.address, 'Maildir')
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true })
  const first = join(maildir, 'cur', '1700000000.0.bulk:2,')
  writeFileSync(first, 'From: a@posthorn.test\r\nSubject: One of many\r\n\r\nBody\r\n')
  for (let n = 1; n < many; n++) linkSync(first, join(maildir, 'cur', `1700000000.${n}.bulk:2,`))
  return Promise.resolve()
}

onServers({ what: 'bulk', on: ['posthorn'], seed: fill }, (at) => {
  const count = async (path: string) => await at.other.client.status(path, { messages: true, unseen: true })

  /** Every word about the job, and its end. */
  const follow = (heard: (job: BulkJob) => void = () => undefined) => {
    let leave: () => void = () => undefined
    const end = new Promise<BulkJob>((done) => {
      leave = subscribe(at.who, {
        after: null,
        listener: ({ event }) => {
          if (event.type !== 'bulk') return
          heard(event.job)
          if (event.job.state !== 'running') done(event.job)
        },
      })
    })
    return end.finally(() => leave())
  }

  it('marks more than ten thousand, piece by piece', async () => {
    const told: number[] = []
    const end = follow(({ done }) => told.push(done))
    const action = { kind: 'flag', flag: 'seen', on: true } as const
    const job = await startBulk({ who: at.who, folder: 'inbox', view: usualView, action })
    expect(job).toMatchObject({ state: 'running', total: many })
    expect(await end).toMatchObject({ state: 'done', done: many, problem: null })
    expect(told.length).toBeGreaterThan(10)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(await count('INBOX')).toMatchObject({ messages: many, unseen: 0 })
  }, 120_000)

  it('labels more than ten thousand, and takes the label off all of them when it is deleted', async () => {
    const { keyword } = await createLabel(at.who, { name: 'Many', colour: 'teal' })
    const carrying = async () => {
      const lock = await at.other.client.getMailboxLock('INBOX')
      const found = await at.other.client.search({ keyword }, { uid: true }).finally(() => lock.release())
      return found ? found.length : 0
    }
    const end = follow()
    const action = { kind: 'label', keyword, on: true } as const
    await startBulk({ who: at.who, folder: 'inbox', view: usualView, action })
    expect(await end).toMatchObject({ state: 'done', done: many, problem: null })
    expect(await carrying()).toBe(many)
    // Who does not wait that long is told that it goes on, and then how it ended.
    const gone = follow()
    expect(await removeLabel(at.who, { keyword, patience: 0 })).toEqual({ state: 'running' })
    expect(await gone).toMatchObject({ state: 'done', done: many, total: many, problem: null })
    expect(await carrying()).toBe(0)
  }, 120_000)

  it('stops when it is told to: what was done is done, and nothing is in no folder', async () => {
    const end = follow(({ id, done, state }) => {
      if (state === 'running' && done > 0) void cancelBulk(at.who, id).catch(() => undefined)
    })
    const action = { kind: 'move', to: 'archive' } as const
    await startBulk({ who: at.who, folder: 'inbox', view: usualView, action })
    const { state, done } = await end
    expect(state).toBe('cancelled')
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(many)
    expect(await count('Archive')).toMatchObject({ messages: done })
    expect(await count('INBOX')).toMatchObject({ messages: many - done })
    await expect(cancelBulk(at.who, 'no such job')).rejects.toThrow('not-found')
  }, 120_000)
})

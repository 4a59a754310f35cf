import { expect, it, vi } from 'vitest'
import type * as Real from './db'
import { moveTimes } from './times'

const { openDatabase } = await vi.importActual<typeof Real>('./db')
const db = await openDatabase(':memory:')
vi.mock('./db', () => ({ database: async () => db }))
const { addSession, sessionsOf } = await import('./sessions')
const { addUpload } = await import('./uploads')
const { addJob } = await import('./jobs')

it('what was written by a wrong clock is as old as it was when the right one is believed, and nothing else changes', async () => {
  const [year, wrong] = [365 * 24 * 3_600_000, 1000]
  const who = { owner: 'alice', person: 'alice', login: 'alice', address: 'alice@x.test', name: '' }
  const told = { sealed_password: '', client: '', agent: '' }
  await addSession({ ...who, ...told, id: 'now', created_at: wrong + 5, used_at: wrong + 9 })
  await addSession({ ...who, ...told, id: 'before', created_at: year - 50, used_at: wrong + 9 })
  const file = { owner: 'alice', name: 'a', type: 'b', size: 1 }
  await addUpload({ ...file, id: 'new', created_at: wrong + 1 })
  await addUpload({ ...file, id: 'old', created_at: 1 })
  const job = {
    ...{ owner: 'alice', account: 0, login: 'alice', name: '', sealed_password: '', state: 'waiting' },
    ...{ step: 'frozen', subject: '', envelope: '', draft: '', problem: null },
    ...{ lease_until: 0, lease_by: '', created_at: wrong, updated_at: wrong + 2 },
  }
  await addJob({ ...job, id: 'again', tries: 1, due_at: wrong + 60 })
  await addJob({ ...job, id: 'planned', tries: 0, due_at: year + 77 })
  await addJob({ ...job, id: 'to be filed', state: 'sent', step: 'sent', tries: 2, due_at: wrong + 90 })

  await moveTimes({ from: wrong, to: wrong + 10, ms: year })

  const sessions = await sessionsOf('alice')
  expect(sessions.map(({ id, created_at, used_at }) => [id, created_at, used_at]).sort()).toEqual([
    ['before', year - 50, year + wrong + 9],
    ['now', year + wrong + 5, year + wrong + 9],
  ])
  const uploads = await db.selectFrom('uploads').select(['id', 'created_at']).orderBy('id').execute()
  expect(uploads).toEqual([
    { id: 'new', created_at: year + wrong + 1 },
    { id: 'old', created_at: 1 },
  ])
  const jobs = await db.selectFrom('jobs').select(['id', 'due_at', 'created_at']).orderBy('id').execute()
  expect(jobs).toEqual([
    { id: 'again', due_at: year + wrong + 60, created_at: year + wrong },
    { id: 'planned', due_at: year + 77, created_at: year + wrong },
    { id: 'to be filed', due_at: year + wrong + 90, created_at: year + wrong },
  ])
})

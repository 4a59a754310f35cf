import { expect, test } from 'vitest'
import type { Job } from '@/lib/model/draft'
import { jobsNow } from './outbox'

const job = (id: string, state: Job['state'] = 'waiting'): Job => ({
  id,
  kind: 'message',
  state,
  subject: '',
  to: [],
  dueAt: '2026-11-21T09:00:00Z',
  problem: null,
})

test('the list is all there is: what another window took back is gone', () => {
  const asked = [job('kept'), job('cancelled elsewhere')]
  expect(jobsNow([job('kept')], { asked, heard: asked })).toEqual([job('kept')])
})

test('what was told while the list was on its way is newer than the list', () => {
  const [old, removed] = [job('one'), job('removed')]
  const heard = [job('one', 'failed'), job('new')]
  expect(jobsNow([old, removed], { asked: [old, removed], heard })).toEqual(heard)
})

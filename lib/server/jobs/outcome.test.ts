import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { SubmitError } from '../actions/submit-message'
import type { JobRow } from '../user/jobs'
import { outcomeOf } from './outcome'

const now = 1_000_000_000
const hour = 3_600_000
const row = (change: Partial<JobRow> = {}): JobRow => ({
  id: 'job',
  owner: 'alice@x',
  account: 0,
  login: 'alice@x',
  name: '',
  sealed_password: 'sealed',
  state: 'sending',
  step: 'frozen',
  subject: '',
  envelope: '{}',
  draft: '{}',
  problem: null,
  tries: 0,
  due_at: now,
  lease_until: 0,
  lease_by: '',
  created_at: now,
  updated_at: now,
  ...change,
})
const state = (error: unknown, change?: Partial<JobRow>) => outcomeOf(row(change), error, now).state

describe('a send that the server did not take', () => {
  it('waits longer each time when it may go better', () => {
    const unreachable = new SubmitError('later', 'submission-unreachable')
    const waits = [0, 1, 2, 9].map((tries) => outcomeOf(row({ tries }), unreachable, now).due_at! - now)
    expect(waits).toEqual([5_000, 15_000, 60_000, 30 * 60_000])
    expect(outcomeOf(row(), unreachable, now)).toMatchObject({ state: 'waiting', step: 'frozen', tries: 1 })
  })

  it('fails when the refusal is final, or a day has passed', () => {
    expect(state(new SubmitError('never', 'submission-refused', '550 no'))).toBe('failed')
    const late = { created_at: now - 25 * hour }
    expect(state(new SubmitError('later', 'submission-unreachable'), late)).toBe('failed')
  })

  it('is parked when the password no longer holds', () => {
    expect(state(new SubmitError('never', 'wrong-password'))).toBe('parked')
    expect(state(new AppError('wrong-password'))).toBe('parked')
    expect(state(new SubmitError('later', 'wrong-password'))).toBe('waiting')
  })

  it('is unsure, and never tried again by itself, in the gap of SMTP', () => {
    expect(outcomeOf(row(), new SubmitError('unknown', 'connection-lost'), now)).toEqual({
      state: 'unsure',
      problem: '{"code":"connection-lost","answer":"","refused":[]}',
    })
  })

  it('tells nothing of a mistake of ours', () => {
    expect(outcomeOf(row(), new Error('secret path'), now).problem).not.toContain('secret')
  })
})

it('a message that was sent stays sent: only its copy is tried again, for a day', () => {
  const sent = { state: 'sent', step: 'accepted' }
  const failure = new AppError('server-unreachable')
  expect(outcomeOf(row(sent), failure, now)).toEqual({ tries: 1, due_at: now + 5_000 })
  const late = outcomeOf(row({ ...sent, created_at: now - 25 * hour }), failure, now)
  expect(late).toMatchObject({ step: 'done', sealed_password: '' })
  expect(late.problem).toContain('server-unreachable')
})

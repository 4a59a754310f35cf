import 'server-only'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import { SubmitError } from '../actions/submit-message'
import { timeNow } from '../clock'
import type { JobChange, JobRow, Problem } from '../user/jobs'

// What becomes of a job whose step failed. Before the server took the message: tried again, given to the
// person, or 'unsure'. After: it is sent, whatever else fails, and the rest is tried again for a day.

const waitsMs = [5_000, 15_000, 60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000]
const giveUpAfterMs = 24 * 3_600_000

export const outcomeOf = (row: JobRow, error: unknown, now = timeNow()): JobChange => {
  const problem = problemOf(error)
  return row.state === 'sent' ? afterSent(row, problem, now) : beforeSent(row, { error, problem }, now)
}

const problemOf = (error: unknown): Problem => {
  if (!(error instanceof AppError)) return { code: 'internal', answer: '', refused: [] }
  const refused = error instanceof SubmitError ? error.refused.map(({ address }) => address) : []
  return { code: error.code, answer: error.answer, refused }
}

const beforeSent = (
  row: JobRow,
  { error, problem }: { error: unknown; problem: Problem },
  now: number,
): JobChange => {
  const written = JSON.stringify(problem)
  const again = error instanceof SubmitError ? error.again : againOf(problem.code as ErrorCode)
  if (again === 'unknown') return { state: 'unsure', problem: written }
  // Everything but the last dot had been given away, and the dot was not: the server forgot the message.
  const safe = { step: 'frozen', problem: written } as const
  if (problem.code === 'wrong-password' && again === 'never') return { ...safe, state: 'parked' }
  if (again === 'never' || now - Number(row.created_at) > giveUpAfterMs) return { ...safe, state: 'failed' }
  return { ...safe, state: 'waiting', tries: row.tries + 1, due_at: now + waitFor(row.tries) }
}

const againOf = (code: ErrorCode): 'later' | 'never' => (code === 'wrong-password' ? 'never' : 'later')

const waitFor = (tries: number): number => waitsMs[Math.min(tries, waitsMs.length - 1)]!

const afterSent = (row: JobRow, problem: Problem, now: number): JobChange =>
  now - Number(row.created_at) > giveUpAfterMs
    ? { step: 'done', sealed_password: '', problem: row.problem ?? JSON.stringify(problem) }
    : { tries: row.tries + 1, due_at: now + waitFor(row.tries) }

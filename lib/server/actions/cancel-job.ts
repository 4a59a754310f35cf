import 'server-only'
import { rm } from 'node:fs/promises'
import type { Draft, Job } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { timeNow } from '../clock'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { findJob, type JobRow, takeBackJob } from '../user/jobs'
import { draftOf, frozenPath, jobOf } from './outbox'

interface TakenBack {
  draft: Draft
  kind: Job['kind']
}

/** Undo. The row is taken away in one statement: either this, or the send, is first. */
export const cancelJob = async (who: Account, id: string): Promise<TakenBack> => {
  const row = await takeBackJob(who.key, id)
  if (!row) throw new AppError((await findJob(who.key, id)) ? 'already-sent' : 'not-found')
  publish(who.key, { type: 'job-gone', id: row.id })
  await rm(frozenPath(row.id), { force: true })
  return { draft: asDraft(row), kind: jobOf(row).kind }
}

/** What was to leave later has no draft beside it, and goes on knowing when. */
const asDraft = (row: JobRow): Draft => {
  const { planned: _, ...message } = draftOf(row)
  const leaves = Number(row.created_at)
  if (leaves <= timeNow()) return message
  return { ...message, draft: null, planned: new Date(leaves).toISOString() }
}

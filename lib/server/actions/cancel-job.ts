import 'server-only'
import { rm } from 'node:fs/promises'
import type { Draft, Job } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { findJob, takeBackJob } from '../user/jobs'
import { draftOf, frozenPath, jobOf } from './outbox'

interface TakenBack {
  draft: Draft
  kind: Job['kind']
  planned: string | null
}

/** Undo. The row is taken away in one statement: either this, or the send, is first. */
export const cancelJob = async (who: Account, id: string): Promise<TakenBack> => {
  const row = await takeBackJob(who.key, id)
  if (!row) throw new AppError((await findJob(who.key, id)) ? 'already-sent' : 'not-found')
  publish(who.key, { type: 'job-gone', id: row.id })
  await rm(frozenPath(row.id), { force: true })
  const leaves = Number(row.created_at)
  const planned = leaves > Date.now() ? new Date(leaves).toISOString() : null
  return { draft: draftOf(row), kind: jobOf(row).kind, planned }
}

import 'server-only'
import type { Job } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { seal, serverKey } from '../auth/vault'
import type { Account } from '../mail/account'
import { tellJobChange } from '../user/job-news'
import { findJob, resumeJob } from '../user/jobs'
import { jobOf } from './outbox'

/** Again from the frozen bytes, with the password that is valid now. For 'unsure' it is the person's choice. */
export const retryJob = async (who: Account, id: string): Promise<Job> => {
  const row = await resumeJob(who.key, id, {
    sealed_password: seal(who.credentials.password, serverKey(), id),
    login: who.credentials.user,
    step: 'frozen',
  })
  if (!row) throw new AppError((await findJob(who.key, id)) ? 'already-sent' : 'not-found')
  tellJobChange(row)
  return jobOf(row)
}

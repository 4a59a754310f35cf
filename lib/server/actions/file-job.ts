import 'server-only'
import type { Job } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { seal, serverKey } from '../auth/vault'
import type { Account } from '../mail/account'
import { tellJobChange } from '../user/job-news'
import { findJob, settleJob } from '../user/jobs'
import { jobOf } from './outbox'

/** The person knows that it arrived: from here on it is one that the server took. */
export const fileJob = async (who: Account, id: string): Promise<Job> => {
  const row = await settleJob(who.key, id, {
    sealed_password: seal(who.credentials.password, serverKey(), id),
    login: who.credentials.user,
  })
  if (!row) throw new AppError((await findJob(who.key, id)) ? 'already-sent' : 'not-found')
  tellJobChange(row)
  return jobOf(row)
}

import 'server-only'
import type { Job } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { seal, serverKey } from '../auth/vault'
import { timeNow } from '../clock'
import type { Account } from '../mail/account'
import { tellJobChange } from '../user/job-news'
import { findJob, resumeJob } from '../user/jobs'
import { freezeAgain, jobOf } from './outbox'

/** Again from the frozen bytes, with the password that is valid now. For 'unsure' it is the person's choice. */
export const retryJob = async (who: Account, id: string): Promise<Job> => {
  const now = timeNow()
  const known = await findJob(who.key, id)
  // Planned for later: nobody works on it before then, and it was dated so.
  const early = known !== null && known.step === 'frozen' && Number(known.created_at) > now
  if (early) await freezeAgain(id, new Date(now))
  const row = await resumeJob(who.key, id, {
    sealed_password: seal(who.credentials.password, serverKey(), id),
    login: who.credentials.user,
    step: 'frozen',
    ...(early ? { created_at: now } : {}),
  })
  if (!row) throw new AppError(known ? 'already-sent' : 'not-found')
  tellJobChange(row)
  return jobOf(row)
}

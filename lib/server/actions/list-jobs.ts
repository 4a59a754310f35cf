import 'server-only'
import type { Job } from '@/lib/model/draft'
import type { Account } from '../mail/account'
import { jobsOf } from '../user/jobs'
import { jobOf } from './outbox'

export const listJobs = async (who: Account, account: number): Promise<{ jobs: Job[] }> => ({
  jobs: (await jobsOf(who.key, account)).map(jobOf),
})

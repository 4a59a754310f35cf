import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import type { Job } from '@/lib/model/draft'

// What has not left yet, as this window knows it.

/** `before` hears of them before anybody else does. */
export const loadJobs = async (app: App, before?: (jobs: readonly Job[]) => void): Promise<void> => {
  const { account } = app.person
  const { jobs } = await call('listJobs', { account })
  before?.(jobs)
  for (const job of jobs) app.mail.apply({ type: 'job', account, job })
}

export const forgetJob = (app: App, id: string): void =>
  app.mail.update((state) => ({ ...state, jobs: state.jobs.filter((job) => job.id !== id) }))

export const shownTime = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })

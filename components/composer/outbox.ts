import { ownLocale } from '@/lib/client/clock'
import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import type { Job } from '@/lib/model/draft'

// What has not left yet, as this window knows it.

/** `before` hears of them before anybody else does. */
export const loadJobs = async (app: App, before?: (jobs: readonly Job[]) => void): Promise<void> => {
  const { account } = app.person
  const asked = app.mail.get().jobs
  const { jobs } = await call('listJobs', { account })
  before?.(jobs)
  app.mail.update((state) => ({ ...state, jobs: jobsNow(jobs, { asked, heard: state.jobs }) }))
}

interface Known {
  /** When the list was asked for, and when it came. */
  asked: readonly Job[]
  heard: readonly Job[]
}

/** The list is all there is, but what was told while it was on its way is newer than it. */
export function jobsNow(listed: readonly Job[], { asked, heard }: Known): Job[] {
  const newer = heard.filter((job) => !asked.includes(job))
  const isOld = ({ id }: Job) =>
    newer.some((job) => job.id === id) ||
    (asked.some((job) => job.id === id) && !heard.some((job) => job.id === id))
  return [...listed.filter((job) => !isOld(job)), ...newer]
}

export const forgetJob = (app: App, id: string): void =>
  app.mail.apply({ type: 'job-gone', account: app.person.account, id })

export const shownTime = (iso: string): string =>
  new Date(iso).toLocaleString(ownLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })

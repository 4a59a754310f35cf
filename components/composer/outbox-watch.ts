import { showToast } from '@/components/ui/toast'
import type { App } from '@/lib/client/app'
import { errorCodes, type ErrorCode } from '@/lib/model/errors'
import type { Job } from '@/lib/model/draft'
import { loadJobs } from './outbox'
import { sentFromHere } from './sent-from-here'

const troubles: ReadonlySet<Job['state']> = new Set(['parked', 'failed', 'unsure'])

/** Tells when a message did not leave; the tab that sent it opens it again by itself. */
export function watchOutbox(app: App): () => void {
  const told = new Map<string, Job['state']>()
  const look = () => {
    for (const job of app.mail.get().jobs) {
      if (told.get(job.id) === job.state) continue
      told.set(job.id, job.state)
      if (troubles.has(job.state)) tell(app, job)
    }
  }
  // What stands here since another visit was told then; the rail shows it.
  void loadJobs(app, (jobs) => jobs.forEach(({ id, state }) => told.set(id, state))).catch(() => undefined)
  look()
  return app.mail.subscribe(look)
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)

export function why(app: App, { problem }: Job): string {
  const words = app.words()
  if (problem && problem.refused.length > 0 && problem.code !== 'sender-refused')
    return words.composer.refused(problem.refused.join(', '))
  if (problem?.answer && problem.code !== 'sender-refused') return problem.answer
  const { title, advice } = words.errors[problem && isCode(problem.code) ? problem.code : 'internal']
  return `${title}. ${advice}`
}

function tell(app: App, job: Job): void {
  const words = app.words().composer
  const { account } = app.person
  const open = async () => (await import('./send')).takeBack(app, account, job.id)
  const subject = job.subject || words.noSubject
  if (job.state === 'failed' && sentFromHere.has(job.id)) {
    showToast({ tone: 'bad', seconds: 15, text: words.notSent(why(app, job)) })
    void open()
    return
  }
  const text = job.state === 'unsure' ? words.unsure(subject) : words.parked(subject, why(app, job))
  showToast({
    tone: 'bad',
    seconds: 15,
    id: `job-${job.id}`,
    text,
    action: { label: words.open, run: () => void open() },
  })
}

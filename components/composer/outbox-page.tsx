'use client'
import { SendHorizontal } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { Button } from '@/components/ui/button'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { showToast } from '@/components/ui/toast'
import { tellProblem } from '@/lib/client/actions'
import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import { useApp, useMail } from '@/lib/client/react'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { Job } from '@/lib/model/draft'
import { compose } from './desk'
import { forgetJob, loadJobs, shownTime } from './outbox'
import { why } from './outbox-watch'
import { takeBack } from './send'

/** What has not left yet, and what did not go well, with all that can be done about it. */
export function OutboxPage() {
  const app = useApp()
  const { outbox: words } = useLaterWords()
  const jobs = useMail((state) => state.jobs)
  const list = jobs.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))
  const [loaded, setLoaded] = useState<'no' | 'yes' | 'failed'>('no')
  const load = useCallback(
    () =>
      loadJobs(app).then(
        () => setLoaded('yes'),
        () => setLoaded('failed'),
      ),
    [app],
  )
  useEffect(() => {
    document.title = `${words.title} – Posthorn`
    void load()
  }, [load, words])
  return (
    <main className="flex h-full flex-col overflow-y-auto bg-surface split:border-s">
      <div className="mx-auto w-full max-w-[680px] px-6 pt-6 pb-16 max-split:px-4 max-split:pt-3">
        <div className="mb-2 flex items-center gap-2">
          <BackLink href="/mail/0/inbox" label={words.back} />
          <h1 className="text-xl font-semibold tracking-[-0.018em]">{words.title}</h1>
        </div>
        {loaded === 'failed' && (
          <ErrorState
            title={words.failed}
            actions={<Button onClick={() => void load()}>{words.retry}</Button>}
          />
        )}
        {list.length > 0 ? (
          <>
            <p className="border-b pb-4 text-sm text-ink-2">{words.hint}</p>
            <ul aria-label={words.title} className="grid">
              {list.map((job) => (
                <Entry key={job.id} job={job} />
              ))}
            </ul>
          </>
        ) : (
          loaded === 'yes' && (
            <EmptyState className="pt-24" icon={<SendHorizontal />} title={words.emptyTitle}>
              {words.emptyAdvice}
            </EmptyState>
          )
        )}
      </div>
    </main>
  )
}

function Entry({ job }: { job: Job }) {
  const app = useApp()
  const { composer } = useWords()
  const { outbox: words } = useLaterWords()
  const { state, to, subject, problem } = job
  const bad = state === 'failed' || state === 'parked' || state === 'unsure'
  return (
    <li className="grid gap-2 border-b py-4 last:border-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <bdi className="min-w-0 grow basis-56 truncate font-medium">{subject || composer.noSubject}</bdi>
        <span className={bad ? 'text-sm text-bad' : 'text-sm text-ink-2 tabular-nums'}>
          {words.states[state](shownTime(job.dueAt))}
        </span>
      </div>
      <bdi className="truncate text-sm text-ink-2">{words.to(to.map(shownName).join(', '))}</bdi>
      {state === 'unsure' && <p className="text-sm text-ink-2">{words.unsure}</p>}
      {problem && state !== 'unsure' && <p className="text-sm wrap-anywhere text-ink-2">{why(app, job)}</p>}
      <Acts job={job} />
    </li>
  )
}

const after = async (app: App, what: string, act: () => Promise<unknown>): Promise<void> => {
  try {
    await act()
    await loadJobs(app)
  } catch (problem) {
    tellProblem(app, what, problem)
  }
}

const remove = async (app: App, job: Job, words: { removed: string; undo: string }): Promise<void> => {
  const { account } = app.person
  const { draft, kind } = await call('cancelJob', { account, job: job.id })
  forgetJob(app, job.id)
  const again = () => void compose({ kind: 'again', draft, account })
  showToast({
    text: words.removed,
    ...(kind === 'message' ? { action: { label: words.undo, run: again } } : {}),
  })
}

function Acts({ job }: { job: Job }) {
  const app = useApp()
  const { outbox: words } = useLaterWords()
  const { id, state } = job
  const { account } = app.person
  const retry = () => void after(app, words.retry, () => call('retryJob', { account, job: id }))
  const file = async () => {
    await call('fileJob', { account, job: id })
    forgetJob(app, id)
    app.notify({ tone: 'plain', text: words.filed })
  }
  if (state === 'sending' || state === 'sent') return null
  const name = state === 'unsure' ? words.sendAgain : state === 'waiting' ? words.now : words.retry
  return (
    <div className="flex flex-wrap gap-2">
      {state === 'unsure' && (
        <Button size="s" kind="primary" onClick={() => void after(app, words.wasSent, file)}>
          {words.wasSent}
        </Button>
      )}
      <Button size="s" onClick={retry}>
        {name}
      </Button>
      <Button size="s" onClick={() => void takeBack(app, account, id)}>
        {words.edit}
      </Button>
      <Button
        size="s"
        kind="quiet"
        onClick={() => void after(app, words.remove, () => remove(app, job, words))}
      >
        {words.remove}
      </Button>
    </div>
  )
}

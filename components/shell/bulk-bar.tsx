'use client'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Spinner } from '@/components/ui/spinner'
import { cancelBulk } from '@/lib/client/bulk'
import { shownName } from '@/lib/client/label-names'
import { useApp, useMail } from '@/lib/client/react'
import type { Words } from '@/lib/i18n'
import { useWords } from '@/lib/i18n/react'
import type { BulkJob } from '@/lib/model/bulk'

/** How far it has come, in words. */
const told = ({ list: { bulk, importing }, labels }: Words, job: BulkJob): string => {
  const { action, state, done, total, skipped = 0 } = job
  if (action.kind === 'import')
    return [importing(action.name), importOutcome(bulk.imports, { state, done, skipped })].join(': ')
  if (action.kind !== 'unlabel') return bulk[state](done, total)
  const name = shownName(action, labels.usual)
  return state === 'done'
    ? labels.removed(name)
    : [labels.removing(name), bulk[state](done, total)].join(': ')
}

const importOutcome = (
  words: Words['list']['bulk']['imports'],
  { state, done, skipped }: { state: BulkJob['state']; done: number; skipped: number },
) => [words[state](done), ...(skipped > 0 ? [words.skipped(skipped)] : [])].join(', ')

function Job({ job }: { job: BulkJob }) {
  const app = useApp()
  const words = useWords()
  const { bulk } = words.list
  const { done, total, read = done, state, problem } = job
  const close = () => app.mail.update((now) => ({ ...now, bulk: now.bulk.filter(({ id }) => id !== job.id) }))
  return (
    <li className="grid gap-2 rounded-m border bg-raised px-3.5 py-2.5 shadow-float">
      <div className="flex items-center gap-2.5">
        {state === 'running' && <Spinner />}
        {state === 'done' && <CircleCheck className="lucide text-good" />}
        {(state === 'failed' || state === 'cancelled') && <CircleAlert className="lucide text-warn" />}
        <span role="status" className="min-w-0 grow tabular-nums">
          {told(words, job)}
          {problem && <span className="block text-sm text-ink-2">{words.errors[problem].title}</span>}
        </span>
        {state === 'running' ? (
          <Button size="s" onClick={() => void cancelBulk(app, job)}>
            {words.shell.cancel}
          </Button>
        ) : (
          <IconButton label={words.shell.close} icon={<X />} size="s" onClick={close} />
        )}
      </div>
      {state === 'running' && (
        <progress
          aria-label={bulk.progress}
          max={Math.max(1, total)}
          value={read}
          className="h-1 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </li>
  )
}

/** What the server is doing to many messages, and how far it has come. */
export function BulkBar() {
  const jobs = useMail((state) => state.bulk)
  if (jobs.length === 0) return null
  return (
    <ul className="fixed start-1/2 bottom-20 z-40 grid w-[min(380px,calc(100vw-2rem))] -translate-x-1/2 gap-2 rtl:translate-x-1/2">
      {jobs.map((job) => (
        <Job key={job.id} job={job} />
      ))}
    </ul>
  )
}

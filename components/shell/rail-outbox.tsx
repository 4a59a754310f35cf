'use client'
import { SendHorizontal } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '@/components/ui/cx'
import { useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { Job } from '@/lib/model/draft'

/** What leaves within the time to undo comes and goes: nothing moves for it. */
const stands = ({ state, dueAt }: Job): boolean =>
  state === 'waiting' ? Date.parse(dueAt) - Date.now() > 65_000 : state !== 'sending'

/** Where what waits or did not go well can be seen; not there while nothing does. */
export function RailOutbox() {
  const { shell: words } = useWords()
  const count = useMail(({ jobs }) => jobs.filter(stands).length)
  const here = usePathname() === '/outbox'
  if (count === 0 && !here) return null
  return (
    <Link
      href="/outbox"
      prefetch={false}
      aria-label={words.outbox}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'mt-0.5 flex h-8 items-center gap-2.5 rounded-s px-2.5 pointer-coarse:h-11',
        here ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <SendHorizontal className="lucide" />
      {words.outbox}
      {count > 0 && <span className="ms-auto text-xs font-medium tabular-nums">{count}</span>}
    </Link>
  )
}

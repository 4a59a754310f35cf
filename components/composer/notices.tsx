'use client'
import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import { merge } from './addresses/parse'
import { problemOf } from './addresses/problem'
import { fields, type Letter } from './letter'
import { send } from './send'

/** From here on a circle of people is rather a list. */
const manyVisible = 20

const hide = (letter: Letter): void => {
  const { to, cc, bcc, shownFields } = letter.state.get()
  const all = merge([...to, ...cc, ...bcc])
  letter.change({ to: [], cc: [], bcc: all, shownFields: new Set([...shownFields, 'bcc']) })
}

/** What stands between this message and being sent, said while it is written. */
export function Notices({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const app = useApp()
  const state = useSignal(letter.state, (now) => now)
  const files = useSignal(letter.files.list, (list) => list)
  const broken = fields
    .flatMap((field) => state[field])
    .flatMap((who) => {
      const problem = problemOf(who)
      return problem ? [words.problems[problem](who.address || who.name)] : []
    })
  const visible = [...state.to, ...state.cc]
  const open = files.filter(({ state: { is } }) => is === 'waiting' || is === 'uploading').length
  return (
    <>
      {broken.length > 0 && (
        <Notice>{broken.length === 1 ? broken[0] : words.severalProblems(broken.length)}</Notice>
      )}
      {visible.length >= manyVisible && (
        <Notice
          tone="plain"
          action={
            <Button size="s" onClick={() => hide(letter)}>
              {words.hideThem}
            </Button>
          }
        >
          {words.manyVisible(visible.length)}
        </Notice>
      )}
      {state.warning === 'recipients' && <Notice>{words.noRecipients}</Notice>}
      {state.warning === 'files' && <Notice>{words.uploads.broken}</Notice>}
      {state.warning === 'promised' && files.length === 0 && (
        <Notice
          action={
            <Button size="s" onClick={() => void send(letter, app, 'without-files')}>
              {words.sendAnyway}
            </Button>
          }
        >
          {words.promised}
        </Notice>
      )}
      {state.sending === 'files' && <Notice tone="plain">{words.uploads.waiting(open)}</Notice>}
      {state.quote === 'failed' && <Notice tone="plain">{words.quoteFailed}</Notice>}
    </>
  )
}

interface NoticeProps {
  children: ReactNode
  action?: ReactNode
  tone?: 'warn' | 'plain'
}

function Notice({ children, action, tone = 'warn' }: NoticeProps) {
  return (
    <div
      role="status"
      className={cx(
        'mx-[18px] mb-2.5 flex flex-none items-center gap-[9px] rounded-s px-3 py-2 text-sm wrap-anywhere',
        tone === 'warn' ? 'bg-[color-mix(in_oklab,var(--warn)_13%,transparent)]' : 'bg-sunken text-ink-2',
      )}
    >
      {tone === 'warn' ? (
        <TriangleAlert aria-hidden="true" className="lucide" />
      ) : (
        <Info aria-hidden="true" className="lucide" />
      )}
      <span className="min-w-0 grow">{children}</span>
      {action}
    </div>
  )
}

'use client'
import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

interface NoticeProps {
  children: ReactNode
  action?: ReactNode
  tone?: 'warn' | 'plain'
}

/** A line of the composer that says what is in the way, and what can be done about it. */
export function Notice({ children, action, tone = 'warn' }: NoticeProps) {
  return (
    <div
      role="status"
      className={cx(
        'mx-[18px] mb-2.5 flex flex-none items-center gap-[9px] rounded-s px-3 py-2 text-sm wrap-anywhere max-split:flex-wrap',
        tone === 'warn' ? 'bg-[color-mix(in_oklab,var(--warn)_13%,transparent)]' : 'bg-sunken text-ink-2',
      )}
    >
      {tone === 'warn' ? (
        <TriangleAlert aria-hidden="true" className="lucide" />
      ) : (
        <Info aria-hidden="true" className="lucide" />
      )}
      <span className="min-w-0 grow basis-40">{children}</span>
      {action}
    </div>
  )
}

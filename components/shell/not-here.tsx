'use client'
import { Compass } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/states'
import { withBase } from '@/lib/client/base'
import { useWords } from '@/lib/i18n/react'

/** Nothing is at this address. */
export function NotHere() {
  const { shell } = useWords()
  return (
    <main className="flex h-full min-h-80 flex-col">
      <EmptyState
        stands="page"
        icon={<Compass />}
        title={shell.notFoundTitle}
        actions={
          <a href={withBase('/mail/0/inbox')} className={buttonClass('primary')}>
            {shell.toInbox}
          </a>
        }
      >
        {shell.notFoundAdvice}
      </EmptyState>
    </main>
  )
}

'use client'
import { MailOpen } from 'lucide-react'
import { EmptyState } from '@/components/ui/states'
import { useWords } from '@/lib/i18n/react'

/** Nothing is open: the pane says what it is for. */
export function NoMessage() {
  const { reader } = useWords()
  return (
    <section aria-label={reader.message} className="flex h-full min-h-0 flex-col bg-surface print:hidden">
      <EmptyState icon={<MailOpen />} title={reader.empty}>
        {reader.emptyAdvice}
      </EmptyState>
    </section>
  )
}

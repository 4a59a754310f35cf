'use client'
import { LifeBuoy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/states'
import { useWords } from '@/lib/i18n/react'

/** Drawing failed. The mail is on the server; what remains is to draw again. */
export function Crashed({ again }: { again: () => void }) {
  const { shell } = useWords()
  return (
    <main className="flex h-full min-h-80 flex-col">
      <ErrorState
        stands="page"
        icon={<LifeBuoy />}
        title={shell.crashTitle}
        actions={
          <>
            <Button onClick={again}>{shell.retry}</Button>
            <Button kind="primary" onClick={() => window.location.reload()}>
              {shell.reload}
            </Button>
          </>
        }
      >
        {shell.crashAdvice}
      </ErrorState>
    </main>
  )
}

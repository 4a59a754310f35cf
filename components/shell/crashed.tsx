'use client'
import { LifeBuoy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/states'
import { crashWords } from '@/lib/i18n/crash'

const language = (): string => (typeof document === 'undefined' ? 'en' : document.documentElement.lang)

/** Drawing failed. The mail is on the server; what remains is to draw again. */
export function Crashed({ again }: { again: () => void }) {
  const words = crashWords(language())
  return (
    <main className="flex h-full min-h-80 flex-col">
      <ErrorState
        stands="page"
        icon={<LifeBuoy />}
        title={words.title}
        actions={
          <>
            <Button onClick={again}>{words.retry}</Button>
            <Button kind="primary" onClick={() => window.location.reload()}>
              {words.reload}
            </Button>
          </>
        }
      >
        {words.advice}
      </ErrorState>
    </main>
  )
}

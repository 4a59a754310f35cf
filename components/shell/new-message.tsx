'use client'
import { PenLine } from 'lucide-react'
import { useApp } from '@/lib/client/react'
import { runCommand } from '@/lib/client/commands/registry'
import { useWords } from '@/lib/i18n/react'

/** The one primary action. The composer registers what it does. */
const useCompose = () => {
  const app = useApp()
  return () => {
    app.ui.set((ui) => ({ ...ui, drawer: 'closed' }))
    runCommand('compose', app)
  }
}

export function NewMessageButton() {
  const words = useWords()
  const compose = useCompose()
  return (
    <button
      type="button"
      onClick={compose}
      data-tip={words.shell.newMessage}
      data-keys="c"
      className="mb-3 flex h-9 shrink-0 items-center justify-center gap-2 rounded-m bg-accent font-medium text-accent-ink shadow-low transition-colors select-none hover:bg-accent-strong max-split:hidden"
    >
      <PenLine />
      {words.shell.newMessage}
    </button>
  )
}

export function FloatingNewMessage() {
  const words = useWords()
  const compose = useCompose()
  return (
    <button
      type="button"
      onClick={compose}
      aria-label={words.shell.newMessage}
      className="absolute end-4 bottom-[calc(20px+env(safe-area-inset-bottom))] z-20 grid size-14 place-items-center rounded-[18px] bg-accent text-accent-ink shadow-float transition-transform active:scale-95 split:hidden [&_.lucide]:size-[22px]"
    >
      <PenLine />
    </button>
  )
}

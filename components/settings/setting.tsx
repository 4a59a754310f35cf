'use client'
import type { ReactNode } from 'react'
import { tellProblem } from '@/lib/client/actions'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { Preferences } from '@/lib/model/preferences'

/** Applied at once; taken back with the reason when it could not be kept. */
export const useSave = () => {
  const app = useApp()
  const { settings } = useWords()
  return (change: Partial<Preferences>) =>
    void app.savePreferences(change).catch((problem: unknown) => tellProblem(app, settings.title, problem))
}

interface RowProps {
  title: string
  hint: string
  hintId?: string
  children: ReactNode
  layout?: 'below' | 'beside'
}

export function Setting({ title, hint, hintId, children, layout = 'below' }: RowProps) {
  return (
    <section
      className={
        layout === 'beside'
          ? 'flex items-center justify-between gap-6 border-b py-5 last:border-0'
          : 'grid gap-3 border-b py-5 last:border-0'
      }
    >
      <div>
        <h2 className="font-medium">{title}</h2>
        <p id={hintId} className="text-sm text-ink-2">
          {hint}
        </p>
      </div>
      {children}
    </section>
  )
}

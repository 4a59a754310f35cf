'use client'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useWords } from '@/lib/i18n/react'

export type SettingsPageName = 'appearance'

/** The frame of every settings page. */
export function SettingsPage({ page, children }: { page: SettingsPageName; children: ReactNode }) {
  const { settings } = useWords()
  return (
    <main className="h-full overflow-y-auto bg-surface split:border-s">
      <div className="mx-auto max-w-[680px] px-6 pt-6 pb-16 max-split:px-4 max-split:pt-3">
        <div className="mb-2 flex items-center gap-2">
          <Link
            href="/mail/0/inbox"
            prefetch={false}
            aria-label={settings.back}
            data-tip={settings.back}
            className="-ms-2 grid size-8 place-items-center rounded-s text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-11"
          >
            <ArrowLeft className="rtl:-scale-x-100" />
          </Link>
          <h1 className="text-xl font-semibold tracking-[-0.018em]">{settings.pages[page]}</h1>
        </div>
        {children}
      </div>
    </main>
  )
}

'use client'
import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { cx } from '@/components/ui/cx'
import { useWords } from '@/lib/i18n/react'
import { type SettingsPageName, settingsPages } from './names'

/** The frame of every settings page: where one is among them, and the way back. */
export function SettingsPage({ page, children }: { page: SettingsPageName; children: ReactNode }) {
  const { settings } = useWords()
  return (
    <main className="h-full overflow-y-auto bg-surface split:border-s">
      <div className="mx-auto max-w-[680px] px-6 pt-6 pb-16 max-split:px-4 max-split:pt-3">
        <div className="mb-2 flex items-center gap-2">
          <BackLink href="/mail/0/inbox" label={settings.back} />
          <h1 className="text-xl font-semibold tracking-[-0.018em]">{settings.pages[page]}</h1>
        </div>
        <Pages page={page} />
        {children}
      </div>
    </main>
  )
}

function Pages({ page }: { page: SettingsPageName }) {
  const { settings } = useWords()
  const current = useRef<HTMLAnchorElement>(null)
  // On a phone they are wider than the screen.
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'center' }), [page])
  return (
    <nav
      aria-label={settings.title}
      className="-mx-1 flex gap-1 border-b px-1 py-2 max-split:overflow-x-auto split:flex-wrap"
    >
      {settingsPages.map((name) => (
        <Link
          key={name}
          ref={name === page ? current : undefined}
          href={`/settings/${name}`}
          prefetch={false}
          aria-current={name === page ? 'page' : undefined}
          className={cx(
            'shrink-0 rounded-s px-2.5 py-1.5 text-sm font-medium pointer-coarse:py-3',
            name === page ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          {settings.pages[name]}
        </Link>
      ))}
    </nav>
  )
}

'use client'
import { useEffect, useRef, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { MessageList } from '@/components/message-list/message-list'
import { ResultList } from '@/components/message-list/result-list'
import { cx } from '@/components/ui/cx'
import type { Seed } from '@/lib/client/cache/mail'
import { cursorAt } from '@/lib/client/app'
import type { Place } from '@/lib/client/place'
import { useApp, usePlace, usePreferences, useSearch } from '@/lib/client/react'
import { MessageView, NoMessage } from '@/components/message-view/message-view'
import { AccountMenu } from './account-menu'
import { FloatingNewMessage } from './new-message'
import { Splitter, usualWidth } from './splitter'

/** Hands the server's rows to the store before anything reads it; going back here later changes nothing. */
const useSeed = (seed: Seed): void => {
  const app = useApp()
  useState(() => app.mail.seed(seed))
}

function Pane({ children, open }: { children: ReactNode; open: boolean }) {
  return (
    <div
      className={cx(
        'min-h-0 min-w-0 grow overflow-hidden bg-surface max-split:absolute max-split:inset-0 max-split:z-20',
        !open && 'max-split:hidden',
      )}
    >
      {children}
    </div>
  )
}

/** The keyboard goes on from the message that is open, by whatever way it was opened, the back button included. */
const useCursorAtOpen = (place: Place | null): void => {
  const app = useApp()
  const cursor = place && cursorAt(place)
  useEffect(() => {
    if (cursor) app.ui.set((ui) => (ui.cursor === cursor ? ui : { ...ui, cursor }))
  }, [app, cursor])
}

/** List and message: side by side, or on a phone one over the other, the list keeping its place underneath. */
export function MailPage({ seed }: { seed: Seed }) {
  useSeed(seed)
  const place = usePlace()
  const { listWidth } = usePreferences()
  const list = useRef<HTMLDivElement>(null)
  const search = useSearch()
  useCursorAtOpen(place)
  if (!place && !search) return null
  const message = place?.message ?? null
  return (
    <main className="flex h-full min-w-0">
      <div
        ref={list}
        style={{ '--list': `${listWidth ?? usualWidth}px` } as CSSProperties}
        className={cx(
          'relative flex min-h-0 min-w-0 flex-col border-x bg-surface split:w-[min(var(--list),42%)] split:shrink-0 max-split:w-full max-split:border-0',
          message && 'max-split:invisible',
        )}
      >
        {search ? (
          <ResultList search={search} place={place} account={<AccountMenu />} />
        ) : (
          place && <MessageList place={place} account={<AccountMenu />} />
        )}
        <FloatingNewMessage />
        <Splitter pane={list} />
      </div>
      <Pane open={message !== null}>
        {place && message ? <MessageView at={{ ...place, message }} /> : <NoMessage />}
      </Pane>
    </main>
  )
}

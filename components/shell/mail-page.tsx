'use client'
import dynamic from 'next/dynamic'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { MessageList } from '@/components/message-list/message-list'
import { ResultList } from '@/components/message-list/result-list'
import { NoMessage } from '@/components/message-view/no-message'
import { cx } from '@/components/ui/cx'
import type { Seed } from '@/lib/client/cache/mail'
import { cursorAt } from '@/lib/client/app'
import { whenIdle } from '@/components/ui/idle'
import { listKey } from '@/lib/client/lists'
import type { Place } from '@/lib/client/place'
import type { Preferences } from '@/lib/model/preferences'
import { useApp, usePlace, usePreferences, useSearch } from '@/lib/client/react'
import { AccountMenu } from './account-menu'
import { FloatingNewMessage } from './new-message'
import { Splitter, usualHeight, usualWidth } from './splitter'

// Not part of the inbox's first load: it comes while the list is being looked at.
const loadReader = () => import('@/components/message-view/message-view')
const MessageView = dynamic(() => loadReader().then((reader) => reader.MessageView))

/** A network that fails here is met again when a message is opened. */
const useReaderAtHand = () => useEffect(() => whenIdle(() => void loadReader().catch(() => undefined)), [])

/** Hands the server's rows to the store before anything reads it; going back here later changes nothing. */
const useSeed = (seed: Seed): void => {
  const app = useApp()
  useState(() => app.mail.seed(seed))
}

type Layout = Preferences['layout']

const listShape: Record<Layout, string> = {
  right: 'split:w-[min(var(--list),42%)] split:shrink-0',
  below: 'split:h-[min(var(--list-height),70%)] split:shrink-0 split:border-b',
  off: 'split:grow',
}

function Pane({ children, open, layout }: { children: ReactNode; open: boolean; layout: Layout }) {
  return (
    <div
      className={cx(
        'min-h-0 min-w-0 grow overflow-hidden bg-surface print:static! print:overflow-visible max-split:absolute max-split:inset-0 max-split:z-20',
        !open && (layout === 'off' ? 'hidden' : 'max-split:hidden'),
        layout === 'off' && 'split:absolute split:inset-0 split:z-20',
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

/** Before anything is painted: a selection never shows in a list that it is not of. */
const useArrival = (list: string): void => {
  const app = useApp()
  useLayoutEffect(() => app.arrive(), [app, list])
}

const sizes = (width: number | null, height: number | null) =>
  ({
    '--list': `${width ?? usualWidth}px`,
    '--list-height': `${height ?? usualHeight}px`,
  }) as CSSProperties

/** List and message: side by side, or on a phone one over the other, the list keeping its place underneath. */
export function MailPage({ seed }: { seed: Seed }) {
  useSeed(seed)
  const place = usePlace()
  const { listWidth, listHeight, layout } = usePreferences()
  const list = useRef<HTMLDivElement>(null)
  const search = useSearch()
  useArrival(listKey(place, search))
  useCursorAtOpen(place)
  useReaderAtHand()
  if (!place && !search) return null
  const message = place?.message ?? null
  return (
    <main
      className={cx('flex h-full min-w-0 print:block print:h-auto', layout === 'below' && 'split:flex-col')}
    >
      <div
        ref={list}
        style={sizes(listWidth, listHeight)}
        className={cx(
          'relative flex min-h-0 min-w-0 flex-col border-x print:hidden bg-surface max-split:w-full max-split:border-0',
          listShape[layout],
          message && (layout === 'off' ? 'invisible' : 'max-split:invisible'),
        )}
      >
        {search ? (
          <ResultList search={search} place={place} account={<AccountMenu />} />
        ) : (
          place && <MessageList place={place} account={<AccountMenu />} />
        )}
        <FloatingNewMessage />
        {layout !== 'off' && <Splitter pane={list} layout={layout} />}
      </div>
      <Pane open={message !== null} layout={layout}>
        {place && message ? <MessageView at={{ ...place, message }} /> : <NoMessage />}
      </Pane>
    </main>
  )
}

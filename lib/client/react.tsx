'use client'
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useWords } from '@/lib/i18n/react'
import type { Preferences } from '@/lib/model/preferences'
import type { ErrorCode } from '@/lib/model/errors'
import type { MessageDetail } from '@/lib/model/message'
import { codeOf } from './api'
import type { Clock } from './clock'
import { createApp } from './app'
import type { App, Person, Ui } from './app'
import { messageKey } from './cache/state'
import type { MailState, MessageAt } from './cache/state'
import type { Seed } from './cache/mail'
import { navigation } from './navigation'
import { placeOfPath, searchOfPath } from './place'
import type { Place, Search } from './place'
import { useSignal } from './signal'

const Running = createContext<App | null>(null)

export interface AppProviderProps {
  person: Person
  build: string
  preferences: Preferences
  clock: Clock
  seed: Seed
  children: ReactNode
}

export function AppProvider({ children, ...given }: AppProviderProps) {
  const words = useWords()
  const [app] = useState(() => createApp({ ...given, words }))
  return <Running value={app}>{children}</Running>
}

export const useApp = (): App => {
  const app = useContext(Running)
  if (!app) throw new Error('useApp outside AppProvider')
  return app
}

/** A part of what is known of the mail. `select` must answer the same value for the same state. */
export const useMail = <S,>(select: (state: MailState) => S): S => useSignal(useApp().mail, select)
export const useUi = <S,>(select: (ui: Ui) => S): S => useSignal(useApp().ui, select)
export const useClock = (): Clock => useSignal(useApp().clock, (clock) => clock)
export const usePreferences = (): Preferences => useSignal(useApp().preferences, (all) => all)

const usePath = (): string => {
  const rendered = usePathname()
  const query = useSearchParams().toString()
  return useSyncExternalStore(navigation.subscribe, navigation.path, () =>
    query ? `${rendered}?${query}` : rendered,
  )
}

/** Reads the address once for as long as it stays the same, so that what is read stays the same object. */
const useRead = <T,>(read: (path: string) => T): T => {
  const path = usePath()
  const [known, setKnown] = useState(() => ({ path, value: read(path) }))
  if (known.path === path) return known.value
  const next = { path, value: read(path) }
  setKnown(next)
  return next.value
}

/** The place the URL names; null outside the mail. */
export const usePlace = (): Place | null => useRead(placeOfPath)

/** What is being looked for; null outside of a search. */
export const useSearch = (): Search | null => useRead(searchOfPath)

export type Opened =
  | { state: 'loading'; detail: null; problem: null }
  | { state: 'ready'; detail: MessageDetail; problem: null }
  | { state: 'failed'; detail: null; problem: ErrorCode }

/** The details of a message, asked for when not known. `again` makes a failed one be asked for once more. */
export const useMessage = (at: MessageAt): Opened & { again: () => void } => {
  const app = useApp()
  const key = messageKey(at)
  const detail = useMail((state) => state.details.get(key))
  const [failure, setFailure] = useState<{ key: string; problem: ErrorCode } | null>(null)
  const [tries, setTries] = useState(0)
  const { account, folder, message } = at
  useEffect(() => {
    let current = true
    app.mail.openMessage({ account, folder, message }).catch((problem: unknown) => {
      if (current) setFailure({ key: messageKey({ account, folder, message }), problem: codeOf(problem) })
    })
    return () => {
      current = false
    }
  }, [app, account, folder, message, tries])
  const again = () => {
    setFailure(null)
    setTries((count) => count + 1)
  }
  if (detail) return { state: 'ready', detail, problem: null, again }
  if (failure?.key === key) return { state: 'failed', detail: null, problem: failure.problem, again }
  return { state: 'loading', detail: null, problem: null, again }
}

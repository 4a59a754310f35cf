'use client'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { ComposerHost } from '@/components/composer/host'
import { cx } from '@/components/ui/cx'
import { createKeymap } from '@/lib/client/commands/keymap'
import { mailCommands } from '@/lib/client/commands/mail'
import { useRegistered } from '@/lib/client/commands/react'
import { rememberClock, runClock } from '@/lib/client/clock'
import { basePath } from '@/lib/client/base'
import { folderName } from '@/lib/client/actions'
import { allKeysAreHeard } from '@/lib/client/early-keys'
import { listen } from '@/lib/client/live'
import { watchLooking } from '@/lib/client/notify'
import { AppProvider, useApp, useMail, usePlace, usePreferences, useSearch, useUi } from '@/lib/client/react'
import type { AppProviderProps } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { Banner } from './banner'
import { useOutdated } from './outdated'
import { Overlays } from './overlays'
import { Rail } from './rail'
import { TopBar } from './top-bar'

/** What runs for as long as the page is open: the server's facts, the keyboard, the clock. */
const useRunning = () => {
  const app = useApp()
  useEffect(() => listen(app), [app])
  useEffect(watchLooking, [])
  useEffect(() => {
    const heard = createKeymap(app)
    window.addEventListener('keydown', heard)
    allKeysAreHeard()
    return () => window.removeEventListener('keydown', heard)
  }, [app])
  useEffect(() => {
    // The first paint came without folders: the mail server did not answer then.
    if (app.mail.get().mailboxes.length === 0)
      void app.mail.refreshMailboxes(app.person.account).catch(() => undefined)
  }, [app])
  useEffect(() => {
    rememberClock(basePath())
    return runClock(app.clock)
  }, [app])
}

const useTheme = () => {
  const { theme } = usePreferences()
  useEffect(() => {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }, [theme])
}

/**
 * The tab says where one is, and how much new mail waits in the inbox. By itself: going from message to message draws
 * nothing else here again.
 */
function Title() {
  const words = useWords()
  const place = usePlace()
  const mailbox = useMail((state) => state.mailboxes.find(({ id }) => id === place?.folder))
  const search = useSearch()
  const unread = useMail((state) => state.mailboxes.find(({ role }) => role === 'inbox')?.unread ?? 0)
  const title = search
    ? words.shell.title(search.text || words.shell.search, unread)
    : mailbox && words.shell.title(folderName(words, mailbox), unread)
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  return null
}

function Drawer() {
  const app = useApp()
  const words = useWords()
  const open = useUi((ui) => ui.drawer === 'open')
  const close = () => app.ui.set((ui) => ({ ...ui, drawer: 'closed' }))
  return (
    <>
      {open && (
        <button
          type="button"
          aria-label={words.shell.closeMailboxes}
          className="fixed inset-0 z-30 animate-fade bg-veil split:hidden"
          onClick={close}
        />
      )}
      <div
        onKeyDown={(event) => event.key === 'Escape' && close()}
        className={cx(
          'min-h-0 print:hidden max-split:fixed max-split:inset-y-0 max-split:start-0 max-split:z-30 max-split:w-[min(300px,84vw)] max-split:bg-canvas max-split:shadow-float',
          open ? 'max-split:animate-slide' : 'max-split:hidden',
        )}
      >
        <Rail />
      </div>
    </>
  )
}

function Frame({ children }: { children: ReactNode }) {
  useRunning()
  useTheme()
  useOutdated()
  useRegistered(mailCommands)
  return (
    <div className="grid h-dvh grid-cols-[var(--rail)_minmax(0,1fr)] grid-rows-[var(--top)_minmax(0,1fr)] overflow-hidden max-split:grid-cols-1 max-split:grid-rows-1 print:block print:h-auto print:overflow-visible">
      <Title />
      <TopBar />
      <Drawer />
      <div className="relative min-h-0 min-w-0">{children}</div>
      <Banner />
      <Overlays />
      <ComposerHost />
    </div>
  )
}

/** Everything around the mail: bars, rail, toasts, dialogs. It stays while places change inside it. */
export function Shell({ children, ...given }: AppProviderProps) {
  return (
    <AppProvider {...given}>
      <Frame>{children}</Frame>
    </AppProvider>
  )
}

'use client'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { laterPart } from '@/components/ui/later-part'
import { showToast } from '@/components/ui/toast'
import { register } from '@/lib/client/commands/registry'
import { abandoned, holdLetter, somethingUnderway } from '@/lib/client/drafts'
import type { App } from '@/lib/client/app'
import { whenUsed } from '@/components/ui/idle'
import { loadIdentities } from '@/lib/client/identities'
import { unsavedDrafts } from '@/lib/client/kept-drafts'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { loadSnippets } from '@/lib/client/snippets'
import { useSignal } from '@/lib/client/signal'
import { writeCommands } from './commands'
import { compose, desk } from './desk'
import { watchOutbox } from './outbox-watch'

const loadWindow = () => import('./window')
const ComposerWindow = lazy(laterPart(loadWindow))

/** Shows the open composers over whatever page is there; mounted once, so that moving about keeps them. */
export function ComposerHost() {
  const app = useApp()
  const letters = useSignal(desk, (all) => all)
  useEffect(() => register(writeCommands), [])
  useEffect(() => watchOutbox(app), [app])
  useEffect(() => {
    void offerAbandoned(app)
    // So that a click on "New message" opens the editor at once, where somebody is there who may click. A network that
    // fails here is met again, and said, when a composer is opened.
    return whenUsed(() => {
      void loadWindow().catch(() => undefined)
      void loadIdentities()
      void loadSnippets()
    })
  }, [app])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (somethingUnderway() || unsavedDrafts(app.person.address).length > 0) event.preventDefault()
    }
    if (letters.length === 0) return
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [app, letters.length])
  if (letters.length === 0) return null
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-0 z-40 flex flex-row-reverse items-end gap-3 px-7 max-split:px-0 print:hidden">
      {letters.map((open) => (
        <Suspense key={open.id} fallback={<Opening />}>
          <ComposerWindow open={open} />
        </Suspense>
      ))}
    </div>
  )
}

/** Keys that are pressed while the window is on its way are meant for it, and not for the list behind. */
function Opening() {
  const words = useWords()
  const place = useRef<HTMLTextAreaElement>(null)
  useEffect(() => place.current?.focus({ preventScroll: true }), [])
  return <textarea ref={place} aria-label={words.composer.newMessage} className="sr-only" />
}

/** Words that a crash or a lost network left in this browser are offered again, once. */
async function offerAbandoned(app: App): Promise<void> {
  const found = await abandoned(unsavedDrafts(app.person.address))
  const latest = found.at(-1)
  if (!latest) return
  const words = app.words().composer
  showToast({
    id: 'abandoned',
    text: words.found,
    seconds: 30,
    action: {
      label: words.openFound,
      run: () => void openAbandoned(app, new Set(found.map(({ id }) => id))),
    },
  })
}

/** Every tab offers them: by the time of the click another one may have them open. */
async function openAbandoned(app: App, offered: ReadonlySet<string>): Promise<void> {
  const { address, account } = app.person
  const still = await abandoned(unsavedDrafts(address))
  for (const { id, draft } of still) {
    if (!offered.has(id)) continue
    holdLetter(id)
    compose({ kind: 'again', draft, account, left: id })
  }
}

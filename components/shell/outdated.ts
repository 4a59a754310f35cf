'use client'
import { useEffect } from 'react'
import { onMissingPart } from '@/components/ui/later-part'
import { showToast } from '@/components/ui/toast'
import type { App } from '@/lib/client/app'
import { withBase } from '@/lib/client/base'
import { everythingSettled, saveAllDrafts, somethingUnderway } from '@/lib/client/drafts'
import { useApp, useUi } from '@/lib/client/react'

const longEnough = 60
const longestWait = 3600

/** A part of the page cannot be had: no way to the server, or a server that has it no more. */
const explainMissing = async (app: App): Promise<void> => {
  app.ui.set((ui) => ({ ...ui, overlay: 'none' }))
  const answer = await fetch(withBase('/api/health')).catch(() => null)
  if (answer?.ok) app.ui.set((ui) => ({ ...ui, outdated: ui.outdated + 1 }))
  else app.notify({ tone: 'bad', text: app.words().shell.offline })
}

const sayOutdated = (app: App): void => {
  const { shell } = app.words()
  showToast({
    id: 'outdated',
    text: shell.outdated,
    seconds: longEnough,
    action: { label: shell.reload, run: () => void reload(app) },
  })
}

/** A Send that waits, and files that go up, live in this page alone: they come first, and what fails is looked at. */
const reload = async (app: App): Promise<void> => {
  // What is begun while others are waited for is waited for, too.
  while (somethingUnderway()) {
    showToast({ id: 'outdated', text: app.words().shell.reloadsLater, seconds: longestWait })
    if ((await everythingSettled()) === 'stays') return sayOutdated(app)
  }
  await saveAllDrafts(app.person.address)
  window.location.reload()
  // For who would rather stay when the browser asks.
  sayOutdated(app)
}

/** The server serves another build than the one that drew this page: that is said, and the person reloads when it suits. */
export const useOutdated = (): void => {
  const app = useApp()
  const outdated = useUi((ui) => ui.outdated)
  useEffect(() => onMissingPart(() => void explainMissing(app)), [app])
  useEffect(() => {
    if (outdated > 0) sayOutdated(app)
  }, [app, outdated])
}

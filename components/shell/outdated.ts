'use client'
import { useEffect } from 'react'
import { onMissingPart } from '@/components/ui/later-part'
import { showToast } from '@/components/ui/toast'
import type { App } from '@/lib/client/app'
import { withBase } from '@/lib/client/base'
import { saveAllDrafts } from '@/lib/client/drafts'
import { useApp, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

const longEnough = 60

/** A part of the page cannot be had: no way to the server, or a server that has it no more. */
const explainMissing = async (app: App): Promise<void> => {
  app.ui.set((ui) => ({ ...ui, overlay: 'none' }))
  const answer = await fetch(withBase('/api/health')).catch(() => null)
  if (answer?.ok) app.ui.set((ui) => ({ ...ui, outdated: ui.outdated + 1 }))
  else app.notify({ tone: 'bad', text: app.words().shell.offline })
}

/** The server serves another build than the one that drew this page: that is said, and the person reloads when it suits. */
export const useOutdated = (): void => {
  const app = useApp()
  const { shell } = useWords()
  const outdated = useUi((ui) => ui.outdated)
  useEffect(() => onMissingPart(() => void explainMissing(app)), [app])
  useEffect(() => {
    if (outdated === 0) return
    const run = () => void saveAllDrafts(app.person.address).then(() => window.location.reload())
    showToast({
      id: 'outdated',
      text: shell.outdated,
      seconds: longEnough,
      action: { label: shell.reload, run },
    })
  }, [app, outdated, shell])
}

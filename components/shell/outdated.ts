'use client'
import { useEffect } from 'react'
import { onMissingPart } from '@/components/ui/later-part'
import { showToast } from '@/components/ui/toast'
import { saveAllDrafts } from '@/lib/client/drafts'
import { useApp, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

const longEnough = 60

/** The server serves another build than the one that drew this page: that is said, and the person reloads when it suits. */
export const useOutdated = (): void => {
  const app = useApp()
  const { shell } = useWords()
  const outdated = useUi((ui) => ui.outdated)
  useEffect(
    () => onMissingPart(() => app.ui.set((ui) => ({ ...ui, overlay: 'none', outdated: ui.outdated + 1 }))),
    [app],
  )
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

'use client'
import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { laterPart } from '@/components/ui/later-part'
import { showToast, Toasts } from '@/components/ui/toast'
import { Tips } from '@/components/ui/tips'
import { useApp, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { BulkBar } from './bulk-bar'

// Loaded when first opened: none of them is needed to read mail.
const BulkDialog = dynamic(
  laterPart(() => import('./bulk-dialog')),
  { ssr: false },
)
const DeleteDialog = dynamic(
  laterPart(() => import('./delete-dialog')),
  { ssr: false },
)
const FolderDialogs = dynamic(
  laterPart(() => import('./folder-dialogs')),
  { ssr: false },
)
const LabelDialog = dynamic(
  laterPart(() => import('./label-dialog')),
  { ssr: false },
)
const LabelEdit = dynamic(
  laterPart(() => import('./label-edit')),
  { ssr: false },
)
const MoveDialog = dynamic(
  laterPart(() => import('./move-dialog')),
  { ssr: false },
)
const RedirectDialog = dynamic(
  laterPart(() => import('@/components/composer/redirect-dialog')),
  { ssr: false },
)
const SavedSearchDialog = dynamic(
  laterPart(() => import('./search-save')),
  { ssr: false },
)
const HelpSheet = dynamic(
  laterPart(() => import('./help-sheet')),
  { ssr: false },
)

/** Notes of the application become toasts; the undo they carry becomes their button. */
const useNotes = () => {
  const app = useApp()
  useEffect(
    () =>
      app.onNote(({ text, tone, undo }) => {
        const action =
          undo === undefined
            ? undefined
            : { label: app.words().shell.undo, run: () => void app.undo.run(undo) }
        showToast({ text, tone, seconds: tone === 'bad' ? 12 : 7, ...(action ? { action } : {}) })
      }),
    [app],
  )
}

export function Overlays() {
  const app = useApp()
  const words = useWords()
  const overlay = useUi((ui) => ui.overlay)
  const task = useUi((ui) => ui.task)
  const label = useUi((ui) => ui.label)
  const saved = useUi((ui) => ui.saved)
  useNotes()
  const close = () => app.ui.set((ui) => ({ ...ui, overlay: 'none' }))
  return (
    <>
      {overlay === 'bulk' && <BulkDialog onClose={close} />}
      {overlay === 'delete' && <DeleteDialog onClose={close} />}
      {(overlay === 'move' || overlay === 'copy') && <MoveDialog way={overlay} onClose={close} />}
      {overlay === 'redirect' && <RedirectDialog onClose={close} />}
      {overlay === 'folder' && task && <FolderDialogs task={task} onClose={close} />}
      {overlay === 'label' && <LabelDialog onClose={close} />}
      {overlay === 'label-edit' && <LabelEdit keyword={label} onClose={close} />}
      {overlay === 'search' && <SavedSearchDialog id={saved} onClose={close} />}
      {overlay === 'help' && <HelpSheet onClose={close} />}
      <Toasts label={words.shell.notifications} />
      <BulkBar />
      <Tips />
    </>
  )
}

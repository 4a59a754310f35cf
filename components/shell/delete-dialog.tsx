'use client'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { targetsOf } from '@/lib/client/actions'
import { confirmedDelete } from '@/lib/client/commands/mail'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

/** Asked before what cannot be undone. */
export default function DeleteDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const count = targetsOf(app)?.ids.length ?? 0
  const confirm = () => {
    onClose()
    void confirmedDelete(app)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={words.shell.close}
      title={words.list.confirmDelete(count)}
      description={words.list.confirmDeleteBody}
      footer={
        <>
          <Button onClick={onClose}>{words.shell.cancel}</Button>
          <Button kind="danger" onClick={confirm}>
            {words.list.deleteForGood}
          </Button>
        </>
      }
    />
  )
}

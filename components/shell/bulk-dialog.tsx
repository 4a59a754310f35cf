'use client'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { nameOf } from '@/lib/client/actions'
import type { App } from '@/lib/client/app'
import { startBulk } from '@/lib/client/bulk'
import { useApp, useUi } from '@/lib/client/react'
import { wholeCount } from '@/lib/client/whole'
import { useWords } from '@/lib/i18n/react'
import type { BulkAction } from '@/lib/model/bulk'
import { nameOfKeyword, sameKeyword } from '@/lib/model/label-name'

const verbOf = (app: App, action: BulkAction): string => {
  const { list, labels } = app.words()
  if (action.kind === 'move' || action.kind === 'copy') return list.bulk[action.kind](nameOf(app, action.to))
  if (action.kind !== 'label') return list.bulk.verbs[action.kind]
  const label = app.mail.get().labels.find(({ keyword }) => sameKeyword(keyword, action.keyword))
  const name = label?.name ?? nameOfKeyword(action.keyword)
  return action.on ? labels.bulkPut(name) : labels.bulkTaken(name)
}

/** Asked before something is done to more than is on screen. */
export default function BulkDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const action = useUi((ui) => ui.bulk)
  if (!action) return null
  const { bulk } = words.list
  const count = wholeCount(app)
  const confirm = () => {
    onClose()
    void startBulk(app)
  }
  const verb = verbOf(app, action)
  return (
    <Dialog
      open
      onClose={onClose}
      close={words.shell.close}
      title={bulk.confirm(verb, count)}
      description={action.kind === 'delete' ? words.list.confirmDeleteBody : bulk.confirmBody}
      footer={
        <>
          <Button onClick={onClose}>{words.shell.cancel}</Button>
          <Button kind={action.kind === 'delete' ? 'danger' : 'primary'} onClick={confirm}>
            {verb}
          </Button>
        </>
      }
    />
  )
}

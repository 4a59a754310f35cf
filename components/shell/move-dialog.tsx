'use client'
import { useMemo } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { folderName, moveTo, targetsOf } from '@/lib/client/actions'
import { useApp, useMail } from '@/lib/client/react'
import { copyTo } from '@/lib/client/transfer'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import { allows } from '@/lib/model/folder-rules'
import { FolderPicker } from './folder-picker'
import type { Pick } from './folder-picker'
import { folderTree, inOrder } from './folder-tree'
import type { FolderNode } from './folder-tree'

/** A folder as a line of the picker. */
export const pickOf = (words: Words, { mailbox, depth }: FolderNode): Pick => ({
  id: mailbox.id,
  label: folderName(words, mailbox),
  path: mailbox.path,
  icon: mailbox.role ?? 'folder',
  depth,
})

const usePicks = (): Pick[] => {
  const app = useApp()
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  return useMemo(() => {
    const here = app.place()?.folder
    return inOrder(folderTree(mailboxes))
      .filter(
        ({ mailbox }) =>
          mailbox.selectable && mailbox.id !== here && mailbox.role !== 'starred' && allows(mailbox, 'i'),
      )
      .map((node) => pickOf(words, node))
  }, [app, words, mailboxes])
}

interface MoveDialogProps {
  way: 'move' | 'copy'
  onClose: () => void
}

/** Move to, copy to: for messages. */
export default function MoveDialog({ way, onClose }: MoveDialogProps) {
  const app = useApp()
  const words = useWords()
  const picks = usePicks()
  const pick = ({ id }: Pick) => {
    const targets = targetsOf(app)
    if (!targets) return
    onClose()
    void (way === 'move' ? moveTo : copyTo)(app, targets, id)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={words.shell.close}
      title={way === 'move' ? words.list.moveTo : words.list.copyTo}
    >
      <FolderPicker
        asks={way === 'move' ? words.list.filterFolders : words.list.filterCopy}
        picks={picks}
        onPick={pick}
      />
    </Dialog>
  )
}

'use client'
import { useMemo, useState } from 'react'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { Input } from '@/components/ui/input'
import { folderName, moveTo, targetsOf } from '@/lib/client/actions'
import { useApp, useMail } from '@/lib/client/react'
import { copyTo } from '@/lib/client/transfer'
import { useWords } from '@/lib/i18n/react'
import { folderTree } from './folder-tree'
import type { FolderNode } from './folder-tree'
import { matches } from './search-entries'

const flat = (nodes: FolderNode[]): FolderNode[] => nodes.flatMap((node) => [node, ...flat(node.children)])

const useFolders = (typed: string): FolderNode[] => {
  const app = useApp()
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  return useMemo(() => {
    const here = app.place()?.folder
    const { special, folders } = folderTree(mailboxes)
    return flat([...special, ...folders]).filter(
      ({ mailbox }) =>
        mailbox.selectable &&
        mailbox.id !== here &&
        mailbox.role !== 'starred' &&
        matches(`${folderName(words, mailbox)} ${mailbox.path}`, typed),
    )
  }, [app, words, mailboxes, typed])
}

interface MoveDialogProps {
  way: 'move' | 'copy'
  onClose: () => void
}

/** Move to, copy to: type a few letters, Enter. */
export default function MoveDialog({ way, onClose }: MoveDialogProps) {
  const app = useApp()
  const words = useWords()
  const asks = way === 'move' ? words.list.filterFolders : words.list.filterCopy
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const folders = useFolders(typed)
  const pick = (node: FolderNode | undefined) => {
    const targets = targetsOf(app)
    if (!node || !targets) return
    onClose()
    void (way === 'move' ? moveTo : copyTo)(app, targets, node.mailbox.id)
  }
  const step = (by: number) => setChosen((now) => (now + by + folders.length) % Math.max(1, folders.length))
  return (
    <Dialog
      open
      onClose={onClose}
      close={words.shell.close}
      title={way === 'move' ? words.list.moveTo : words.list.copyTo}
    >
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="move-folders"
        aria-label={asks}
        aria-activedescendant={folders[chosen] ? `move-${folders[chosen].mailbox.id}` : undefined}
        placeholder={asks}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') step(1)
          else if (event.key === 'ArrowUp') step(-1)
          else if (event.key === 'Enter') pick(folders[chosen])
          else return
          event.preventDefault()
        }}
      />
      <div
        id="move-folders"
        role="listbox"
        aria-label={words.shell.folders}
        className="my-2 h-[min(320px,46dvh)] overflow-y-auto"
      >
        {folders.map((node, index) => (
          <div
            key={node.mailbox.id}
            id={`move-${node.mailbox.id}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => pick(node)}
            style={{ paddingInlineStart: `${10 + (typed ? 0 : node.depth * 16)}px` }}
            className={cx(
              'flex min-h-8 items-center gap-2.5 rounded-s pe-2.5 hover:bg-hover pointer-coarse:min-h-11 [&_.lucide]:text-ink-2',
              index === chosen && 'bg-accent-soft',
            )}
          >
            <Icon name={node.mailbox.role ?? 'folder'} />
            <span className="truncate">{folderName(words, node.mailbox)}</span>
          </div>
        ))}
        {folders.length === 0 && (
          <p className="px-3 py-6 text-center text-sm text-ink-2">{words.list.noFolder(typed)}</p>
        )}
      </div>
    </Dialog>
  )
}

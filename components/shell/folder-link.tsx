'use client'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { DragEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import { folderName, moveTo } from '@/lib/client/actions'
import { isPlainClick } from '@/lib/client/click'
import { draggedFolder, isFolderDrag, isOurDrag, startFolderDrag, takeDrag } from '@/lib/client/drag'
import { branchOf, moveFolder } from '@/lib/client/folders'
import { pathOfPlace } from '@/lib/client/place'
import { useApp, usePlace } from '@/lib/client/react'
import { copyTo } from '@/lib/client/transfer'
import { useNumber, useWords } from '@/lib/i18n/react'
import { allows } from '@/lib/model/folder-rules'
import type { Mailbox } from '@/lib/model/mailbox'
import { actionsFor, takesFolders } from './folder-actions'
import { FolderMenuButton } from './folder-menu-button'
import type { MenuState } from './folder-menu-button'
import type { FolderNode } from './folder-tree'

/** What a folder counts: drafts their number, others what is unread; Junk and Trash stay quiet. */
const countOf = (mailbox: Mailbox): number => {
  if (mailbox.role === 'drafts') return mailbox.total
  return mailbox.role === 'trash' || mailbox.role === 'junk' || mailbox.role === 'sent' ? 0 : mailbox.unread
}

function Count({ mailbox, menu }: { mailbox: Mailbox; menu: 'beside' | 'none' }) {
  const number = useNumber()
  const words = useWords()
  const count = countOf(mailbox)
  if (count === 0) return null
  return (
    <span
      id={`count-${mailbox.id}`}
      className={cx(
        'ms-auto ps-1 text-xs font-medium tabular-nums',
        // The menu's button takes its place; under a thumb both are there.
        menu === 'beside' && 'group-hover:opacity-0 pointer-coarse:opacity-100',
      )}
    >
      <span aria-hidden="true">{number(count)}</span>
      <span className="sr-only">
        {mailbox.role === 'drafts' ? words.list.count(count) : words.shell.unread(count)}
      </span>
    </span>
  )
}

export interface FolderProps {
  node: FolderNode
  collapsed: ReadonlySet<string>
  onToggle: (id: string) => void
}

const copies = (event: DragEvent): boolean => event.ctrlKey || event.altKey

/** What is above a folder, if it can be dropped there: messages of another folder, or a folder that is not around it. */
const useDrop = (mailbox: Mailbox, here: boolean) => {
  const app = useApp()
  const [over, setOver] = useState<'no' | 'yes'>('no')
  const takesMessages = mailbox.selectable && !here && mailbox.role !== 'starred' && allows(mailbox, 'i')
  const carried = (event: DragEvent): 'messages' | 'folder' | null => {
    if (takesMessages && isOurDrag(event)) return 'messages'
    const folder = draggedFolder()
    if (!isFolderDrag(event) || folder === null || !takesFolders(mailbox)) return null
    const inside = branchOf(app.mail.get().mailboxes, folder).some(({ id }) => id === mailbox.id)
    return inside ? null : 'folder'
  }
  const drop = (event: DragEvent) => {
    const what = carried(event)
    if (!what) return
    event.preventDefault()
    setOver('no')
    const folder = draggedFolder()
    if (what === 'folder') return void (folder && moveFolder(app, folder, mailbox.id))
    const targets = takeDrag()
    // Ctrl makes it a copy, as in a file manager; on a Mac that key is Alt.
    if (targets) void (copies(event) ? copyTo : moveTo)(app, targets, mailbox.id)
  }
  const above = (event: DragEvent) => {
    const what = carried(event)
    if (!what) return
    event.preventDefault()
    event.dataTransfer.dropEffect = what === 'messages' && copies(event) ? 'copy' : 'move'
    setOver('yes')
  }
  return { over, handlers: { onDragOver: above, onDragLeave: () => setOver('no'), onDrop: drop } }
}

export function FolderLink({ node, collapsed, onToggle }: FolderProps) {
  const app = useApp()
  const words = useWords()
  const place = usePlace()
  const { mailbox } = node
  const name = folderName(words, mailbox)
  const target = { account: app.person.account, folder: mailbox.id, message: null }
  const here = place?.folder === mailbox.id
  const branch = node.children.length > 0
  const { over, handlers } = useDrop(mailbox, here)
  const open = !collapsed.has(mailbox.id)
  const [menu, setMenu] = useState<MenuState>('never')
  const actions = actionsFor(mailbox, node.children.length)
  const movable = actions.includes('move')
  return (
    <div
      className="group relative"
      onContextMenu={(event) => {
        if (actions.length === 0) return
        event.preventDefault()
        setMenu('open')
      }}
    >
      {branch && (
        <button
          type="button"
          aria-label={open ? words.shell.collapse(name) : words.shell.expand(name)}
          aria-expanded={open}
          onClick={() => onToggle(mailbox.id)}
          style={{ insetInlineStart: `${4 + node.depth * 14}px` }}
          className="absolute top-1 z-10 grid size-6 place-items-center rounded-xs text-ink-2 hover:bg-line pointer-coarse:top-2.5"
        >
          {open ? <ChevronDown /> : <ChevronRight className="rtl:-scale-x-100" />}
        </button>
      )}
      <a
        href={pathOfPlace(target)}
        aria-label={name}
        aria-describedby={countOf(mailbox) > 0 ? `count-${mailbox.id}` : undefined}
        aria-current={here ? 'page' : undefined}
        aria-disabled={mailbox.selectable ? undefined : true}
        data-folder={mailbox.id}
        draggable={movable}
        onDragStart={(event) => movable && startFolderDrag(event, mailbox.id)}
        {...handlers}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          if (mailbox.selectable) app.go(target)
        }}
        style={{ paddingInlineStart: `${10 + node.depth * 14}px` }}
        className={cx(
          'flex h-8 items-center gap-2.5 rounded-s pe-2.5 transition-colors select-none pointer-coarse:h-11',
          actions.length > 0 && 'pointer-coarse:pe-11',
          over === 'yes' && 'outline-2 -outline-offset-2 outline-accent',
          here ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        {branch ? <span className="w-4 shrink-0" /> : <Icon name={mailbox.role ?? 'folder'} />}
        <span dir="auto" className="truncate">
          {name}
        </span>
        <Count mailbox={mailbox} menu={actions.length > 0 ? 'beside' : 'none'} />
      </a>
      <FolderMenuButton mailbox={mailbox} name={name} actions={actions} menu={menu} onMenu={setMenu} />
    </div>
  )
}

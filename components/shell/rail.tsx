'use client'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { DragEvent, MouseEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { Horn } from '@/components/ui/horn'
import { Icon } from '@/components/ui/icon'
import { folderName, moveTo } from '@/lib/client/actions'
import { isOurDrag, takeDrag } from '@/lib/client/drag'
import { pathOfPlace } from '@/lib/client/place'
import { useApp, useMail, usePlace } from '@/lib/client/react'
import { copyTo } from '@/lib/client/transfer'
import { useWords } from '@/lib/i18n/react'
import type { Mailbox } from '@/lib/model/mailbox'
import { useCollapsed } from './collapsed'
import { folderTree } from './folder-tree'
import type { FolderNode } from './folder-tree'
import { NewMessageButton } from './new-message'

/** Plain clicks stay within the page; with a modifier the link is the browser's. */
export const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)

/** What a folder counts: drafts their number, others what is unread; Junk and Trash stay quiet. */
const countOf = (mailbox: Mailbox): number => {
  if (mailbox.role === 'drafts') return mailbox.total
  return mailbox.role === 'trash' || mailbox.role === 'junk' || mailbox.role === 'sent' ? 0 : mailbox.unread
}

function Count({ mailbox }: { mailbox: Mailbox }) {
  const words = useWords()
  const count = countOf(mailbox)
  if (count === 0) return null
  return (
    <span id={`count-${mailbox.id}`} className="ms-auto ps-1 text-xs font-medium tabular-nums">
      <span aria-hidden="true">{count.toLocaleString()}</span>
      <span className="sr-only">
        {mailbox.role === 'drafts' ? words.list.count(count) : words.shell.unread(count)}
      </span>
    </span>
  )
}

interface FolderProps {
  node: FolderNode
  collapsed: ReadonlySet<string>
  onToggle: (id: string) => void
}

const copies = (event: DragEvent): boolean => event.ctrlKey || event.altKey

/** A folder takes messages that are dropped on it; the one they come from, and the starred view, do not. */
const useDrop = (mailbox: Mailbox, here: boolean) => {
  const app = useApp()
  const [over, setOver] = useState<'no' | 'yes'>('no')
  const takes = mailbox.selectable && !here && mailbox.role !== 'starred'
  const drop = (event: DragEvent) => {
    if (!takes || !isOurDrag(event)) return
    event.preventDefault()
    setOver('no')
    const targets = takeDrag()
    // Ctrl makes it a copy, as in a file manager; on a Mac that key is Alt.
    if (targets) void (copies(event) ? copyTo : moveTo)(app, targets, mailbox.id)
  }
  const above = (event: DragEvent) => {
    if (!takes || !isOurDrag(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = copies(event) ? 'copy' : 'move'
    setOver('yes')
  }
  return { over, handlers: { onDragOver: above, onDragLeave: () => setOver('no'), onDrop: drop } }
}

function FolderLink({ node, collapsed, onToggle }: FolderProps) {
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
  return (
    <div className="group relative">
      {branch && (
        <button
          type="button"
          aria-label={open ? words.shell.collapse(name) : words.shell.expand(name)}
          aria-expanded={open}
          onClick={() => onToggle(mailbox.id)}
          style={{ insetInlineStart: `${4 + node.depth * 14}px` }}
          className="absolute top-1 z-10 grid size-6 place-items-center rounded-xs text-ink-2 hover:bg-line"
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
        draggable={false}
        {...handlers}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          if (mailbox.selectable) app.go(target)
        }}
        style={{ paddingInlineStart: `${10 + node.depth * 14}px` }}
        className={cx(
          'flex h-8 items-center gap-2.5 rounded-s pe-2.5 transition-colors select-none pointer-coarse:h-11',
          over === 'yes' && 'outline-2 -outline-offset-2 outline-accent',
          here ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        {branch ? <span className="w-4 shrink-0" /> : <Icon name={mailbox.role ?? 'folder'} />}
        <span className="truncate">{name}</span>
        <Count mailbox={mailbox} />
      </a>
    </div>
  )
}

function Branch(props: FolderProps) {
  const { node, collapsed } = props
  return (
    <li>
      <FolderLink {...props} />
      {node.children.length > 0 && !collapsed.has(node.mailbox.id) && (
        <ul className="mt-0.5 grid gap-0.5">
          {node.children.map((child) => (
            <Branch key={child.mailbox.id} {...props} node={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** The folder rail: special folders in fixed order, then the tree. */
export function Rail() {
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const { special, folders } = useMemo(() => folderTree(mailboxes), [mailboxes])
  const { collapsed, toggle } = useCollapsed()
  const shared = { collapsed, onToggle: toggle }
  return (
    <nav
      aria-label={words.shell.mailboxes}
      className="flex h-full flex-col overflow-y-auto px-2.5 pt-3.5 pb-3 max-split:pt-2"
    >
      <div className="flex h-11 shrink-0 items-center gap-[9px] px-2.5 font-semibold tracking-[-0.01em] split:hidden">
        <Horn />
        {words.shell.product}
      </div>
      <NewMessageButton />
      <ul className="grid gap-0.5">
        {special.map((node) => (
          <Branch key={node.mailbox.id} node={node} {...shared} />
        ))}
      </ul>
      {folders.length > 0 && (
        <>
          <h2 className="px-2.5 pt-4 pb-1 text-[11.5px] font-medium text-ink-3">{words.shell.folders}</h2>
          <ul className="grid gap-0.5">
            {folders.map((node) => (
              <Branch key={node.mailbox.id} node={node} {...shared} />
            ))}
          </ul>
        </>
      )}
    </nav>
  )
}

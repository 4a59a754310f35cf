'use client'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import { Horn } from '@/components/ui/horn'
import { IconButton } from '@/components/ui/icon-button'
import { draggedFolder, isFolderDrag } from '@/lib/client/drag'
import { ask, moveFolder } from '@/lib/client/folders'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { useCollapsed } from './collapsed'
import { FolderLink } from './folder-link'
import type { FolderProps } from './folder-link'
import { folderTree } from './folder-tree'
import type { FolderNode } from './folder-tree'
import { RailLabels } from './rail-labels'
import { RailSearches } from './rail-searches'
import { RailOutbox } from './rail-outbox'
import { NewMessageButton } from './new-message'
import { QuotaBar } from './quota'

function Branch(props: FolderProps) {
  const { node, collapsed } = props
  return (
    <li>
      <FolderLink {...props} />
      {node.children.length > 0 && !collapsed.has(node.mailbox.id) && (
        <ul className="mt-0.5 grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {node.children.map((child) => (
            <Branch key={child.mailbox.id} {...props} node={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** A folder dropped on the heading goes to the top level. */
const useTopDrop = () => {
  const app = useApp()
  const [over, setOver] = useState<'no' | 'yes'>('no')
  const onDragOver = (event: DragEvent) => {
    if (!isFolderDrag(event)) return
    event.preventDefault()
    setOver('yes')
  }
  const onDrop = (event: DragEvent) => {
    const folder = draggedFolder()
    setOver('no')
    if (!isFolderDrag(event) || folder === null) return
    event.preventDefault()
    void moveFolder(app, folder, null)
  }
  return { over, handlers: { onDragOver, onDragLeave: () => setOver('no'), onDrop } }
}

interface GroupProps {
  title: string
  nodes: readonly FolderNode[]
  collapsed: ReadonlySet<string>
  onToggle: (id: string) => void
  /** What stands at the end of the heading. */
  add?: ReactNode
}

function Group({ title, nodes, add, ...shared }: GroupProps) {
  const { over, handlers } = useTopDrop()
  return (
    <>
      <div
        {...(add ? handlers : {})}
        className={cx(
          'flex items-center rounded-s pt-3 ps-2.5 pe-1',
          over === 'yes' && 'outline-2 -outline-offset-2 outline-accent',
        )}
      >
        <h2 className="grow truncate text-[11.5px] font-medium text-ink-3">{title}</h2>
        {add}
      </div>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {nodes.map((node) => (
          <Branch key={node.mailbox.id} node={node} {...shared} />
        ))}
      </ul>
    </>
  )
}

function NewFolder() {
  const app = useApp()
  const { folders } = useWords()
  return (
    <IconButton
      label={folders.create}
      icon={<Plus />}
      size="s"
      className="size-6"
      onClick={() => ask(app, { kind: 'create', folder: null })}
    />
  )
}

/** The folder rail: special folders in fixed order, then the tree, then what others share. */
export function Rail() {
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const { special, folders, others, shared } = useMemo(() => folderTree(mailboxes), [mailboxes])
  const { collapsed, toggle } = useCollapsed()
  const way = { collapsed, onToggle: toggle }
  return (
    <nav aria-label={words.shell.mailboxes} className="flex h-full flex-col px-2.5 pt-3.5 max-split:pt-2">
      <div className="flex h-11 shrink-0 items-center gap-[9px] px-2.5 font-semibold tracking-[-0.01em] split:hidden">
        <Horn />
        {words.shell.product}
      </div>
      <NewMessageButton />
      <div className="-mx-2.5 min-h-0 grow overflow-y-auto px-2.5 pb-3">
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {special.map((node) => (
            <Branch key={node.mailbox.id} node={node} {...way} />
          ))}
        </ul>
        <RailOutbox />
        <Group title={words.shell.folders} nodes={folders} add={<NewFolder />} {...way} />
        {others.length > 0 && <Group title={words.folders.others} nodes={others} {...way} />}
        {shared.length > 0 && <Group title={words.folders.shared} nodes={shared} {...way} />}
        <RailLabels />
        <RailSearches />
      </div>
      <QuotaBar />
    </nav>
  )
}

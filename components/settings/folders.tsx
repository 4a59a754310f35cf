'use client'
import { useState } from 'react'
import { FolderPlus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Switch } from '@/components/ui/switch'
import { FolderMenuButton } from '@/components/shell/folder-menu-button'
import type { MenuState } from '@/components/shell/folder-menu-button'
import { actionsFor } from '@/components/shell/folder-actions'
import { folderTree } from '@/components/shell/folder-tree'
import type { FolderNode } from '@/components/shell/folder-tree'
import { folderName } from '@/lib/client/actions'
import { ask, subscribe } from '@/lib/client/folders'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

function Line({ node }: { node: FolderNode }) {
  const app = useApp()
  const words = useWords()
  const { mailbox, depth, children } = node
  const [menu, setMenu] = useState<MenuState>('never')
  const name = folderName(words, mailbox)
  const { total, unread } = mailbox
  return (
    <li>
      <div
        style={{ paddingInlineStart: `${depth * 20}px` }}
        className="group relative flex min-h-11 items-center gap-2.5 border-b pe-10 pointer-coarse:pe-13"
      >
        <Icon name={mailbox.role ?? 'folder'} className="shrink-0 text-ink-2" />
        <div className="min-w-0 grow">
          <span className="block truncate">
            <bdi>{name}</bdi>
          </span>
          {mailbox.selectable && (
            <span className="block text-xs text-ink-3 tabular-nums">
              {words.settings.folders.counts(total, unread)}
            </span>
          )}
        </div>
        {mailbox.role === null && (
          <Switch
            label={words.settings.folders.show(name)}
            on={mailbox.subscribed}
            onChange={(on) => void subscribe(app, mailbox.id, on ? 'on' : 'off')}
          />
        )}
        <div className="absolute end-0 top-1.5 size-8 pointer-coarse:top-0 pointer-coarse:size-11">
          <FolderMenuButton
            mailbox={mailbox}
            name={name}
            actions={actionsFor(mailbox, children.length).filter((action) => action !== 'hide')}
            menu={menu}
            onMenu={setMenu}
            look="always"
          />
        </div>
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Line key={child.mailbox.id} node={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Group({ title, nodes }: { title: string; nodes: readonly FolderNode[] }) {
  if (nodes.length === 0) return null
  return (
    <section className="pt-6">
      <h2 className="pb-1 text-sm font-medium text-ink-2">{title}</h2>
      <ul>
        {nodes.map((node) => (
          <Line key={node.mailbox.id} node={node} />
        ))}
      </ul>
    </section>
  )
}

/** Every folder there is, those that are not shown in the rail included. */
export function Folders() {
  const app = useApp()
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const { special, folders, others, shared } = folderTree(mailboxes, 'all')
  return (
    <>
      <div className="flex items-center gap-4 pt-5">
        <p className="grow text-sm text-ink-2">{words.settings.folders.hint}</p>
        <Button icon={<FolderPlus />} onClick={() => ask(app, { kind: 'create', folder: null })}>
          {words.folders.create}
        </Button>
      </div>
      <Group title={words.settings.folders.special} nodes={special} />
      <Group title={words.shell.folders} nodes={folders} />
      <Group title={words.folders.others} nodes={others} />
      <Group title={words.folders.shared} nodes={shared} />
    </>
  )
}

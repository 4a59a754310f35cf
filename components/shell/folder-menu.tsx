'use client'
import {
  CircleCheckBig,
  Download,
  Ellipsis,
  EyeOff,
  FolderInput,
  FolderPlus,
  Info,
  PenLine,
  Trash2,
} from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuLine, MenuPanel, MenuTrigger } from '@/components/ui/menu-parts'
import { folderName } from '@/lib/client/actions'
import { ask, exportFolder, readAll, subscribe } from '@/lib/client/folders'
import type { App } from '@/lib/client/app'
import { useApp } from '@/lib/client/react'
import type { Words } from '@/lib/i18n'
import { useWords } from '@/lib/i18n/react'
import type { Mailbox } from '@/lib/model/mailbox'
import type { FolderAction } from './folder-actions'
import { menuButtonClass, type MenuLook } from './menu-button-class'

const icons: Record<FolderAction, ReactNode> = {
  read: <CircleCheckBig />,
  create: <FolderPlus />,
  rename: <PenLine />,
  move: <FolderInput />,
  hide: <EyeOff />,
  export: <Download />,
  properties: <Info />,
  empty: <Trash2 />,
  delete: <Trash2 />,
}

const labels = ({ folders }: Words, name: string): Record<FolderAction, string> => ({
  read: folders.readAll,
  create: folders.createInside,
  rename: folders.rename,
  move: folders.move,
  hide: folders.hide,
  export: folders.export,
  properties: folders.properties,
  empty: folders.empty(name),
  delete: folders.remove,
})

const run = (app: App, { id }: Mailbox, action: FolderAction): void => {
  if (action === 'read') return void readAll(app, id)
  if (action === 'hide') return void subscribe(app, id, 'off')
  if (action === 'export') return void exportFolder(app, id)
  ask(app, { kind: action, folder: id })
}

const dangers: readonly FolderAction[] = ['empty', 'delete']

export interface FolderMenuProps {
  mailbox: Mailbox
  actions: readonly FolderAction[]
  look?: MenuLook | undefined
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** What can be done with a folder. */
export default function FolderMenu({ mailbox, actions, look, open, onOpenChange }: FolderMenuProps) {
  const app = useApp()
  const words = useWords()
  const name = folderName(words, mailbox)
  const named = labels(words, name)
  const trigger = useRef<HTMLButtonElement>(null)
  const chosen = useRef<FolderAction | null>(null)
  // The button has the keyboard before anything is asked, so that what is asked gives it back there.
  const closed = (event: Event) => {
    event.preventDefault()
    trigger.current?.focus()
    const action = chosen.current
    chosen.current = null
    if (action) run(app, mailbox, action)
  }
  const firstDanger = actions.find((action) => dangers.includes(action))
  return (
    <Menu open={open} onOpenChange={onOpenChange}>
      <MenuTrigger asChild>
        <button
          ref={trigger}
          type="button"
          aria-label={words.folders.menu(name)}
          className={menuButtonClass(look)}
        >
          <Ellipsis />
        </button>
      </MenuTrigger>
      <MenuPanel align="start" onCloseAutoFocus={closed}>
        {actions.map((action) => (
          <div key={action} role="presentation">
            {action === firstDanger && actions.length > 1 && <MenuLine />}
            <MenuItem
              icon={icons[action]}
              tone={dangers.includes(action) ? 'danger' : 'plain'}
              onSelect={() => void (chosen.current = action)}
            >
              {named[action]}
            </MenuItem>
          </div>
        ))}
      </MenuPanel>
    </Menu>
  )
}

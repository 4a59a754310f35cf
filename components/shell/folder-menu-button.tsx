'use client'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { laterPart } from '@/components/ui/later-part'
import type { Mailbox } from '@/lib/model/mailbox'
import { useWords } from '@/lib/i18n/react'
import type { FolderAction } from './folder-actions'
import { menuButtonClass, type MenuLook } from './menu-button-class'

// Nobody needs it to read mail: loaded when it is first opened.
const FolderMenu = lazy(laterPart(() => import('./folder-menu')))

export type MenuState = 'never' | 'closed' | 'open'

interface MenuButtonProps {
  mailbox: Mailbox
  name: string
  actions: readonly FolderAction[]
  menu: MenuState
  onMenu: (menu: MenuState) => void
  look?: MenuLook
}

export function FolderMenuButton({ mailbox, name, actions, menu, onMenu, look }: MenuButtonProps) {
  const { folders } = useWords()
  const plain = (
    <button
      type="button"
      aria-label={folders.menu(name)}
      aria-haspopup="menu"
      aria-expanded={menu === 'open'}
      className={menuButtonClass(look)}
      onClick={() => onMenu('open')}
    >
      <Ellipsis />
    </button>
  )
  if (actions.length === 0) return null
  if (menu === 'never') return plain
  return (
    <Suspense fallback={plain}>
      <FolderMenu
        mailbox={mailbox}
        actions={actions}
        look={look}
        open={menu === 'open'}
        onOpenChange={(open) => onMenu(open ? 'open' : 'closed')}
      />
    </Suspense>
  )
}

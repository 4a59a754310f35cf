'use client'
import { Ellipsis, Menu as Lines, Search, SquareCheck, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import { folderName, targetsOf } from '@/lib/client/actions'
import { runCommand } from '@/lib/client/commands/registry'
import { useCommand } from '@/lib/client/commands/react'
import { allLoadedSelected, selectAll } from '@/lib/client/cursor'
import { selectWhole, wholeCount } from '@/lib/client/whole'
import type { Place } from '@/lib/client/place'
import { useApp, useMail, useUi } from '@/lib/client/react'
import type { Words } from '@/lib/i18n'
import { useNumber, useWords } from '@/lib/i18n/react'
import { isRole, pathOfFolderId } from '@/lib/model/folder-id'
import type { FolderId } from '@/lib/model/folder-id'
import type { ReactNode } from 'react'
import { FilterNote, FolderMenu, ViewMenus } from './view-menu'

export const bar =
  'flex h-(--bar) shrink-0 items-center gap-1 border-b ps-4 pe-2.5 max-split:h-[54px] max-split:px-1.5'

/** A folder the server does not know (any more) still has the name its address gives it. */
const nameOfId = (words: Words, folder: FolderId): string =>
  isRole(folder) ? words.shell.roles[folder] : (pathOfFolderId(folder)?.split('/').at(-1) ?? folder)

/** A command of the registry as a button. */
function CommandButton({ id }: { id: string }) {
  const found = useCommand(id)
  if (!found?.offered) return null
  const { command, label, keys, run } = found
  return (
    <IconButton label={label} keys={keys} icon={command.icon && <Icon name={command.icon} />} onClick={run} />
  )
}

/** The same in a menu, named as things are when it is opened. */
function CommandItem({ id }: { id: string }) {
  const found = useCommand(id)
  if (!found?.offered) return null
  const { command, label, run } = found
  return (
    <MenuItem icon={command.icon && <Icon name={command.icon} />} onSelect={run}>
      {label}
    </MenuItem>
  )
}

/** What is wanted now and then of a selection; on a phone also what stands in the bar elsewhere. */
function SelectionMenu({ more }: { more: 'none' | 'offered' }) {
  const app = useApp()
  const { labels, list, reader } = useWords()
  const targets = targetsOf(app)
  if (!targets) return null
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={reader.more} icon={<Ellipsis />} />
      </MenuTrigger>
      <MenuPanel align="end">
        <MenuItem icon={<SquareCheck />} className="split:hidden" onSelect={() => selectAll(app)}>
          {list.selectAll}
        </MenuItem>
        {more === 'offered' && (
          <MenuItem icon={<SquareCheck />} className="split:hidden" onSelect={() => selectWhole(app)}>
            {list.selectWhole(wholeCount(app))}
          </MenuItem>
        )}
        <CommandItem id="star" />
        <MenuItem
          icon={<Icon name="label" />}
          className="split:hidden"
          onSelect={() => void runCommand('label', app)}
        >
          {labels.label}
        </MenuItem>
        <MenuItem icon={<Icon name="copy" />} onSelect={() => void runCommand('copy', app)}>
          {list.copyTo}
        </MenuItem>
        {(['mbox', 'zip'] as const).map((format) => (
          <MenuItem
            key={format}
            icon={<Icon name="download" />}
            onSelect={() => void runCommand(`download-${format}`, app)}
          >
            {list.downloads[format]}
          </MenuItem>
        ))}
      </MenuPanel>
    </Menu>
  )
}

function Selecting({ name, count }: { name: string; count: number }) {
  const app = useApp()
  const number = useNumber()
  const { list } = useWords()
  useMail((state) => state.listings)
  const whole = useUi((ui) => ui.whole === ui.selected)
  // Offered once everything that is loaded was selected, and there is more.
  const more = allLoadedSelected(app) && wholeCount(app) > count
  const clear = () => app.ui.set((ui) => ({ ...ui, selected: new Set(), anchor: null }))
  return (
    <div className={bar}>
      <h1 className="sr-only">{name}</h1>
      <IconButton label={list.clearSelection} keys="Escape" icon={<X />} onClick={clear} className="-ms-2" />
      <span role="status" className="min-w-0 truncate font-semibold tabular-nums">
        <span className="max-split:sr-only">{list.selected(whole ? wholeCount(app) : count)}</span>
        {/* On a phone there is room for the number. */}
        <span aria-hidden="true" className="split:hidden">
          {number(whole ? wholeCount(app) : count)}
        </span>
      </span>
      {!whole && more && (
        <Button
          size="s"
          kind="quiet"
          className="text-accent max-split:hidden"
          onClick={() => selectWhole(app)}
        >
          {list.selectWhole(wholeCount(app))}
        </Button>
      )}
      <div role="toolbar" aria-label={list.selection} className="ms-auto flex">
        {['archive', 'delete', 'junk', 'mark-read', 'mark-unread', 'move'].map((id) => (
          <CommandButton key={id} id={id} />
        ))}
        {/* On a phone it stands in the menu: the bar is full. */}
        <div className="max-split:hidden">
          <CommandButton id="label" />
        </div>
        <SelectionMenu more={!whole && more ? 'offered' : 'none'} />
        <IconButton
          label={list.selectAll}
          keys="$mod+a"
          icon={<SquareCheck />}
          onClick={() => selectAll(app)}
          className="max-split:hidden"
        />
      </div>
    </div>
  )
}

export interface ListHeaderProps {
  place: Place
  total: number | null
  /** The account menu, which on a phone stands here. */
  account: ReactNode
}

export function ListHeader({ place, total, account }: ListHeaderProps) {
  const number = useNumber()
  const app = useApp()
  const words = useWords()
  const selected = useUi((ui) => ui.selected.size)
  const mailbox = useMail((state) => state.mailboxes.find(({ id }) => id === place.folder))
  const name = mailbox ? folderName(words, mailbox) : nameOfId(words, place.folder)
  if (selected > 0) return <Selecting name={name} count={selected} />
  const count = total ?? mailbox?.total ?? 0
  const open = (change: { overlay: 'palette' } | { drawer: 'open' }) =>
    app.ui.set((ui) => ({ ...ui, ...change }))
  return (
    <div className={bar}>
      <IconButton
        label={words.shell.openMailboxes}
        icon={<Lines />}
        onClick={() => open({ drawer: 'open' })}
        className="split:hidden [&_.lucide]:size-5"
      />
      <h1 dir="auto" className="min-w-0 truncate text-md font-semibold tracking-[-0.01em] max-split:text-lg">
        {name}
      </h1>
      <span className="ms-1.5 shrink-0 text-[12.5px] text-ink-3 tabular-nums">
        <span className="max-split:hidden">{count > 0 && number(count)}</span>
        <span className="split:hidden">
          {mailbox && mailbox.unread > 0 && words.shell.unread(mailbox.unread)}
        </span>
      </span>
      <FilterNote place={place} />
      <div className="ms-auto flex items-center">
        <IconButton
          label={words.list.selectAllLoaded}
          keys="$mod+a"
          icon={<SquareCheck />}
          onClick={() => selectAll(app)}
          className="max-split:hidden"
        />
        <ViewMenus place={place} />
        <FolderMenu />
        <IconButton
          label={words.shell.search}
          icon={<Search />}
          onClick={() => open({ overlay: 'palette' })}
          className="split:hidden [&_.lucide]:size-5"
        />
        <div className="split:hidden">{account}</div>
      </div>
    </div>
  )
}

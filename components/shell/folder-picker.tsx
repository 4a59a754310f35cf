'use client'
import { useState } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import type { IconName } from '@/components/ui/icon'
import { Input } from '@/components/ui/input'
import { useWords } from '@/lib/i18n/react'
import { matches } from './matches'

export interface Pick {
  id: string
  label: string
  /** What is also looked through for what was typed. */
  path: string
  icon: IconName
  depth: number
}

interface FolderPickerProps<P extends Pick> {
  asks: string
  picks: readonly P[]
  onPick: (pick: P) => void
}

/** Type a few letters, Enter: one folder of many. */
export function FolderPicker<P extends Pick>({ asks, picks, onPick }: FolderPickerProps<P>) {
  const words = useWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = picks.filter(({ label, path }) => matches(`${label} ${path}`, typed))
  const step = (by: number) => setChosen((now) => (now + by + found.length) % Math.max(1, found.length))
  const take = (pick: P | undefined) => pick && onPick(pick)
  return (
    <>
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="move-folders"
        aria-label={asks}
        aria-activedescendant={found[chosen] ? `move-${found[chosen].id}` : undefined}
        placeholder={asks}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') step(1)
          else if (event.key === 'ArrowUp') step(-1)
          else if (event.key === 'Enter') take(found[chosen])
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
        {found.map((pick, index) => (
          <div
            key={pick.id}
            id={`move-${pick.id}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => onPick(pick)}
            style={{ paddingInlineStart: `${10 + (typed ? 0 : pick.depth * 16)}px` }}
            className={cx(
              'flex min-h-8 items-center gap-2.5 rounded-s pe-2.5 hover:bg-hover pointer-coarse:min-h-11 [&_.lucide]:text-ink-2',
              index === chosen && 'bg-accent-soft',
            )}
          >
            <Icon name={pick.icon} />
            <span dir="auto" className="truncate">
              {pick.label}
            </span>
          </div>
        ))}
        {found.length === 0 && (
          <p className="px-3 py-6 text-center text-sm text-ink-2">{words.list.noFolder(typed)}</p>
        )}
      </div>
    </>
  )
}

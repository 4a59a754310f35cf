'use client'
import { X } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { cx } from '@/components/ui/cx'
import { useWords } from '@/lib/i18n/react'
import { formatAddress, shownName, type Address } from '@/lib/model/address'
import { problemOf } from './problem'

export interface PillProps {
  who: Address
  onEdit: () => void
  onRemove: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onDragStart: (event: React.DragEvent) => void
  onDragEnd: (event: React.DragEvent) => void
}

/** One recipient. Enter or a double click edits it in place; Delete, Backspace and the cross take it out. */
export function Pill({ who, onEdit, onRemove, onKeyDown, onDragStart, onDragEnd }: PillProps) {
  const { composer: words } = useWords()
  const problem = problemOf(who)
  const name = shownName(who)
  return (
    <li
      draggable
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      className={cx(
        'group relative flex h-[26px] max-w-full min-w-0 items-center rounded-full text-sm pointer-coarse:h-[34px]',
        problem
          ? 'bg-[color-mix(in_oklab,var(--bad)_12%,transparent)] text-bad'
          : 'bg-sunken text-ink has-[[data-pill]:focus]:bg-accent-soft',
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        data-pill=""
        title={problem ? words.problems[problem](who.address) : formatAddress(who)}
        aria-label={words.editRecipient(problem ? words.problems[problem](who.address) : formatAddress(who))}
        className={cx(
          'flex h-full min-w-0 items-center gap-[7px] rounded-full pe-2.5 focus:outline-2 focus:outline-accent pointer-coarse:pe-9',
          problem ? 'ps-2.5' : 'ps-[3px]',
        )}
        onDoubleClick={onEdit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'F2') {
            event.preventDefault()
            onEdit()
          } else onKeyDown(event)
        }}
      >
        {!problem && <Avatar name={name} seed={who.address} size="s" />}
        <bdi className="truncate">{name}</bdi>
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={words.removeRecipient(name)}
        onClick={onRemove}
        className={cx(
          'absolute inset-y-0 end-0 grid w-6 place-items-center rounded-full opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:w-9 pointer-coarse:opacity-100',
          problem ? 'bg-[color-mix(in_oklab,var(--bad)_18%,var(--raised))]' : 'bg-hover',
        )}
      >
        <X aria-hidden="true" className="lucide size-3!" />
      </button>
    </li>
  )
}

'use client'
import { useEffect, useRef } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { cx } from '@/components/ui/cx'
import { shownName, type Address } from '@/lib/model/address'

export interface SuggestionListProps {
  id: string
  label: string
  list: readonly Address[]
  active: number
  onPick: (who: Address) => void
  className?: string
}

/** The people who match. Focus stays in the field; this only shows and takes clicks. */
export function SuggestionList({ id, label, list, active, onPick, className }: SuggestionListProps) {
  const chosen = useRef<HTMLLIElement>(null)
  useEffect(() => void chosen.current?.scrollIntoView({ block: 'nearest' }), [active, list])
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      className={cx(
        'absolute start-[76px] top-[calc(100%-4px)] z-20 max-h-72 w-[min(320px,calc(100%-80px))] overflow-y-auto rounded-m border border-line-strong bg-raised p-[5px] shadow-float',
        className,
      )}
    >
      {list.map((who, index) => (
        <li
          key={who.address}
          ref={index === active ? chosen : null}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The field must keep the focus, or leaving it would hand in the half-typed text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(who)}
          className={cx(
            'flex min-h-11 cursor-default items-center gap-2.5 rounded-s px-2 py-1.5',
            index === active ? 'bg-accent-soft' : 'hover:bg-hover',
          )}
        >
          <Avatar name={shownName(who)} seed={who.address} />
          <span className="min-w-0">
            <bdi className="block truncate">{shownName(who)}</bdi>
            {who.name && <bdi className="block truncate text-xs text-ink-3">{who.address}</bdi>}
          </span>
        </li>
      ))}
    </ul>
  )
}

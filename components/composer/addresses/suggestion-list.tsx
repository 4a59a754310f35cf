'use client'
import { UsersRound } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { cx } from '@/components/ui/cx'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { Suggestion } from './suggest'

export interface SuggestionListProps {
  id: string
  label: string
  list: readonly Suggestion[]
  active: number
  onPick: (one: Suggestion) => void
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
      {list.map((one, index) => (
        <li
          key={one.who.address || one.who.name}
          ref={index === active ? chosen : null}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The field must keep the focus, or leaving it would hand in the half-typed text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(one)}
          className={cx(
            'flex min-h-11 cursor-default items-center gap-2.5 rounded-s px-2 py-1.5',
            index === active ? 'bg-accent-soft' : 'hover:bg-hover',
          )}
        >
          <Face {...one} />
        </li>
      ))}
    </ul>
  )
}

function Face({ who, members }: Suggestion) {
  const { composer: words } = useWords()
  const below = members ? words.people(members.length) : who.name && who.address
  return (
    <>
      {members ? <GroupMark /> : <Avatar name={shownName(who)} seed={who.address} />}
      <span className="min-w-0">
        <bdi className="block truncate">{shownName(who)}</bdi>
        {below && <bdi className="block truncate text-xs text-ink-2">{below}</bdi>}
      </span>
    </>
  )
}

const GroupMark = () => (
  <span
    aria-hidden="true"
    className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-ink-2"
  >
    <UsersRound className="lucide" />
  </span>
)

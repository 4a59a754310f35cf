'use client'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { cx } from '@/components/ui/cx'
import { useLaterWords } from '@/lib/i18n/later'
import type { Contact } from '@/lib/model/contact'
import { shownPerson } from './sort'

const rowHeight = 56
const overscan = 8

/** Which rows are in view; every row is as tall as the next. */
function useRange(count: number) {
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ from: 0, to: 30 })
  const measure = () => {
    const box = scroller.current
    if (!box) return
    const from = Math.max(0, Math.floor(box.scrollTop / rowHeight) - overscan)
    const to = Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + overscan
    setRange((now) => (now.from === from && now.to === to ? now : { from, to }))
  }
  useLayoutEffect(measure, [count])
  useEffect(() => {
    const watcher = new ResizeObserver(measure)
    if (scroller.current) watcher.observe(scroller.current)
    return () => watcher.disconnect()
  }, [])
  const reveal = useCallback((at: number) => {
    const box = scroller.current
    if (!box || at < 0) return
    const top = at * rowHeight
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight - box.clientHeight
  }, [])
  return { scroller, measure, reveal, from: range.from, to: Math.min(count, range.to) }
}

export interface ContactListProps {
  list: readonly Contact[]
  /** Whose details are open. */
  open: string | null
  onOpen: (id: string, how: 'look' | 'enter') => void
  onRemove: (one: Contact) => void
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }

/** A register of people, drawn as far as it is seen. One Tab stop; arrows go through it and open. */
export function ContactList({ list, open, onOpen, onRemove }: ContactListProps) {
  const words = useLaterWords().contacts
  const { scroller, measure, reveal, from, to } = useRange(list.length)
  const at = list.findIndex(({ id }) => id === open)
  useEffect(() => reveal(at), [at, reveal])
  const goTo = (index: number) => {
    const one = list[Math.max(0, Math.min(list.length - 1, index))]
    if (one) onOpen(one.id, 'look')
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const { key } = event
    const here = list[at]
    if (key in steps) goTo(at < 0 ? 0 : at + (steps[key] ?? 0))
    else if (key === 'Home') goTo(0)
    else if (key === 'End') goTo(list.length - 1)
    else if (key === 'Enter' && here) onOpen(here.id, 'enter')
    else if (key === 'Delete' && here) onRemove(here)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={words.list}
      tabIndex={0}
      aria-activedescendant={at >= from && at < to ? `contact-${open}` : undefined}
      onScroll={measure}
      onKeyDown={onKeyDown}
      className="ring-inside min-h-0 grow overflow-y-auto overscroll-contain"
    >
      <div role="presentation" className="relative" style={{ height: list.length * rowHeight }}>
        {list.slice(from, to).map((one, offset) => (
          <Row
            key={one.id}
            one={one}
            index={from + offset}
            count={list.length}
            isOpen={one.id === open}
            onClick={() => onOpen(one.id, 'enter')}
          />
        ))}
      </div>
    </div>
  )
}

interface RowProps {
  one: Contact
  index: number
  count: number
  isOpen: boolean
  onClick: () => void
}

function Row({ one, index, count, isOpen, onClick }: RowProps) {
  const words = useLaterWords().contacts
  const name = shownPerson(one) || words.nameless
  const below = one.name ? one.addresses[0] : one.groups.join(', ')
  return (
    <div
      id={`contact-${one.id}`}
      role="option"
      aria-selected={isOpen}
      aria-posinset={index + 1}
      aria-setsize={count}
      onClick={onClick}
      style={{ top: index * rowHeight, height: rowHeight }}
      className={cx(
        'absolute inset-x-0 flex cursor-default items-center gap-3 px-4',
        isOpen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <Avatar name={name} seed={one.addresses[0] ?? name} size="l" />
      <span className="min-w-0 grow">
        <bdi className="block truncate font-medium">{name}</bdi>
        {below && <bdi className="block truncate text-sm text-ink-2">{below}</bdi>}
      </span>
    </div>
  )
}

'use client'
import { cx } from '@/components/ui/cx'
import { useLaterWords } from '@/lib/i18n/later'
import { useNumber } from '@/lib/i18n/react'
import type { Contact } from '@/lib/model/contact'
import { groupsOf, type Circle } from './sort'

interface CirclesProps {
  list: readonly Contact[]
  circle: Circle
  onChange: (circle: Circle) => void
}

const isSame = (a: Circle, b: Circle): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Everybody, the groups, and those who were only written to. */
export function Circles({ list, circle, onChange }: CirclesProps) {
  const number = useNumber()
  const words = useLaterWords().contacts
  const added = list.filter(({ source }) => source === 'added')
  const collected = list.length - added.length
  const all: { circle: Circle; name: string; count: number }[] = [
    { circle: { kind: 'all' }, name: words.all, count: added.length },
    ...groupsOf(list).map((group) => ({
      circle: { kind: 'group' as const, group },
      name: group,
      count: added.filter(({ groups }) => groups.includes(group)).length,
    })),
    { circle: { kind: 'collected' }, name: words.writtenTo, count: collected },
  ]
  return (
    <div
      role="group"
      aria-label={words.groups}
      className="flex flex-none gap-1.5 overflow-x-auto border-b px-4 pt-1.5 pb-3"
    >
      {all.map((one) => {
        const isOn = isSame(one.circle, circle)
        return (
          <button
            key={JSON.stringify(one.circle)}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(one.circle)}
            className={cx(
              'flex h-7 max-w-48 shrink-0 items-center gap-1.5 rounded-full border px-3 text-sm pointer-coarse:h-11 pointer-coarse:px-4',
              isOn
                ? 'border-transparent bg-accent-soft font-medium text-accent'
                : 'border-line text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            <bdi className="truncate">{one.name}</bdi>
            <span className="tabular-nums">{number(one.count)}</span>
          </button>
        )
      })}
    </div>
  )
}

'use client'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import type { DragEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { IconButton } from '@/components/ui/icon-button'
import { LabelDot } from '@/components/ui/label-chip'
import { isPlainClick } from '@/lib/client/click'
import { isOurDrag, takeDrag } from '@/lib/client/drag'
import { applyLabel, askLabel, labelSearch, labelSought } from '@/lib/client/labels'
import { pathOfSearch } from '@/lib/client/place'
import { useApp, useMail, useSearch } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { Label } from '@/lib/model/label'
import { menuButtonClass } from './menu-button-class'

/** Messages that are dropped on a label get it, and stay where they are. */
const useLabelDrop = (label: Label) => {
  const app = useApp()
  const [over, setOver] = useState<'no' | 'yes'>('no')
  const onDragOver = (event: DragEvent) => {
    if (!isOurDrag(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver('yes')
  }
  const onDrop = (event: DragEvent) => {
    setOver('no')
    if (!isOurDrag(event)) return
    event.preventDefault()
    const targets = takeDrag()
    if (targets) void applyLabel(app, targets, { label, on: true })
  }
  return { over, handlers: { onDragOver, onDragLeave: () => setOver('no'), onDrop } }
}

function LabelLink({ label, here }: { label: Label; here: boolean }) {
  const app = useApp()
  const words = useWords()
  const { over, handlers } = useLabelDrop(label)
  const search = labelSearch(label)
  return (
    <li className="group relative">
      <a
        href={pathOfSearch(search)}
        aria-current={here ? 'page' : undefined}
        draggable={false}
        {...handlers}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          app.find(search)
        }}
        className={cx(
          'flex h-8 items-center gap-2.5 rounded-s ps-[13px] pe-8 transition-colors select-none pointer-coarse:h-11 pointer-coarse:pe-11',
          over === 'yes' && 'outline-2 -outline-offset-2 outline-accent',
          here ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        <LabelDot colour={label.colour} />
        <span dir="auto" className="ms-[3px] truncate">
          {label.name}
        </span>
      </a>
      <button
        type="button"
        aria-label={words.labels.edit(label.name)}
        className={menuButtonClass()}
        onClick={() => askLabel(app, label.keyword)}
      >
        <Ellipsis />
      </button>
    </li>
  )
}

/** The labels a person uses; the usual ones wait in the menu until they are used. */
export function RailLabels() {
  const app = useApp()
  const { labels: words } = useWords()
  const labels = useMail((state) => state.labels)
  const search = useSearch()
  const here = labelSought(labels, search)
  const own = labels.filter(({ origin }) => origin === 'own')
  return (
    <>
      <div className="flex items-center ps-2.5 pe-1 pt-3">
        <h2 className="grow truncate text-[11.5px] font-medium text-ink-3">{words.labels}</h2>
        <IconButton
          label={words.create}
          icon={<Plus />}
          size="s"
          className="size-6"
          onClick={() => askLabel(app, null)}
        />
      </div>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {own.map((label) => (
          <LabelLink key={label.keyword} label={label} here={label === here} />
        ))}
      </ul>
    </>
  )
}

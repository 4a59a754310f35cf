'use client'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Check, Minus, Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { LabelDot } from '@/components/ui/label-chip'
import { targetsOf, tellProblem } from '@/lib/client/actions'
import type { Targets } from '@/lib/client/actions'
import { applyLabel, createLabel, tickOf } from '@/lib/client/labels'
import type { Ticked } from '@/lib/client/labels'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { labelColours, labelNamed, tidyLabelName } from '@/lib/model/label-name'
import type { Label } from '@/lib/model/label'
import { matches } from './search-entries'

const checked = { all: true, some: 'mixed', none: false } as const

function Tick({ ticked }: { ticked: Ticked }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'grid size-4 shrink-0 place-items-center rounded-xs border',
        ticked === 'none' ? 'border-ink-3 bg-surface' : 'border-accent bg-accent text-accent-ink',
      )}
    >
      {ticked === 'all' && <Check className="size-3 stroke-3" />}
      {ticked === 'some' && <Minus className="size-3 stroke-3" />}
    </span>
  )
}

interface LineProps {
  id: string
  chosen: boolean
  onPick: () => void
  ticked?: Ticked
  children: React.ReactNode
}

function Line({ id, chosen, onPick, ticked, children }: LineProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-checked={ticked && checked[ticked]}
      onClick={onPick}
      className={cx(
        'flex min-h-8 items-center gap-2.5 rounded-s px-2.5 hover:bg-hover pointer-coarse:min-h-11',
        chosen && 'bg-accent-soft',
      )}
    >
      {children}
    </div>
  )
}

const useLabelling = (targets: Targets, typed: string) => {
  const app = useApp()
  const { labels: words } = useWords()
  const state = useMail((now) => now)
  const found = state.labels.filter(({ name }) => matches(name, typed))
  const fresh = tidyLabelName(typed)
  const isNew = fresh !== '' && !labelNamed(state.labels, fresh)
  const toggle = (label: Label) =>
    void applyLabel(app, targets, { label, on: tickOf(state, targets, label.keyword) !== 'all' })
  const create = async () => {
    const colour = labelColours[state.labels.length % labelColours.length] ?? 'blue'
    try {
      const label = await createLabel(app, { name: fresh, colour })
      await applyLabel(app, targets, { label, on: true })
    } catch (problem) {
      tellProblem(app, words.createNamed(fresh), problem)
    }
  }
  return {
    found,
    fresh,
    isNew,
    toggle,
    create,
    ticked: (label: Label) => tickOf(state, targets, label.keyword),
  }
}

interface MenuProps {
  targets: Targets
  onClose: () => void
}

function LabelMenu({ targets, onClose }: MenuProps) {
  const { labels: words, shell } = useWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const { found, fresh, isNew, toggle, create, ticked } = useLabelling(targets, typed)
  const count = found.length + (isNew ? 1 : 0)
  const take = (index: number) => {
    const label = found[index]
    if (label) toggle(label)
    else if (isNew) {
      setTyped('')
      void create()
    }
    // Of everything that matches it is asked first, in a dialog of its own.
    if (targets.reach) onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((now) => (now + 1) % Math.max(1, count))
    else if (event.key === 'ArrowUp') setChosen((now) => (now - 1 + count) % Math.max(1, count))
    else if (event.key === 'Enter') take(chosen)
    else return
    event.preventDefault()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={shell.close}
      title={words.label}
      footer={
        <Button kind="primary" onClick={onClose}>
          {words.done}
        </Button>
      }
    >
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="label-options"
        aria-label={words.which}
        aria-activedescendant={count > 0 ? `label-${chosen}` : undefined}
        placeholder={words.which}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="label-options"
        role="listbox"
        aria-label={words.labels}
        aria-multiselectable="true"
        className="my-2 h-[min(280px,42dvh)] overflow-y-auto"
      >
        {found.map((label, index) => (
          <Line
            key={label.keyword}
            id={`label-${index}`}
            chosen={index === chosen}
            ticked={ticked(label)}
            onPick={() => take(index)}
          >
            <Tick ticked={ticked(label)} />
            <LabelDot colour={label.colour} />
            <bdi className="truncate">{label.name}</bdi>
          </Line>
        ))}
        {isNew && (
          <Line
            id={`label-${found.length}`}
            chosen={chosen === found.length}
            onPick={() => take(found.length)}
          >
            <Plus className="text-ink-2" />
            <span className="truncate">{words.createNamed(fresh)}</span>
          </Line>
        )}
      </div>
    </Dialog>
  )
}

/** Labels on and off what is selected or open, as many as one likes. */
export default function LabelDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  // What is meant stays what it was when the menu opened, whatever leaves the list meanwhile.
  const [targets] = useState(() => targetsOf(app))
  return targets && <LabelMenu targets={targets} onClose={onClose} />
}

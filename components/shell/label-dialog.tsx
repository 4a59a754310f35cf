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
import type { App } from '@/lib/client/app'
import type { MailState } from '@/lib/client/cache/state'
import { applyLabel, changeLabel, createLabel, strangersOn, tickOf } from '@/lib/client/labels'
import type { Ticked } from '@/lib/client/labels'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { labelColours, labelNamed, nameOfKeyword, tidyLabelName } from '@/lib/model/label-name'
import type { Label } from '@/lib/model/label'
import { matches } from './matches'

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
  ticked: Ticked | undefined
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

/** A line of the menu: a label that is on or off, or what makes one. */
type Entry =
  | { kind: 'label'; label: Label; ticked: Ticked }
  | { kind: 'adopt'; keyword: string; name: string }
  | { kind: 'create'; name: string }

const entriesOf = (state: MailState, targets: Targets, typed: string): Entry[] => {
  const fresh = tidyLabelName(typed)
  const strangers = strangersOn(state, targets).map((keyword) => ({ keyword, name: nameOfKeyword(keyword) }))
  return [
    ...state.labels
      .filter(({ name }) => matches(name, typed))
      .map((label): Entry => ({ kind: 'label', label, ticked: tickOf(state, targets, label.keyword) })),
    ...strangers.filter(({ name }) => matches(name, typed)).map((one): Entry => ({ kind: 'adopt', ...one })),
    ...(fresh && !labelNamed(state.labels, fresh) ? [{ kind: 'create', name: fresh } as const] : []),
  ]
}

const act = async (app: App, targets: Targets, entry: Entry): Promise<void> => {
  const words = app.words().labels
  const colour = labelColours[app.mail.get().labels.length % labelColours.length] ?? 'blue'
  try {
    if (entry.kind === 'label')
      return await applyLabel(app, targets, { label: entry.label, on: entry.ticked !== 'all' })
    if (entry.kind === 'adopt') return await changeLabel(app, entry.keyword, { name: entry.name, colour })
    const label = await createLabel(app, { name: entry.name, colour })
    await applyLabel(app, targets, { label, on: true })
  } catch (problem) {
    tellProblem(app, entry.kind === 'label' ? words.label : words.createNamed(entry.name), problem)
  }
}

function Shown({ entry }: { entry: Entry }) {
  const { labels: words } = useWords()
  if (entry.kind === 'label')
    return (
      <>
        <Tick ticked={entry.ticked} />
        <LabelDot colour={entry.label.colour} />
        <bdi className="truncate">{entry.label.name}</bdi>
      </>
    )
  return (
    <>
      <Plus className="shrink-0 text-ink-2" />
      <span className="truncate">
        {entry.kind === 'adopt' ? words.adopt(entry.name) : words.createNamed(entry.name)}
      </span>
    </>
  )
}

const nameOf = (entry: Entry): string =>
  entry.kind === 'label' ? entry.label.keyword : `${entry.kind} ${entry.name}`

interface MenuProps {
  targets: Targets
  onClose: () => void
}

function LabelMenu({ targets, onClose }: MenuProps) {
  const { labels: words, shell } = useWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const app = useApp()
  const state = useMail((now) => now)
  const entries = entriesOf(state, targets, typed)
  const count = entries.length
  const take = (index: number) => {
    const entry = entries[index]
    if (!entry) return
    if (entry.kind === 'create') setTyped('')
    void act(app, targets, entry)
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
        {entries.map((entry, index) => (
          <Line
            key={nameOf(entry)}
            id={`label-${index}`}
            chosen={index === chosen}
            ticked={entry.kind === 'label' ? entry.ticked : undefined}
            onPick={() => take(index)}
          >
            <Shown entry={entry} />
          </Line>
        ))}
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

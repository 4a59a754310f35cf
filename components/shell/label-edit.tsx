'use client'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { Check } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/input'
import { LabelDot } from '@/components/ui/label-chip'
import { codeOf } from '@/lib/client/api'
import { changeLabel, createLabel, removeLabel } from '@/lib/client/labels'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { ErrorCode } from '@/lib/model/errors'
import { labelColours, labelNamed, sameKeyword, tidyLabelName } from '@/lib/model/label-name'
import type { Label, LabelColour } from '@/lib/model/label'

interface ColoursProps {
  value: LabelColour
  onChange: (colour: LabelColour) => void
}

function Colours({ value, onChange }: ColoursProps) {
  const { labels } = useWords()
  const name = useId()
  return (
    <fieldset className="m-0 border-0 p-0">
      <legend className="mb-1.5 text-sm font-medium">{labels.colour}</legend>
      <div className="flex flex-wrap gap-1">
        {labelColours.map((colour) => (
          <label
            key={colour}
            data-tip={labels.colours[colour]}
            className="relative grid size-9 place-items-center rounded-s hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:size-11"
          >
            <input
              type="radio"
              name={name}
              aria-label={labels.colours[colour]}
              checked={colour === value}
              onChange={() => onChange(colour)}
              className="absolute inset-0 opacity-0"
            />
            <span
              style={{ backgroundColor: `var(--label-${colour})` }}
              className={cx('grid size-5 place-items-center rounded-full text-surface')}
            >
              {colour === value && <Check className="size-3.5 stroke-3" />}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The colour that is used least, so that labels differ without being thought about. */
const freshColour = (labels: readonly Label[]): LabelColour => {
  const own = labels.filter(({ origin }) => origin === 'own')
  const uses = (colour: LabelColour) => own.filter((label) => label.colour === colour).length
  return labelColours.toSorted((a, b) => uses(a) - uses(b))[0] ?? 'blue'
}

interface EditProps {
  label: Label | null
  onClose: () => void
  onDelete: () => void
}

const useEditing = ({ label, onClose }: EditProps) => {
  const app = useApp()
  const words = useWords()
  const labels = useMail((state) => state.labels)
  const [name, setName] = useState(label?.name ?? '')
  const [colour, setColour] = useState(label?.colour ?? freshColour(labels))
  const [problem, setProblem] = useState<string>()
  const refuse = (code: ErrorCode) => {
    const { title, advice } = words.errors[code]
    setProblem(`${title}. ${advice}`)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const wish = { name: tidyLabelName(name), colour }
    if (wish.name === '') return setProblem(words.labels.empty)
    // The server knows the usual ones by other names than this person does.
    if (labels.some((one) => one !== label && labelNamed([one], wish.name))) return refuse('label-exists')
    try {
      await (label ? changeLabel(app, label.keyword, wish) : createLabel(app, wish))
      onClose()
    } catch (refused) {
      refuse(codeOf(refused))
    }
  }
  const change = (next: string) => {
    setName(next)
    setProblem(undefined)
  }
  return { name, change, colour, setColour, problem, save }
}

function EditDialog(props: EditProps) {
  const { label, onClose, onDelete } = props
  const { labels, shell } = useWords()
  const id = useId()
  const { name, change, colour, setColour, problem, save } = useEditing(props)
  return (
    <Dialog
      open
      onClose={onClose}
      close={shell.close}
      title={label ? labels.editTitle : labels.create}
      footer={
        <>
          {label && (
            <Button kind="quiet" className="me-auto text-bad hover:text-bad" onClick={onDelete}>
              {labels.remove}
            </Button>
          )}
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button kind="primary" type="submit" form={id}>
            {label ? labels.save : labels.createDo}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={(event) => void save(event)} className="grid gap-4">
        <Field
          label={labels.name}
          value={name}
          dir="auto"
          autoFocus
          autoComplete="off"
          maxLength={200}
          problem={problem}
          onChange={(event) => change(event.target.value)}
        />
        <Colours value={colour} onChange={setColour} />
      </form>
    </Dialog>
  )
}

function DeleteDialog({ label, onClose }: { label: Label; onClose: () => void }) {
  const app = useApp()
  const { labels, shell } = useWords()
  const remove = () => {
    onClose()
    void removeLabel(app, label)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={shell.close}
      title={`${labels.remove}: ${label.name}`}
      description={labels.removeSure}
      footer={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button kind="danger" onClick={remove}>
            {labels.removeDo}
          </Button>
        </>
      }
    >
      <span className="flex items-center gap-2">
        <LabelDot colour={label.colour} />
        <bdi className="truncate">{label.name}</bdi>
      </span>
    </Dialog>
  )
}

/** A new label, or what one is called and looks like. */
export default function LabelEdit({ keyword, onClose }: { keyword: string | null; onClose: () => void }) {
  const labels = useMail((state) => state.labels)
  const [step, setStep] = useState<'edit' | 'delete'>('edit')
  const label = keyword === null ? null : labels.find((one) => sameKeyword(one.keyword, keyword))
  if (label === undefined) return null
  if (label && step === 'delete') return <DeleteDialog label={label} onClose={onClose} />
  return <EditDialog label={label} onClose={onClose} onDelete={() => setStep('delete')} />
}

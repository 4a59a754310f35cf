'use client'
import { useId, useState } from 'react'
import { problemOf } from '@/components/composer/addresses/problem'
import { Button } from '@/components/ui/button'
import { SaveOrCancel } from '@/components/ui/save-or-cancel'
import { cx } from '@/components/ui/cx'
import { Form } from '@/components/ui/form'
import { Field, Input, inputClass } from '@/components/ui/input'
import { people } from '@/lib/client/contacts'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { FullContact, NewContact } from '@/lib/model/contact'
import { noDetails } from '@/lib/model/plain-contact'
import { groupsOf } from './sort'

interface ContactFormProps {
  contact: FullContact | null
  /** Where a new one belongs at once. */
  groups?: readonly string[]
  onSave: (wanted: NewContact) => Promise<void>
  onClose: () => void
}

const wantedOf = (contact: FullContact | null, groups: readonly string[]): NewContact => ({
  name: contact?.name ?? '',
  addresses: contact?.addresses ?? [],
  groups: contact?.groups ?? [...groups],
  details: contact?.details ?? noDetails,
  source: 'added',
})

const filled = (list: readonly string[]): string[] => list.map((one) => one.trim()).filter(Boolean)

export function ContactForm({ contact, groups = [], onSave, onClose }: ContactFormProps) {
  const words = useLaterWords().contacts
  const [draft, setDraft] = useState(() => wantedOf(contact, groups))
  const [tried, setTried] = useState<'no' | 'yes'>('no')
  const [saving, setSaving] = useState<'idle' | 'busy'>('idle')
  const change = (to: Partial<NewContact>) => setDraft((now) => ({ ...now, ...to }))
  const detail = (to: Partial<NewContact['details']>) =>
    setDraft((now) => ({ ...now, details: { ...now.details, ...to } }))
  const addresses = filled(draft.addresses)
  const empty = draft.name.trim() === '' && addresses.length === 0
  const save = async () => {
    if (saving === 'busy') return
    setTried('yes')
    if (empty || addresses.some((address) => problemOf({ name: '', address }))) return
    const phones = filled(draft.details.phones)
    setSaving('busy')
    await onSave({ ...draft, name: draft.name.trim(), addresses, details: { ...draft.details, phones } })
    setSaving('idle')
  }
  return (
    <Form
      className="mx-auto max-w-[560px] px-6 pt-6 pb-20 max-split:px-4 max-split:pt-3"
      onSave={() => void save()}
    >
      <h2 className="text-lg font-semibold tracking-[-0.012em]">{contact ? words.edit : words.add}</h2>
      <Field
        label={words.name}
        value={draft.name}
        maxLength={500}
        autoComplete="off"
        autoFocus
        dir="auto"
        problem={tried === 'yes' && empty ? words.needsName : undefined}
        onChange={(event) => change({ name: event.target.value })}
      />
      <Several
        title={words.addresses}
        label={words.address}
        values={draft.addresses}
        type="email"
        check={tried}
        onChange={(list) => change({ addresses: list })}
      />
      <Several
        title={words.phones}
        label={words.phone}
        values={draft.details.phones}
        type="tel"
        onChange={(phones) => detail({ phones })}
      />
      <GroupChoice chosen={draft.groups} onChange={(list) => change({ groups: list })} />
      <Work details={draft.details} onChange={detail} />
      <SaveOrCancel save={words.save} cancel={words.cancel} onCancel={onClose} state={saving} />
    </Form>
  )
}

interface WorkProps {
  details: NewContact['details']
  onChange: (to: Partial<NewContact['details']>) => void
}

function Work({ details, onChange }: WorkProps) {
  const words = useLaterWords().contacts
  const note = useId()
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={words.organisation}
          value={details.organisation}
          maxLength={300}
          onChange={(event) => onChange({ organisation: event.target.value })}
        />
        <Field
          label={words.role}
          value={details.title}
          maxLength={300}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      </div>
      <Field
        label={words.birthday}
        value={details.birthday}
        maxLength={40}
        placeholder="1990-12-31"
        onChange={(event) => onChange({ birthday: event.target.value })}
      />
      <div className="grid gap-1.5">
        <label htmlFor={note} className="text-sm font-medium">
          {words.note}
        </label>
        <textarea
          id={note}
          rows={3}
          maxLength={10_000}
          dir="auto"
          value={details.note}
          onChange={(event) => onChange({ note: event.target.value })}
          className={cx(inputClass, 'py-2 pointer-coarse:text-[16px]')}
        />
      </div>
    </>
  )
}

interface SeveralProps {
  title: string
  label: (n: number) => string
  values: readonly string[]
  type: 'email' | 'tel'
  /** Addresses are looked at once somebody wanted to save. */
  check?: 'no' | 'yes'
  onChange: (values: string[]) => void
}

/** As many lines as are filled, and one more. */
function Several({ title, label, values, type, check = 'no', onChange }: SeveralProps) {
  const { problems } = useWords().composer
  const lines = values.at(-1) === '' ? values : [...values, '']
  const problemIn = (text: string) => {
    const problem = check === 'yes' && text.trim() ? problemOf({ name: '', address: text.trim() }) : null
    return problem ? problems[problem](text) : null
  }
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{title}</legend>
      {lines.map((value, index) => {
        const problem = problemIn(value)
        return (
          <div key={index}>
            <Input
              type={type}
              aria-label={label(index + 1)}
              aria-invalid={problem ? true : undefined}
              value={value}
              maxLength={type === 'email' ? 320 : 100}
              autoComplete="off"
              className="pointer-coarse:text-[16px]"
              onChange={(event) => onChange(lines.toSpliced(index, 1, event.target.value))}
            />
            {problem && <p className="pt-1 text-xs text-bad">{problem}</p>}
          </div>
        )
      })}
    </fieldset>
  )
}

interface GroupChoiceProps {
  chosen: readonly string[]
  onChange: (groups: string[]) => void
}

function GroupChoice({ chosen, onChange }: GroupChoiceProps) {
  const words = useLaterWords().contacts
  const known = useSignal(people, ({ list }) => list)
  const [typed, setTyped] = useState('')
  const all = [...new Set([...groupsOf(known), ...chosen])]
  const add = () => {
    const name = typed.trim()
    setTyped('')
    if (name && !chosen.includes(name)) onChange([...chosen, name])
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{words.groups}</legend>
      {all.length > 0 && (
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          {all.map((group) => (
            <label key={group} className="flex items-center gap-2 pointer-coarse:min-h-11">
              <input
                type="checkbox"
                checked={chosen.includes(group)}
                className="size-4 accent-(--accent)"
                onChange={(event) =>
                  onChange(event.target.checked ? [...chosen, group] : chosen.filter((one) => one !== group))
                }
              />
              <bdi className="wrap-anywhere">{group}</bdi>
            </label>
          ))}
        </div>
      )}
      <div className="flex gap-2">
        <Input
          aria-label={words.newGroup}
          placeholder={words.newGroup}
          value={typed}
          maxLength={100}
          className="pointer-coarse:text-[16px]"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button onClick={add}>{words.addGroup}</Button>
      </div>
    </fieldset>
  )
}

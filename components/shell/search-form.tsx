'use client'
import { useId, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { SearchMistake } from '@/components/message-list/search-mistake'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Field, inputClass } from '@/components/ui/input'
import { folderName } from '@/lib/client/actions'
import { useApp, useMail, usePlace, useSearch } from '@/lib/client/react'
import { rememberSearch } from '@/lib/client/searches'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import { emptyForm, formOf, parseSearch, textOf, treeScope } from '@/lib/model/search'
import type { SearchForm as Form, SearchProblem, SearchScope } from '@/lib/model/search'
import { folderTree, inOrder } from './folder-tree'
import { written } from './search-values'

// The operators as a form: it reads what is typed in the field, and writes it again. Nothing of it is kept beside the
// text, so that what the form found can be typed, saved and linked to.

const states = ['unread', 'read', 'starred', 'answered', 'draft'] as const

interface SelectProps {
  label: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

function Select({ label, value, onChange, children }: SelectProps) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx(inputClass, 'h-9 pointer-coarse:h-11')}
      >
        {children}
      </select>
    </div>
  )
}

function Where({ scope, onChange }: { scope: SearchScope; onChange: (scope: SearchScope) => void }) {
  const words = useWords()
  const { finding } = useLaterWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const nodes = inOrder(folderTree(mailboxes)).filter(({ mailbox }) => mailbox.selectable)
  return (
    <Select label={finding.where} value={scope} onChange={onChange}>
      <option value="mail">{finding.places.mail}</option>
      <option value="everywhere">{finding.places.everywhere}</option>
      {nodes.map(({ mailbox, children }) => {
        const name = mailbox.role ? folderName(words, mailbox) : mailbox.path
        return [
          <option key={mailbox.id} value={mailbox.id}>
            {name}
          </option>,
          children.length > 0 && (
            <option key={treeScope(mailbox.id)} value={treeScope(mailbox.id)}>
              {finding.places.tree(name)}
            </option>
          ),
        ]
      })}
    </Select>
  )
}

interface FieldsProps {
  form: Form
  set: (change: Partial<Form>) => void
}

function Texts({ form, set, names }: FieldsProps & { names: readonly (keyof Form)[] }) {
  const { finding } = useLaterWords()
  const labels = { ...finding.fields, words: finding.words, without: finding.without }
  const hint = (name: keyof Form) => {
    if (name === 'larger' || name === 'smaller') return finding.sizeHint
    return name === 'newer_than' || name === 'older_than' ? finding.ageHint : undefined
  }
  return names.map((name) => (
    <Field
      key={name}
      label={labels[name]}
      hint={hint(name)}
      value={form[name]}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      maxLength={300}
      autoFocus={name === 'from'}
      {...(name === 'after' || name === 'before' ? { type: 'date' } : {})}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  ))
}

function Choices({ form, set }: FieldsProps) {
  const { finding } = useLaterWords()
  const labels = useMail((state) => state.labels).filter(({ origin }) => origin === 'own')
  return (
    <>
      <Select label={finding.fields.is} value={form.is.toLowerCase()} onChange={(is) => set({ is })}>
        <option value="">{finding.any}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {finding.states[state]}
          </option>
        ))}
      </Select>
      <Select label={finding.fields.label} value={form.label} onChange={(label) => set({ label })}>
        <option value="">{finding.any}</option>
        {form.label && !labels.some(({ keyword }) => keyword === form.label) && (
          <option value={form.label}>{form.label}</option>
        )}
        {labels.map(({ keyword, name }) => (
          <option key={keyword} value={keyword}>
            {name}
          </option>
        ))}
      </Select>
    </>
  )
}

/** A date as its field holds it; what is written otherwise is kept as it is until the field is used. */
const dated = (form: Form): Form => {
  const iso = (date: string) => date.replaceAll(/[/.]/g, '-')
  return { ...form, after: iso(form.after), before: iso(form.before) }
}

const grid = 'grid grid-cols-2 gap-x-4 gap-y-3 max-split:grid-cols-1'

export function SearchForm({ typed, onClose }: { typed: string; onClose: () => void }) {
  const app = useApp()
  const place = usePlace()
  const search = useSearch()
  const later = useLaterWords()
  const { finding } = later
  const mailboxes = useMail((state) => state.mailboxes)
  const inEnglish = (text: string) => written(text, { words: app.words(), later, mailboxes })
  const [form, setForm] = useState(() => dated(formOf(inEnglish(typed))))
  const [scope, setScope] = useState<SearchScope>(search?.scope ?? 'mail')
  const [mistake, setMistake] = useState<{ text: string; problem: SearchProblem } | null>(null)
  const set = (change: Partial<Form>) => setForm((now) => ({ ...now, ...change }))
  const fields = { form, set }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = inEnglish(textOf(form))
    const parsed = parseSearch(text)
    if (!parsed.ok) return setMistake({ text, problem: parsed.problem })
    if (text === '' && scope === (place?.folder ?? 'mail')) return onClose()
    onClose()
    if (text) rememberSearch(app, text)
    app.find({ text, scope })
  }
  return (
    <form onSubmit={submit} className="grid gap-4 p-3">
      {mistake && <SearchMistake {...mistake} />}
      <div className={grid}>
        <Texts
          {...fields}
          names={['from', 'to', 'subject', 'words', 'without', 'filename', 'after', 'before']}
        />
        <div className="col-span-full">
          <Where scope={scope} onChange={setScope} />
        </div>
        <Choices {...fields} />
        <label className="flex items-center gap-2 self-end pb-2 text-sm font-medium pointer-coarse:min-h-11">
          <input
            type="checkbox"
            checked={form.has !== ''}
            onChange={(event) => set({ has: event.target.checked ? 'attachment' : '' })}
            className="size-4 accent-accent"
          />
          {finding.fields.has}
        </label>
      </div>
      <details>
        <summary className="w-fit rounded-s text-sm text-ink-2 hover:text-ink pointer-coarse:py-3">
          {finding.more}
        </summary>
        <div className={cx(grid, 'pt-3')}>
          <Texts
            {...fields}
            names={['cc', 'bcc', 'body', 'list', 'larger', 'smaller', 'newer_than', 'older_than']}
          />
        </div>
      </details>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={() => setForm(emptyForm)}>
          {finding.clear}
        </Button>
        <Button kind="primary" type="submit">
          {finding.do}
        </Button>
      </div>
    </form>
  )
}

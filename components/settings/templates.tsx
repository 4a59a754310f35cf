'use client'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import type { Body } from '@/components/composer/letter'
import { Button } from '@/components/ui/button'
import { SaveOrCancel } from '@/components/ui/save-or-cancel'
import { Form } from '@/components/ui/form'
import { Field } from '@/components/ui/input'
import { newPress } from '@/lib/client/press'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { loadSnippets, saveSnippets, snippets } from '@/lib/client/snippets'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { Snippet } from '@/lib/model/identity'
import { itemActs } from './items'

const RichField = dynamic(() => import('./rich-field'), { ssr: false })

/** Texts that are written often. */
export function Templates() {
  const app = useApp()
  const { writing: words } = useLaterWords()
  const { settings } = useWords()
  const known = useSignal(snippets, (list) => list)
  const [editing, setEditing] = useState<Snippet | null>(null)
  const [asked, setAsked] = useState<'no' | 'yes'>('no')
  useEffect(() => void loadSnippets().then(() => setAsked('yes')), [])
  if (!known) return <p className="py-5 text-sm text-ink-2">{asked === 'yes' && words.failed}</p>
  const acts = itemActs<Snippet>({
    app,
    what: settings.pages.templates,
    list: () => snippets.get() ?? known,
    save: (next) => saveSnippets(next.toSorted((a, b) => a.name.localeCompare(b.name))),
  })
  const others = editing ? known.filter(({ id }) => id !== editing.id) : known
  const put = async (one: Snippet) => {
    if ((await acts.put(one)) === 'kept') setEditing(null)
  }
  return (
    <section className="grid gap-4 py-5">
      <p className="text-sm text-ink-2">{words.templatesHint}</p>
      {known.length === 0 && !editing && <p className="text-sm text-ink-3">{words.noTemplates}</p>}
      <ul aria-label={settings.pages.templates} className="grid gap-3">
        {others.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-3 rounded-l border bg-surface p-4">
            <p className="min-w-0 grow basis-48 truncate">
              <bdi className="font-medium">{one.name}</bdi>
              {one.shortcut && <span className="ms-3 text-sm text-ink-2">/{one.shortcut}</span>}
            </p>
            <Button size="s" kind="quiet" onClick={() => void acts.remove(one, words.removed(one.name))}>
              {words.remove}
              <span className="sr-only"> {one.name}</span>
            </Button>
            {/* One form at a time: another would throw away what is half written. */}
            <Button size="s" disabled={editing !== null} onClick={() => setEditing(one)}>
              {words.edit}
              <span className="sr-only"> {one.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      {editing ? (
        <TemplateForm
          key={editing.id}
          template={editing}
          taken={others.map(({ shortcut }) => shortcut.toLowerCase()).filter(Boolean)}
          onSave={put}
          onClose={() => setEditing(null)}
        />
      ) : (
        <div>
          <Button
            onClick={() => setEditing({ id: newPress(), name: '', shortcut: '', subject: '', html: '' })}
          >
            {words.addTemplate}
          </Button>
        </div>
      )}
    </section>
  )
}

interface TemplateFormProps {
  template: Snippet
  taken: readonly string[]
  onSave: (template: Snippet) => Promise<void>
  onClose: () => void
}

function TemplateForm({ template, taken, onSave, onClose }: TemplateFormProps) {
  const { writing: words } = useLaterWords()
  const [draft, setDraft] = useState(template)
  const [tried, setTried] = useState<'no' | 'yes'>('no')
  const read = useRef<(() => Body) | null>(null)
  const change = (to: Partial<Snippet>) => setDraft((now) => ({ ...now, ...to }))
  const shortcut = draft.shortcut.trim().replace(/^\//, '')
  const problem = !/^[\p{L}\p{N}_-]*$/u.test(shortcut)
    ? words.badShortcut
    : taken.includes(shortcut.toLowerCase())
      ? words.shortcutTaken
      : undefined
  const save = () => {
    setTried('yes')
    if (draft.name.trim() === '' || problem) return
    const html = read.current?.().html ?? draft.html
    void onSave({ ...draft, name: draft.name.trim(), shortcut, html })
  }
  return (
    <Form onSave={save} className="rounded-l border bg-surface p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={words.templateName}
          value={draft.name}
          maxLength={100}
          autoFocus
          problem={tried === 'yes' && draft.name.trim() === '' ? words.needsName : undefined}
          onChange={(event) => change({ name: event.target.value })}
        />
        <Field
          label={words.shortcut}
          value={draft.shortcut}
          maxLength={40}
          hint={words.shortcutHint}
          problem={problem}
          onChange={(event) => change({ shortcut: event.target.value })}
        />
      </div>
      <Field
        label={words.templateSubject}
        value={draft.subject}
        maxLength={500}
        hint={words.templateSubjectHint}
        onChange={(event) => change({ subject: event.target.value })}
      />
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{words.templateText}</span>
        <RichField
          label={words.templateText}
          html={template.html}
          onReader={(reader) => void (read.current = reader ?? read.current)}
        />
        <p className="text-xs text-ink-3">{words.variables}</p>
      </div>
      <SaveOrCancel save={words.save} cancel={words.cancel} onCancel={onClose} />
    </Form>
  )
}

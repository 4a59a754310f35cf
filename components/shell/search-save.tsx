'use client'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/input'
import { tellProblem } from '@/lib/client/actions'
import type { App } from '@/lib/client/app'
import { newPress } from '@/lib/client/press'
import { useApp, usePreferences, useSearch } from '@/lib/client/react'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { SavedSearch } from '@/lib/model/search'

const keep = (app: App, what: string, savedSearches: SavedSearch[]): Promise<void> =>
  app.savePreferences({ savedSearches }).catch((problem: unknown) => tellProblem(app, what, problem))

/** Gone from the list, and back in its place when that is undone. */
const remove = async (app: App, saved: SavedSearch, words: { removed: string; what: string }) => {
  const now = () => app.preferences.get().savedSearches
  const index = now().findIndex(({ id }) => id === saved.id)
  await keep(
    app,
    words.what,
    now().filter(({ id }) => id !== saved.id),
  )
  const text = words.removed
  const undo = () => keep(app, words.what, now().toSpliced(index, 0, saved))
  app.notify({ tone: 'plain', text, undo: app.undo.push({ text, undo }) })
}

interface NamingProps {
  saved: SavedSearch
  state: 'new' | 'kept'
  onClose: () => void
}

function Naming({ saved, state, onClose }: NamingProps) {
  const app = useApp()
  const { shell } = useWords()
  const { finding } = useLaterWords()
  const form = useId()
  const [name, setName] = useState(saved.name)
  const [problem, setProblem] = useState<string>()
  const save = (event: FormEvent) => {
    event.preventDefault()
    const named = { ...saved, name: name.trim() }
    if (named.name === '') return setProblem(finding.needsName)
    const { savedSearches } = app.preferences.get()
    const changed = savedSearches.map((one) => (one.id === saved.id ? named : one))
    void keep(app, finding.failed, state === 'kept' ? changed : [...savedSearches, named])
    onClose()
  }
  const drop = () => {
    onClose()
    void remove(app, saved, { removed: finding.removed(saved.name), what: finding.failed })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={shell.close}
      title={state === 'kept' ? finding.editTitle : finding.saveTitle}
      footer={
        <>
          {state === 'kept' && (
            <Button kind="quiet" className="me-auto text-bad hover:text-bad" onClick={drop}>
              {finding.remove}
            </Button>
          )}
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button kind="primary" type="submit" form={form}>
            {finding.keep}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={save} className="grid gap-4">
        <Field
          label={finding.name}
          value={name}
          dir="auto"
          autoFocus
          autoComplete="off"
          maxLength={100}
          problem={problem}
          onChange={(event) => {
            setName(event.target.value)
            setProblem(undefined)
          }}
        />
        <p className="text-sm text-ink-2">
          {finding.search}: <bdi>{saved.text}</bdi>
        </p>
      </form>
    </Dialog>
  )
}

/** Names the search that is on screen, or one that was saved. */
export default function SavedSearchDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const search = useSearch()
  const { savedSearches } = usePreferences()
  const known = savedSearches.find((one) => one.id === id)
  const [fresh] = useState<SavedSearch | null>(() =>
    id === null && search?.text ? { id: newPress(), name: search.text.slice(0, 100), ...search } : null,
  )
  const saved = known ?? fresh
  return saved && <Naming saved={saved} state={known ? 'kept' : 'new'} onClose={onClose} />
}

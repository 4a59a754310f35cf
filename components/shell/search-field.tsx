'use client'
import { ArrowLeft, Search, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { SearchMistake } from '@/components/message-list/search-mistake'
import { useApp, useMail, useSearch, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { parseSearch } from '@/lib/model/search'
import type { SearchProblem } from '@/lib/model/search'
import { entriesFor } from './search-entries'
import type { Entry } from './search-entries'

function Suggestion({ entry, chosen, onPick }: { entry: Entry; chosen: boolean; onPick: () => void }) {
  return (
    <div
      id={`suggestion-${entry.id}`}
      role="option"
      aria-selected={chosen}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cx(
        'flex min-h-9 items-center gap-3 rounded-s px-3 select-none hover:bg-hover pointer-coarse:min-h-11 [&_.lucide]:text-ink-2',
        chosen && 'bg-accent-soft',
      )}
    >
      <Icon name={entry.icon} />
      <span className="truncate">{entry.label}</span>
      {entry.detail && <span className="truncate text-xs text-ink-3">{entry.detail}</span>}
      {entry.keys && <Kbd keys={entry.keys} className="ms-auto" />}
    </div>
  )
}

interface SuggestionsProps {
  entries: Entry[]
  chosen: number
  onPick: (entry: Entry) => void
}

function Suggestions({ entries, chosen, onPick }: SuggestionsProps) {
  const words = useWords()
  const groups = [
    { kind: 'mail', title: words.shell.searchMail },
    { kind: 'folder', title: words.shell.searchFolders },
    { kind: 'command', title: words.shell.searchCommands },
  ] as const
  return (
    <div id="suggestions" role="listbox" aria-label={words.shell.search}>
      {groups.map(({ kind, title }) => {
        const some = entries.filter((entry) => entry.kind === kind)
        return some.length === 0 ? null : (
          <div key={kind} role="group" aria-label={title}>
            <div aria-hidden="true" className="px-3 pt-2 pb-1 text-xs font-medium text-ink-3">
              {title}
            </div>
            {some.map((entry) => (
              <Suggestion
                key={entry.id}
                entry={entry}
                chosen={entries[chosen] === entry}
                onPick={() => onPick(entry)}
              />
            ))}
          </div>
        )
      })}
    </div>
  )
}

/** What is typed, what it finds, which of it is chosen. */
const useSuggestions = () => {
  const app = useApp()
  const open = useUi((ui) => ui.overlay === 'palette')
  const mailboxes = useMail((state) => state.mailboxes)
  const search = useSearch()
  // What is looked for stands in the field until something else is typed.
  const [draft, setDraft] = useState<string | null>(null)
  const typed = draft ?? search?.text ?? ''
  const [chosen, setChosen] = useState(0)
  const [mistake, setMistake] = useState<SearchProblem | null>(null)
  const entries = useMemo(
    () => (open ? entriesFor(app, mailboxes, typed) : []),
    [app, open, mailboxes, typed],
  )
  const show = () => app.ui.set((ui) => ({ ...ui, overlay: 'palette' }))
  const hide = () => {
    setDraft(null)
    setMistake(null)
    setChosen(0)
    app.ui.set((ui) => (ui.overlay === 'palette' ? { ...ui, overlay: 'none' } : ui))
  }
  const type = (text: string) => {
    setDraft(text)
    setMistake(null)
    setChosen(0)
    show()
  }
  const step = (by: number) =>
    setChosen((now) => (entries.length === 0 ? 0 : (now + by + entries.length) % entries.length))
  /** Looking for mail begins only with what can be understood; else the word is shown. */
  const understood = (entry: Entry): boolean => {
    const parsed = entry.kind === 'mail' ? parseSearch(typed.trim()) : null
    if (!parsed || parsed.ok) return true
    setMistake(parsed.problem)
    return false
  }
  return { open, typed, chosen, entries, mistake, understood, show, hide, type, step }
}

/** One field: typing finds folders and actions. `/` and Ctrl-K come here; on a phone it covers the top. */
export function SearchField() {
  const words = useWords()
  const input = useRef<HTMLInputElement>(null)
  const { open, typed, chosen, entries, mistake, understood, show, hide, type, step } = useSuggestions()
  const app = useApp()
  const searching = useSearch() !== null
  useEffect(() => {
    if (open) input.current?.focus()
  }, [open])
  const leave = () => {
    hide()
    input.current?.blur()
  }
  const pick = (entry: Entry | undefined) => {
    if (!entry || !understood(entry)) return
    leave()
    entry.run()
  }
  /** Escape clears: first what is being typed, and in a search the search. */
  const clear = () => {
    leave()
    if (searching) app.go({ account: app.person.account, folder: 'inbox', message: null })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => pick(entries[chosen]),
      Escape: clear,
    }[event.key]
    if (!act || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const active = entries[chosen]
  return (
    <div
      className={cx(
        'relative max-split:fixed max-split:inset-x-0 max-split:top-0 max-split:z-40 max-split:bg-surface max-split:p-2',
        !open && 'max-split:hidden',
      )}
    >
      <div className="flex items-center gap-1">
        <IconButton
          label={words.shell.close}
          icon={<ArrowLeft className="rtl:-scale-x-100" />}
          onClick={leave}
          className="split:hidden"
        />
        <div className="flex h-[34px] grow items-center gap-[9px] rounded-m border bg-surface ps-[11px] pe-2 text-ink-3 transition-colors focus-within:border-accent hover:border-line-strong max-split:h-11">
          <Search />
          <input
            ref={input}
            type="search"
            role="searchbox"
            aria-label={words.shell.search}
            placeholder={words.shell.searchHint}
            aria-controls={open && entries.length > 0 ? 'suggestions' : undefined}
            aria-invalid={mistake !== null}
            aria-activedescendant={open && active ? `suggestion-${active.id}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => type(event.target.value)}
            onFocus={show}
            onBlur={hide}
            onKeyDown={onKeyDown}
            className="h-full min-w-0 grow bg-transparent text-ink outline-none max-split:text-[16px] [&::-webkit-search-cancel-button]:hidden"
          />
          {typed ? (
            <IconButton
              size="s"
              label={words.shell.searchClear}
              icon={<X />}
              onPointerDown={(event) => event.preventDefault()}
              onClick={clear}
              className="-me-1"
            />
          ) : (
            <Kbd keys="/" className="max-split:hidden" />
          )}
        </div>
      </div>
      {open && (
        <div className="absolute inset-x-0 top-full z-40 mt-1.5 max-h-[70dvh] animate-fade overflow-y-auto rounded-m border bg-raised p-1 shadow-float max-split:mx-2">
          {mistake ? (
            <SearchMistake text={typed.trim()} problem={mistake} className="px-3 py-2.5" />
          ) : (
            <Suggestions entries={entries} chosen={chosen} onPick={pick} />
          )}
        </div>
      )}
    </div>
  )
}

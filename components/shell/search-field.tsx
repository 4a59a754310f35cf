'use client'
import { ArrowLeft, ListFilter, Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { useApp, usePreferences, useSearch } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { useOutside } from './outside'
import { useSuggestions } from './use-suggestions'

/**
 * One field: typing finds mail, people, folders and actions. `/` and Ctrl-K come here; on a phone it covers the top.
 * What hangs under it is loaded when the page is idle; until then Enter looks for mail. Nothing typed is lost: not what
 * was typed before the page answered, nor what is typed while a search waits for its words.
 */
export function SearchField() {
  const words = useWords()
  const app = useApp()
  const field = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [mode, setMode] = useState<'list' | 'form'>('list')
  const searching = useSearch() !== null
  const { shortcuts } = usePreferences()
  const { parts, open, typed, chosen, entries, mistake, pick, look, waits, show, hide, type, step } =
    useSuggestions(input)
  useEffect(() => {
    if (!open || document.activeElement === input.current) return
    input.current?.focus()
    // By key it is asked for something new: what is typed takes the place of the search that is on screen.
    input.current?.select()
  }, [open])
  const leave = () => {
    setMode('list')
    hide()
    input.current?.blur()
  }
  /** Escape clears: first the form, then what is being typed, and in a search the search. */
  const clear = () => {
    leave()
    if (searching) app.go({ account: app.person.account, folder: 'inbox', message: null })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const entry = entries[chosen]
    const act = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => (entry ? pick(entry, leave) : look(leave)),
      Escape: clear,
    }[event.key]
    if (!act || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  useOutside(field, open && mode === 'form' ? 'open' : 'closed', leave)
  /** The focus may go on into the form, and a form is not lost to another window or to a phone's keyboard put away. */
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (currentTarget.contains(relatedTarget) || !document.hasFocus() || waits()) return
    if (mode === 'list' || relatedTarget) leave()
  }
  const active = mode === 'list' && !mistake ? entries[chosen] : undefined
  const Panel = parts?.SearchPanel
  const shown = open && Panel && (mode === 'form' || mistake !== null || entries.length > 0)
  return (
    <div
      ref={field}
      onBlur={onBlur}
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
        <div className="flex h-[34px] min-w-0 grow items-center gap-[9px] rounded-m border bg-surface ps-[11px] pe-1 text-ink-3 transition-colors focus-within:border-accent hover:border-line-strong max-split:h-11">
          <Search />
          <input
            ref={input}
            type="search"
            role="searchbox"
            aria-label={words.shell.search}
            aria-keyshortcuts={shortcuts ? '/ Control+K' : 'Control+K'}
            placeholder={words.shell.searchHint}
            aria-controls={active ? 'suggestions' : undefined}
            aria-invalid={mistake !== null}
            aria-activedescendant={open && active ? `suggestion-${active.id}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setMode('list')
              type(event.target.value)
            }}
            onFocus={show}
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
            />
          ) : (
            <Kbd keys="/" className="max-split:hidden" />
          )}
          <IconButton
            size="s"
            label={words.shell.searchOptions}
            icon={<ListFilter />}
            aria-expanded={open && mode === 'form'}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              show()
              setMode((now) => (now === 'form' ? 'list' : 'form'))
            }}
          />
        </div>
      </div>
      {shown && (
        <div
          tabIndex={-1}
          onKeyDown={(event) => {
            // What is pressed in the form is no command.
            event.stopPropagation()
            if (event.key === 'Escape') leave()
          }}
          className="absolute inset-x-0 top-full z-40 mt-1.5 max-h-[70dvh] animate-fade overflow-y-auto rounded-m border bg-raised p-1 shadow-float outline-none max-split:mx-2"
        >
          <Panel
            typed={typed}
            mistake={mistake}
            mode={mode}
            onClose={leave}
            entries={entries}
            chosen={chosen}
            onPick={(entry) => pick(entry, leave)}
          />
        </div>
      )}
    </div>
  )
}

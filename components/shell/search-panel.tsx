'use client'
import { SearchMistake } from '@/components/message-list/search-mistake'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import { Kbd } from '@/components/ui/kbd'
import { useWords } from '@/lib/i18n/react'
import { useLaterWords } from '@/lib/i18n/later'
import type { SearchProblem } from '@/lib/model/search'
import type { Entry } from './search-entries'
import { SearchForm } from './search-form'

// What hangs under the search field. Loaded when the page is idle, or when the field is first used.
export { entriesFor, peopleFor } from './search-entries'
export { written } from './search-values'

function Suggestion({ entry, chosen, onPick }: { entry: Entry; chosen: boolean; onPick: () => void }) {
  return (
    <div
      id={`suggestion-${entry.id}`}
      role="option"
      aria-selected={chosen}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cx(
        'flex min-h-9 items-center gap-3 rounded-s px-3 select-none hover:bg-hover pointer-coarse:min-h-11 [&_.lucide]:shrink-0 [&_.lucide]:text-ink-2',
        chosen && 'bg-accent-soft',
      )}
    >
      <Icon name={entry.icon} />
      <span dir="auto" className="truncate">
        {entry.label}
      </span>
      {entry.detail && (
        <span dir="auto" className="truncate text-xs text-ink-3">
          {entry.detail}
        </span>
      )}
      {entry.keys && <Kbd keys={entry.keys} className="ms-auto" />}
    </div>
  )
}

export interface ListProps {
  entries: readonly Entry[]
  chosen: number
  onPick: (entry: Entry) => void
}

function Suggestions({ entries, chosen, onPick }: ListProps) {
  const { shell } = useWords()
  const { finding } = useLaterWords()
  const groups = [
    { kind: 'mail', title: shell.searchMail },
    { kind: 'value', title: entries.find(({ kind }) => kind === 'value')?.title ?? '' },
    { kind: 'person', title: finding.people },
    { kind: 'recent', title: finding.recent },
    { kind: 'saved', title: finding.saved },
    { kind: 'folder', title: shell.searchFolders },
    { kind: 'command', title: shell.searchCommands },
  ] as const
  return (
    <div id="suggestions" role="listbox" aria-label={shell.search}>
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

export interface PanelProps extends ListProps {
  typed: string
  mistake: SearchProblem | null
  mode: 'list' | 'form'
  onClose: () => void
}

export function SearchPanel({ typed, mistake, mode, onClose, ...list }: PanelProps) {
  if (mode === 'form') return <SearchForm typed={typed} onClose={onClose} />
  if (mistake) return <SearchMistake text={typed.trim()} problem={mistake} className="px-3 py-2.5" />
  return <Suggestions {...list} />
}

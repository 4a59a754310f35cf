'use client'
import { Bookmark, Ellipsis } from 'lucide-react'
import { cx } from '@/components/ui/cx'
import { isPlainClick } from '@/lib/client/click'
import { pathOfSearch } from '@/lib/client/place'
import { useApp, usePreferences, useSearch } from '@/lib/client/react'
import { askSaved, savedSought } from '@/lib/client/searches'
import { useWords } from '@/lib/i18n/react'
import type { SavedSearch } from '@/lib/model/search'
import { menuButtonClass } from './menu-button-class'

function SavedLink({ saved, here }: { saved: SavedSearch; here: boolean }) {
  const app = useApp()
  const { shell } = useWords()
  return (
    <li className="group relative">
      <a
        href={pathOfSearch(saved)}
        aria-current={here ? 'page' : undefined}
        data-tip={saved.text}
        draggable={false}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          app.find({ text: saved.text, scope: saved.scope })
        }}
        className={cx(
          'flex h-8 items-center gap-2.5 rounded-s ps-2.5 pe-8 transition-colors select-none pointer-coarse:h-11 pointer-coarse:pe-11 [&_.lucide]:shrink-0',
          here ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        <Bookmark aria-hidden="true" />
        <span dir="auto" className="truncate">
          {saved.name}
        </span>
      </a>
      <button
        type="button"
        aria-label={shell.editSaved(saved.name)}
        className={menuButtonClass()}
        onClick={() => askSaved(app, saved.id)}
      >
        <Ellipsis />
      </button>
    </li>
  )
}

/** Saved searches; nothing stands here before there is one. */
export function RailSearches() {
  const { shell } = useWords()
  const { savedSearches } = usePreferences()
  const here = savedSought(savedSearches, useSearch())
  if (savedSearches.length === 0) return null
  return (
    <>
      <h2 className="truncate ps-2.5 pt-3 pb-1 text-[11.5px] font-medium text-ink-3">
        {shell.savedSearches}
      </h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {savedSearches.map((saved) => (
          <SavedLink key={saved.id} saved={saved} here={saved === here} />
        ))}
      </ul>
    </>
  )
}

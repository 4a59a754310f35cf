'use client'
import { Maximize2, Minimize2, Minus, X } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import { arrange, type Layout } from './desk'
import type { Letter, LetterState } from './letter'
import { close } from './send'

export const titleOf = (state: LetterState, words: Words): string =>
  state.subject.trim() || words.composer.newMessage

function savedText({ saved }: LetterState, words: Words['composer']): string {
  if (saved.state === 'failed') return words.draftKept
  if (saved.at === null) return saved.state === 'saving' ? words.draftSaving : ''
  return words.draftSaved(saved.at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }))
}

export function TitleBar({ letter, layout }: { letter: Letter; layout: Layout }) {
  const words = useWords()
  const app = useApp()
  const state = useSignal(letter.state, (now) => now)
  const isSmall = layout === 'minimised'
  const { id } = letter
  return (
    <header className="flex h-11 flex-none items-center gap-2.5 border-b border-line ps-[18px] pe-2">
      <button
        type="button"
        aria-expanded={!isSmall}
        onClick={() => arrange(id, isSmall ? 'docked' : 'minimised')}
        className="flex min-w-0 grow items-baseline gap-2.5 text-start max-md:pointer-events-none"
      >
        <bdi className="truncate font-semibold">{titleOf(state, words)}</bdi>
        {!isSmall && (
          <span role="status" className="shrink-0 text-[12.5px] text-ink-3 tabular-nums">
            {savedText(state, words.composer)}
          </span>
        )}
      </button>
      <div className="flex flex-none text-ink-2">
        <IconButton
          label={isSmall ? words.composer.restore : words.composer.minimise}
          icon={isSmall ? <Maximize2 /> : <Minus />}
          className="max-md:hidden"
          onClick={() => arrange(id, isSmall ? 'docked' : 'minimised')}
        />
        {!isSmall && (
          <IconButton
            label={layout === 'full' ? words.composer.dock : words.composer.maximise}
            icon={layout === 'full' ? <Minimize2 /> : <Maximize2 />}
            className="max-md:hidden"
            onClick={() => arrange(id, layout === 'full' ? 'docked' : 'full')}
          />
        )}
        <IconButton label={words.composer.close} icon={<X />} onClick={() => void close(letter, app)} />
      </div>
    </header>
  )
}

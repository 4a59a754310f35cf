'use client'
import { Maximize2, Minimize2, Minus, X } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { ownLocale } from '@/lib/client/clock'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import { arrange, type Layout } from './desk'
import type { Letter, LetterState } from './letter'
import { close } from './send'

export const titleOf = ({ subject }: Pick<LetterState, 'subject'>, words: Words): string =>
  subject.trim() || words.composer.newMessage

const minute = 60_000

/** Drawn anew when it says something else: the minute of the last save, or that there is none. */
function savedAs({ saved }: LetterState): 'failed' | 'saving' | 'nothing' | number {
  if (saved.state === 'failed') return 'failed'
  if (saved.at) return Math.floor(saved.at.getTime() / minute)
  return saved.state === 'saving' ? 'saving' : 'nothing'
}

function savedText(saved: ReturnType<typeof savedAs>, words: Words['composer']): string {
  if (saved === 'failed') return words.draftKept
  if (saved === 'saving') return words.draftSaving
  if (saved === 'nothing') return ''
  const at = new Date(saved * minute)
  return words.draftSaved(at.toLocaleTimeString(ownLocale(), { hour: '2-digit', minute: '2-digit' }))
}

export function TitleBar({ letter, layout }: { letter: Letter; layout: Layout }) {
  const words = useWords()
  const app = useApp()
  const title = useSignal(letter.state, (state) => titleOf(state, words))
  const saved = useSignal(letter.state, savedAs)
  const isSmall = layout === 'minimised'
  const { id } = letter
  return (
    <div className="flex h-11 flex-none items-center gap-2.5 border-b border-line ps-[18px] pe-2">
      <button
        type="button"
        aria-expanded={!isSmall}
        disabled={layout === 'page'}
        onClick={() => arrange(id, isSmall ? 'docked' : 'minimised')}
        className="min-w-0 shrink truncate text-start font-semibold max-split:pointer-events-none"
      >
        <bdi>{title}</bdi>
      </button>
      <span role="status" className="min-w-max grow text-[12.5px] text-ink-3 tabular-nums">
        {!isSmall && savedText(saved, words.composer)}
      </span>
      <div className="flex flex-none text-ink-2">
        {layout !== 'page' && <WindowButtons id={id} layout={layout} />}
        <IconButton label={words.composer.close} icon={<X />} onClick={() => void close(letter, app)} />
      </div>
    </div>
  )
}

function WindowButtons({ id, layout }: { id: string; layout: Layout }) {
  const { composer: words } = useWords()
  const isSmall = layout === 'minimised'
  return (
    <>
      <IconButton
        label={isSmall ? words.restore : words.minimise}
        icon={isSmall ? <Maximize2 /> : <Minus />}
        className="max-split:hidden"
        onClick={() => arrange(id, isSmall ? 'docked' : 'minimised')}
      />
      {!isSmall && (
        <IconButton
          label={layout === 'full' ? words.dock : words.maximise}
          icon={layout === 'full' ? <Minimize2 /> : <Maximize2 />}
          className="max-split:hidden"
          onClick={() => arrange(id, layout === 'full' ? 'docked' : 'full')}
        />
      )}
    </>
  )
}

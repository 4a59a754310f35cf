'use client'
import { Clock, Flag, MailCheck, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useParts } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import type { SendingWishes } from '@/lib/model/draft'
import type { Letter } from './letter'
import { shownTime } from './outbox'

/** What this message asks of others, each with the way to take it back. */
export function Wishes({ letter }: { letter: Letter }) {
  const { compose: words } = useLaterWords()
  const { wishes, planned } = useParts(letter.state, ['wishes', 'planned'])
  const { priority, receipt, notice } = wishes
  const change = (to: Partial<SendingWishes>) => letter.change({ wishes: { ...wishes, ...to } })
  const back = () => letter.change({ planned: null })
  const asked = [
    ...(priority !== 'normal'
      ? [{ text: words.wishes[priority], icon: <Flag />, drop: () => change({ priority: 'normal' }) }]
      : []),
    ...(receipt === 'ask'
      ? [{ text: words.wishes.receipt, icon: <MailCheck />, drop: () => change({ receipt: 'no' }) }]
      : []),
    ...(notice === 'ask'
      ? [{ text: words.wishes.notice, icon: <MailCheck />, drop: () => change({ notice: 'no' }) }]
      : []),
    ...(planned ? [{ text: words.wishes.at(shownTime(planned)), icon: <Clock />, drop: back }] : []),
  ]
  if (asked.length === 0) return null
  return (
    <ul className="mx-[18px] mb-2.5 flex flex-none flex-wrap gap-1.5">
      {asked.map((wish) => (
        <Wish key={wish.text} {...wish} label={words.dropWish(wish.text)} />
      ))}
    </ul>
  )
}

interface WishProps {
  text: string
  icon: ReactNode
  label: string
  drop: () => void
}

function Wish({ text, icon, label, drop }: WishProps) {
  return (
    <li className="flex h-[26px] items-center gap-1.5 rounded-full bg-sunken ps-2.5 text-sm text-ink-2 pointer-coarse:h-9 [&_svg]:size-3.5">
      {icon}
      {text}
      <button
        type="button"
        aria-label={label}
        onClick={drop}
        className="grid h-full w-6 place-items-center rounded-full hover:bg-hover hover:text-ink pointer-coarse:w-9"
      >
        <X aria-hidden="true" className="lucide size-3!" />
      </button>
    </li>
  )
}

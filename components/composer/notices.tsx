'use client'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { people, peopleSoon } from '@/lib/client/contacts'
import { useApp } from '@/lib/client/react'
import { useParts, useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import { type Address, shownName } from '@/lib/model/address'
import { merge } from './addresses/parse'
import { nearDomains, strangersAmong } from './addresses/doubts'
import { problemOf } from './addresses/problem'
import { Elsewhere } from './elsewhere'
import { isComing, isQuoted } from './files/files'
import { fields, type Letter, type LetterState } from './letter'
import { Notice } from './notice'
import { Wishes } from './wishes'
import { send } from './send'

/** From here on a circle of people is rather a list. */
const manyVisible = 20

const hide = (letter: Letter): void => {
  const { to, cc, bcc, shownFields } = letter.state.get()
  const all = merge([...to, ...cc, ...bcc])
  letter.change({ to: [], cc: [], bcc: all, shownFields: new Set([...shownFields, 'bcc']) })
}

const isAnswer = ({ thread }: Pick<LetterState, 'thread'>): boolean => thread.original?.as === 'reply'

const mean = (letter: Letter, list: readonly Address[]): void =>
  letter.state.set((now) => ({
    ...now,
    warning: 'none',
    meant: new Set([...now.meant, ...list.map(({ address }) => address.toLowerCase())]),
  }))

const inFields = (letter: Letter, change: (list: Address[]) => Address[]): void => {
  const { to, cc, bcc } = letter.state.get()
  letter.change({ to: change(to), cc: change(cc), bcc: change(bcc), warning: 'none' })
}

const leaveOut = (letter: Letter, strangers: readonly Address[]): void =>
  inFields(letter, (list) => list.filter((who) => !strangers.includes(who)))

const changeDomain = (letter: Letter, who: Address, domain: string): void =>
  inFields(letter, (list) =>
    merge(
      list.map((one) =>
        one === who ? { ...one, address: one.address.replace(/@[^@]*$/, `@${domain}`) } : one,
      ),
    ),
  )

const shown = [...fields, 'extra', 'thread', 'meant', 'warning', 'sending', 'quote'] as const

/** What stands between this message and being sent, said while it is written. */
export function Notices({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const { compose: more } = useLaterWords()
  const app = useApp()
  const state = useParts(letter.state, shown)
  const files = useSignal(letter.files.list, (list) => list)
  const named = [...fields.flatMap((field) => state[field]), ...(state.extra.replyTo ?? [])]
  const broken = named.flatMap((who) => {
    const problem = problemOf(who)
    return problem ? [words.problems[problem](who.address || who.name)] : []
  })
  const visible = [...state.to, ...state.cc]
  const known = useSignal(people, ({ list }) => list)
  // An answer names people before anybody has typed one, and so asked who is known.
  useEffect(() => void peopleSoon(), [])
  const near = nearDomains(state, app)
  const strangers = isAnswer(state)
    ? strangersAmong(visible, known).filter(({ address }) => !state.meant.has(address.toLowerCase()))
    : []
  return (
    <>
      {broken.length > 0 && (
        <Notice>{broken.length === 1 ? broken[0] : words.severalProblems(broken.length)}</Notice>
      )}
      {visible.length >= manyVisible && (
        <Notice
          tone="plain"
          action={
            <Button size="s" onClick={() => hide(letter)}>
              {words.hideThem}
            </Button>
          }
        >
          {words.manyVisible(visible.length)}
        </Notice>
      )}
      {near.slice(0, 3).map(({ who, domain }) => (
        <Notice
          key={who.address}
          action={
            <span className="flex flex-none flex-wrap gap-1.5">
              <Button size="s" onClick={() => changeDomain(letter, who, domain)}>
                {more.useDomain(domain)}
              </Button>
              <Button size="s" kind="quiet" onClick={() => mean(letter, [who])}>
                {more.keepDomain}
              </Button>
            </span>
          }
        >
          {more.nearDomain(who.address, domain)}
        </Notice>
      ))}
      {strangers.length > 0 && (
        <Notice
          tone="plain"
          action={
            <span className="flex flex-none flex-wrap gap-1.5">
              <Button size="s" onClick={() => leaveOut(letter, strangers)}>
                {more.leaveOut}
              </Button>
              <Button size="s" kind="quiet" onClick={() => mean(letter, strangers)}>
                {more.keepThem}
              </Button>
            </span>
          }
        >
          {more.unusual(strangers.map(shownName).join(', '))}
        </Notice>
      )}
      <Elsewhere letter={letter} />
      <Wishes letter={letter} />
      {state.warning === 'recipients' && <Notice>{words.noRecipients}</Notice>}
      {state.warning === 'files' && <Notice>{words.uploads.broken}</Notice>}
      {state.warning === 'promised' && files.every(isQuoted) && (
        <Notice
          action={
            <Button size="s" onClick={() => void send(letter, app, 'without-files')}>
              {words.sendAnyway}
            </Button>
          }
        >
          {words.promised}
        </Notice>
      )}
      {state.sending === 'files' && (
        <Notice tone="plain">{words.uploads.waiting(letter.leaving().filter(isComing).length)}</Notice>
      )}
      {state.sending === 'quote' && <Notice tone="plain">{more.quoteWaiting}</Notice>}
      {state.quote === 'failed' && <Notice tone="plain">{words.quoteFailed}</Notice>}
    </>
  )
}

'use client'
import { createContext, use, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { whenIdle } from '@/components/ui/idle'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { navigation } from '@/lib/client/navigation'
import { type Boards, createBoards, type Hand, type Stage } from './boards'

// Which message is shown, and which are only prepared: loaded and made behind it, for when they are gone to.
// Invariant: of a message that is only prepared nothing stands in the document but the frame of its text, which nobody
// sees, hears or reaches; it asks nothing of anybody else, and tells nobody that it was opened.

const Staged = createContext<Stage>('shown')

/** As React knows it: it follows what the boards show by a frame, and what only an open message does begins with it. */
export const useStage = (): Stage => use(Staged)

const OnBoards = createContext<{ boards: Boards; key: string } | null>(null)

/** Must stay the same hand for as long as it means the same. */
export const useHand = (hand: Hand): void => {
  const on = use(OnBoards)
  useLayoutEffect(() => on?.boards.join(on.key, hand), [on, hand])
}

/** The message stands there with its text: going to it shows it in no time. */
export const useDrawn = (is: 'drawn' | 'on its way'): void => {
  const on = use(OnBoards)
  useLayoutEffect(() => (is === 'drawn' ? on?.boards.drawn(on.key) : undefined), [on, is])
}

/** The boards of a reader; `toTop` is called before another message is shown. */
export const useBoards = (key: string, toTop: () => void): Boards => {
  const [boards] = useState(() => createBoards(key))
  useEffect(
    () =>
      navigation.stagehand((place) => {
        const next = place.message ? messageKey({ ...place, message: place.message }) : ''
        const stand = next !== boards.shown() && boards.isDrawn(next) && boards.isDrawn(boards.shown())
        if (!stand) return 'not here'
        toTop()
        boards.show(next)
        return 'shown'
      }),
    [boards, toTop],
  )
  useLayoutEffect(() => {
    if (boards.shown() === key) return
    toTop()
    boards.show(key)
  }, [boards, key, toTop])
  return boards
}

const behind = 'pointer-events-none invisible absolute inset-x-0 top-0 h-0 overflow-hidden print:hidden'

interface OnStageProps {
  boards: Boards
  at: MessageAt
  stage: Stage
  children: ReactNode
}

/** The place of one message. */
export function OnStage({ boards, at, stage, children }: OnStageProps) {
  const place = useRef<HTMLDivElement>(null)
  const key = messageKey(at)
  const on = useMemo(() => ({ boards, key }), [boards, key])
  const hand = useCallback<Hand>((now) => {
    const element = place.current
    if (!element) return
    element.className = now === 'prepared' ? behind : ''
    element.inert = now === 'prepared'
  }, [])
  useLayoutEffect(() => boards.join(key, hand), [boards, key, hand])
  return (
    <div ref={place}>
      <OnBoards value={on}>
        <Staged value={stage}>{children}</Staged>
      </OnBoards>
    </div>
  )
}

interface AroundProps {
  className?: string | undefined
  children: ReactNode
}

/**
 * What stands around the text of a message. It is made while the message is only prepared, and kept out of the document
 * until the message is gone to, which then costs no more than putting it there.
 */
export function Around({ className, children }: AroundProps) {
  const place = useRef<HTMLDivElement>(null)
  const made = useRef<HTMLDivElement>(null)
  const times = useTimesLeft()
  // Also put back when React lets go of both: it counts on finding what it made where it made it.
  const hand = useCallback<Hand>((stage) => {
    const [at, what] = [place.current, made.current]
    if (stage === 'prepared') what?.remove()
    else if (what && what.parentNode !== at) at?.append(what)
  }, [])
  useHand(hand)
  return (
    <div ref={place} className="contents">
      <div ref={made} className={className}>
        <Again key={times}>{children}</Again>
      </div>
    </div>
  )
}

const Again = ({ children }: { children: ReactNode }) => children

/** Counted in an idle moment after leaving: what was unfolded or open in the message is made anew for the next time. */
function useTimesLeft(): number {
  const stage = useStage()
  const [times, setTimes] = useState(0)
  const was = useRef<Stage>('prepared')
  useEffect(() => {
    const left = was.current === 'shown' && stage === 'prepared'
    was.current = stage
    if (left) return whenIdle(() => setTimes((count) => count + 1))
  }, [stage])
  return times
}

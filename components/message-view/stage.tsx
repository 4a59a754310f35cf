'use client'
import { createContext, use, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { whenIdle } from '@/components/ui/idle'

// Which message is shown, and which are only prepared: loaded and made behind it, for when they are gone to.
// Invariant: of a message that is only prepared nothing stands in the document but the frame of its text, which nobody
// sees, hears or reaches; it asks nothing of anybody else, and tells nobody that it was opened.

export type Stage = 'shown' | 'prepared'

const Staged = createContext<Stage>('shown')
export const StageProvider = Staged.Provider
export const useStage = (): Stage => use(Staged)

interface AroundProps {
  className?: string | undefined
  children: ReactNode
}

/**
 * What stands around the text of a message. It is made while the message is only prepared, and kept out of the document
 * until the message is gone to, which then costs no more than putting it there.
 */
export function Around({ className, children }: AroundProps) {
  const stage = useStage()
  const place = useRef<HTMLDivElement>(null)
  const made = useRef<HTMLDivElement>(null)
  const times = useTimesLeft(stage)
  useLayoutEffect(() => {
    if (stage === 'shown') return
    const [at, kept] = [place.current, made.current]
    kept?.remove()
    // Also before React lets go of both: it counts on finding what it made where it made it.
    return () => {
      if (kept) at?.append(kept)
    }
  }, [stage])
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
function useTimesLeft(stage: Stage): number {
  const [times, setTimes] = useState(0)
  const was = useRef<Stage>('prepared')
  useEffect(() => {
    const left = was.current === 'shown' && stage === 'prepared'
    was.current = stage
    if (left) return whenIdle(() => setTimes((count) => count + 1))
  }, [stage])
  return times
}

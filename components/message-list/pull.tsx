'use client'
import { RefreshCw } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode, TouchEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { Spinner } from '@/components/ui/spinner'
import { commands } from '@/lib/client/commands/registry'
import { useApp } from '@/lib/client/react'
import { intentOf } from '@/lib/client/swipe'
import { useWords } from '@/lib/i18n/react'

// A list that is pulled down from its top asks for new mail. Touch events, not those of pointers: of these the browser
// takes the finger away as soon as it scrolls.

/** What is drawn follows at half the finger's pace; from here on letting go refreshes. */
const pace = 0.5
const far = 56
const most = 80

interface Finger {
  x: number
  y: number
  pulled: number
}

export function PullToRefresh({ children }: { children: ReactNode }) {
  const app = useApp()
  const { list } = useWords()
  const around = useRef<HTMLDivElement>(null)
  const finger = useRef<Finger | null>(null)
  const [state, setState] = useState<'no' | 'pulled' | 'armed' | 'going'>('no')
  const isAtTop = () => (around.current?.querySelector('[role=grid]')?.scrollTop ?? 0) <= 0
  const draw = (by: number) => {
    around.current?.style.setProperty('--pull', `${by}px`)
    around.current?.style.setProperty('--turn', `${by * 3}deg`)
  }

  const onTouchStart = ({ touches }: TouchEvent) => {
    const one = touches[0]
    const begins = one && touches.length === 1 && state !== 'going' && isAtTop()
    finger.current = begins ? { x: one.clientX, y: one.clientY, pulled: 0 } : null
  }
  const onTouchMove = ({ touches }: TouchEvent) => {
    const [begun, one] = [finger.current, touches[0]]
    if (!begun || !one) return
    const [dx, dy] = [one.clientX - begun.x, one.clientY - begun.y]
    // Of a row that is swiped, and of a list that scrolls, nothing is pulled any more.
    if (begun.pulled === 0 && intentOf({ dx, dy }) === 'open') return
    if (begun.pulled === 0 && (intentOf({ dx, dy }) === 'swipe' || dy < 0 || !isAtTop()))
      return void (finger.current = null)
    begun.pulled = Math.max(1, Math.min(most, dy * pace))
    draw(begun.pulled)
    setState(begun.pulled >= far ? 'armed' : 'pulled')
  }
  const refresh = async () => {
    setState('going')
    draw(far)
    // What fails is told where it always is: over the list, or in the banner.
    await Promise.resolve(commands.get('refresh')?.run(app)).catch(() => undefined)
    setState('no')
  }
  const onTouchEnd = () => {
    const last = finger.current
    finger.current = null
    if (state === 'going') return
    if (last && last.pulled >= far) void refresh()
    else setState('no')
  }
  const onTouchCancel = () => {
    finger.current = null
    if (state !== 'going') setState('no')
  }
  return (
    <div
      ref={around}
      className="relative flex min-h-0 grow flex-col"
      {...{ onTouchStart, onTouchMove, onTouchEnd, onTouchCancel }}
    >
      {state !== 'no' && (
        <div
          data-pull={state}
          role="status"
          aria-label={list.refresh}
          style={{ transform: 'translate(-50%, calc(var(--pull) - 44px))' }}
          className={cx(
            'pointer-events-none absolute top-0 left-1/2 z-30 grid size-9 place-items-center rounded-full border bg-raised shadow-float',
            state === 'armed' ? 'text-accent' : 'text-ink-3',
          )}
        >
          {state === 'going' ? (
            <Spinner />
          ) : (
            <RefreshCw className="lucide" style={{ rotate: 'var(--turn)' }} />
          )}
        </div>
      )}
      {children}
    </div>
  )
}

'use client'
import { useCallback, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import type { IconName } from '@/components/ui/icon'
import { actionOf, beginsAtEdge, doSwiped, intentOf, isFar, leavesBy } from '@/lib/client/swipe'
import type { Side } from '@/lib/client/swipe'
import { useApp } from '@/lib/client/react'
import type { MessageId } from '@/lib/model/message-id'
import type { SwipeAction } from '@/lib/model/swipe-action'
import type { Line } from './message-grid'

// Rows that follow a finger. The row itself is moved, outside of React, sixty times a second; React draws what
// comes to light under it.

export interface Swiping {
  id: MessageId
  side: Side
  action: SwipeAction
  /** Let go now, it happens. */
  armed: 'no' | 'yes'
}

interface Finger {
  id: MessageId
  element: HTMLElement
  x: number
  y: number
  state: 'waiting' | 'swiping'
}

const quick = { duration: 140, easing: 'ease-out' }
const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

const glide = async ({ element }: Finger, from: number, to: number): Promise<void> => {
  element.style.transform = ''
  if (isCalm()) return
  const frames = [from, to].map((x) => ({ transform: `translateX(${x}px)` }))
  await element.animate(frames, quick).finished.catch(() => undefined)
}

const fingerOf = (event: PointerEvent): Finger | null => {
  if (event.pointerType !== 'touch' || !event.isPrimary || !(event.target instanceof Element)) return null
  const element = event.target.closest<HTMLElement>('[data-id]')
  const id = element?.dataset.id
  if (!element || !id || beginsAtEdge(event.clientX, window.innerWidth)) return null
  return { id, element, x: event.clientX, y: event.clientY, state: 'waiting' }
}

export const useSwipe = (line: Line) => {
  const app = useApp()
  const finger = useRef<Finger | null>(null)
  const [swiping, setSwiping] = useState<Swiping | null>(null)
  const now = useRef<Swiping | null>(null)
  const show = useCallback((next: Swiping | null) => {
    const { side, armed } = now.current ?? {}
    if (next && side === next.side && armed === next.armed) return
    now.current = next
    setSwiping(next)
  }, [])
  const follow = (one: Finger, dx: number) => {
    const side = dx < 0 ? 'left' : 'right'
    const action = actionOf(app.preferences.get(), side, line.placeOf(one.id).folder)
    one.element.style.transform = action === 'none' ? '' : `translateX(${dx}px)`
    const armed = action !== 'none' && isFar(dx, one.element.clientWidth) ? 'yes' : 'no'
    show({ id: one.id, side, action, armed })
  }
  const end = async (dx: number, how: 'let go' | 'taken away') => {
    const [one, last] = [finger.current, now.current]
    finger.current = null
    if (!one || one.state === 'waiting') return
    const row = line.listing.rows.get(one.id)
    const acts = how === 'let go' && last?.armed === 'yes' && row
    const leaves = acts && leavesBy(last.action)
    await glide(one, dx, leaves ? Math.sign(dx) * one.element.clientWidth : 0)
    show(null)
    if (!acts) return
    const { account, folder, message } = line.placeOf(one.id)
    await doSwiped(app, { row, action: last.action, targets: { account, folder, ids: [message] } })
  }
  const handlers = {
    onPointerDown: (event: PointerEvent) => void (finger.current = fingerOf(event)),
    onPointerMove: (event: PointerEvent) => {
      const one = finger.current
      if (!one || event.pointerType !== 'touch' || !event.isPrimary) return
      const way = { dx: event.clientX - one.x, dy: event.clientY - one.y }
      if (one.state === 'waiting' && intentOf(way) === 'scroll') finger.current = null
      if (one.state === 'waiting' && intentOf(way) !== 'swipe') return
      one.state = 'swiping'
      follow(one, way.dx)
    },
    onPointerUp: (event: PointerEvent) => void end(event.clientX - (finger.current?.x ?? 0), 'let go'),
    onPointerCancel: (event: PointerEvent) =>
      void end(event.clientX - (finger.current?.x ?? 0), 'taken away'),
  }
  return { swiping, handlers }
}

const icons: Record<Exclude<SwipeAction, 'none'>, IconName> = {
  archive: 'archive',
  delete: 'trash',
  junk: 'junk',
  read: 'read',
  star: 'starred',
}

/** What comes to light under a row that is moved aside. */
export function Underlay({ swiping: { side, action, armed }, height }: { swiping: Swiping; height: number }) {
  if (action === 'none') return null
  const on = action === 'delete' ? 'bg-bad text-bad-ink' : 'bg-accent text-accent-ink'
  return (
    <div
      aria-hidden="true"
      data-underlay={action}
      dir="ltr"
      style={{ height }}
      className={cx(
        'absolute inset-x-0 bottom-0 flex items-center px-7',
        side === 'left' ? 'justify-end' : 'justify-start',
        armed === 'yes' ? on : 'bg-sunken text-ink-2',
      )}
    >
      <Icon name={icons[action]} className="size-6" />
    </div>
  )
}

import { useEffect, useRef } from 'react'
import type { MouseEvent, PointerEvent, SyntheticEvent } from 'react'
import { toggle } from '@/lib/client/cursor'
import { useApp } from '@/lib/client/react'
import { intentOf } from '@/lib/client/swipe'
import type { Line } from './message-grid'

// A finger that rests on a row selects it, for a finger has no hover that would show the box to tick. Once a selection
// has begun a tap adds to it, or takes away, until nothing is selected.

const restMs = 450

interface Press {
  x: number
  y: number
  timer: number
}

const rowAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined

/** Buttons of a row mean what they mean. */
const isButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button') !== null

export const useHold = ({ ticks }: Line) => {
  const app = useApp()
  const press = useRef<Press | null>(null)
  const held = useRef<'no' | 'yes'>('no')
  const byTouch = useRef<'no' | 'yes'>('no')
  const release = () => {
    if (press.current) window.clearTimeout(press.current.timer)
    press.current = null
  }
  useEffect(() => release, [])

  const onPointerDownCapture = ({ pointerType, isPrimary, target, clientX, clientY }: PointerEvent) => {
    release()
    held.current = 'no'
    byTouch.current = pointerType === 'touch' ? 'yes' : 'no'
    const id = rowAt(target)
    if (byTouch.current === 'no' || !isPrimary || !id || ticks === 'none') return
    const select = () => {
      press.current = null
      held.current = 'yes'
      toggle(app, id)
    }
    press.current = { x: clientX, y: clientY, timer: window.setTimeout(select, restMs) }
  }
  const onPointerMoveCapture = ({ clientX, clientY }: PointerEvent) => {
    const begun = press.current
    if (begun && intentOf({ dx: clientX - begun.x, dy: clientY - begun.y }) !== 'open') release()
  }
  const onClickCapture = (event: MouseEvent) => {
    const id = rowAt(event.target)
    const wasHeld = held.current === 'yes'
    held.current = 'no'
    const adds = byTouch.current === 'yes' && app.ui.get().selected.size > 0 && !isButton(event.target)
    if (!id || ticks === 'none' || !(wasHeld || adds)) return
    event.preventDefault()
    event.stopPropagation()
    if (!wasHeld) toggle(app, id)
  }
  /** What browsers do themselves with a link or a row that is held: a menu, a drag. */
  const notByTouch = (event: SyntheticEvent) => {
    if (byTouch.current === 'no' || ticks === 'none') return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    onPointerDownCapture,
    onPointerMoveCapture,
    onPointerUpCapture: release,
    onPointerCancelCapture: release,
    onClickCapture,
    onContextMenuCapture: notByTouch,
    onDragStartCapture: notByTouch,
  }
}

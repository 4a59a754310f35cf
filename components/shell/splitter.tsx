'use client'
import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

export const usualWidth = 404
const narrowest = 300
const widest = 720
const step = 16

const clamp = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)))

/** The edge between list and message: dragged, or moved with the arrow keys; double-click gives the usual width. */
export function Splitter({ pane }: { pane: RefObject<HTMLElement | null> }) {
  const app = useApp()
  const words = useWords()
  const { listWidth } = usePreferences()
  const width = listWidth ?? usualWidth
  const from = useRef<{ x: number; width: number } | null>(null)
  const wanted = useRef(width)
  const flip = () => (getComputedStyle(document.documentElement).direction === 'rtl' ? -1 : 1)
  const show = (next: number) => {
    wanted.current = clamp(next)
    pane.current?.style.setProperty('--list', `${wanted.current}px`)
  }
  // The width is kept on this screen even when it could not be saved for others.
  const save = () => void app.savePreferences({ listWidth: wanted.current }).catch(() => undefined)
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: pane.current?.getBoundingClientRect().width ?? width }
  }
  const drag = (event: PointerEvent) => {
    if (from.current) show(from.current.width + (event.clientX - from.current.x) * flip())
  }
  const up = () => {
    if (from.current && wanted.current !== width) save()
    from.current = null
  }
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -step, ArrowRight: step }[event.key]
    if (!by) return
    event.preventDefault()
    show(width + by * flip())
    save()
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={words.shell.resize}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      onPointerDown={down}
      onPointerMove={drag}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
      onDoubleClick={() => {
        show(usualWidth)
        save()
      }}
      className="absolute inset-y-0 -end-1 z-10 w-2 cursor-col-resize touch-none after:absolute after:inset-y-0 after:start-[3px] after:w-0.5 hover:after:bg-accent-line focus-visible:outline-none focus-visible:after:bg-accent max-split:hidden"
    />
  )
}

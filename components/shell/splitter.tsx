'use client'
import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

export const usualWidth = 404
export const usualHeight = 360
const step = 16

const edges = {
  right: {
    usual: usualWidth,
    least: 300,
    most: 720,
    variable: '--list',
    keys: { ArrowLeft: -step, ArrowRight: step },
    orientation: 'vertical',
    shape: 'inset-y-0 -end-1 w-2 cursor-col-resize after:inset-y-0 after:start-[3px] after:w-0.5',
  },
  below: {
    usual: usualHeight,
    least: 160,
    most: 1200,
    variable: '--list-height',
    keys: { ArrowUp: -step, ArrowDown: step },
    orientation: 'horizontal',
    shape: 'inset-x-0 -bottom-1 h-2 cursor-row-resize after:inset-x-0 after:top-[3px] after:h-0.5',
  },
} as const

interface SplitterProps {
  pane: RefObject<HTMLElement | null>
  layout: keyof typeof edges
}

/** The edge between list and message: dragged, or moved with the arrow keys; double-click gives the usual size. */
export function Splitter({ pane, layout }: SplitterProps) {
  const app = useApp()
  const words = useWords()
  const { listWidth, listHeight } = usePreferences()
  const edge = edges[layout]
  const size = (layout === 'right' ? listWidth : listHeight) ?? edge.usual
  const from = useRef<{ at: number; size: number } | null>(null)
  const wanted = useRef(size)
  const flip = () =>
    layout === 'right' && getComputedStyle(document.documentElement).direction === 'rtl' ? -1 : 1
  const atOf = ({ clientX, clientY }: PointerEvent) => (layout === 'right' ? clientX : clientY)
  const show = (next: number) => {
    wanted.current = Math.round(Math.min(edge.most, Math.max(edge.least, next)))
    pane.current?.style.setProperty(edge.variable, `${wanted.current}px`)
  }
  // The size is kept on this screen even when it could not be saved for others.
  const save = () =>
    void app
      .savePreferences(layout === 'right' ? { listWidth: wanted.current } : { listHeight: wanted.current })
      .catch(() => undefined)
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { width, height } = pane.current?.getBoundingClientRect() ?? { width: size, height: size }
    from.current = { at: atOf(event), size: layout === 'right' ? width : height }
  }
  const drag = (event: PointerEvent) => {
    if (from.current) show(from.current.size + (atOf(event) - from.current.at) * flip())
  }
  const up = () => {
    if (from.current && wanted.current !== size) save()
    from.current = null
  }
  const key = (event: KeyboardEvent) => {
    const by = (edge.keys as Record<string, number>)[event.key]
    if (!by) return
    event.preventDefault()
    show(size + by * flip())
    save()
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={edge.orientation}
      aria-label={words.shell.resize}
      aria-valuenow={size}
      aria-valuemin={edge.least}
      aria-valuemax={edge.most}
      onPointerDown={down}
      // Else the row that comes to lie under the place where the button went down would be dragged away.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={drag}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
      onDoubleClick={() => {
        show(edge.usual)
        save()
      }}
      className={`absolute z-10 touch-none after:absolute hover:after:bg-accent-line focus-visible:outline-none focus-visible:after:bg-accent max-split:hidden ${edge.shape}`}
    />
  )
}

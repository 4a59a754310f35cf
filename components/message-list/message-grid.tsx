'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import type { Listing } from '@/lib/client/cache/listing'
import { page } from '@/lib/client/cache/mail'
import { mark } from '@/lib/client/actions'
import type { Targets } from '@/lib/client/actions'
import { extend, goToNeighbour, openCursor, selectTo, toggle } from '@/lib/client/cursor'
import { startDrag } from '@/lib/client/drag'
import { pathOfPlace } from '@/lib/client/place'
import type { Place } from '@/lib/client/place'
import { useApp, useClock, usePreferences, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { MessageSummary } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { ListView } from '@/lib/model/view'
import { chipsHeight, headingHeight, offsetOf, rowHeights } from './geometry'
import { useHold } from './hold'
import { EmptyRow, MessageRow } from './message-row'
import { RowActions } from './row-actions'
import { hasChips, shapeOf } from './rows'
import { Underlay, useSwipe } from './swipe'
import { useWindow } from './use-window'
import type { Range } from './use-window'

/** While the scrollbar is being dragged past thousands of rows, only where it rests is asked for. */
const rest = 40
/** Two leaps within so many milliseconds are one drag. */
const drag = 150

/** A list to draw: a folder's, or what was found in many. Everything but `listing` stays the same while it stands. */
export interface Line {
  /** Names the list, to remember where it was left. */
  name: string
  listing: Listing
  /** The row that is open in the reader. */
  open: MessageId | null
  /** Where a row leads. */
  placeOf: (id: MessageId) => Place & { message: MessageId }
  /** Sees to it that these rows are there. */
  ensure: (from: number, to: number) => Promise<void>
  ticks: 'offered' | 'none'
  /** In what was found, a row tells its folder and marks the words looked for. */
  folderOf?: (id: MessageId) => string
  terms?: readonly string[]
  /** What it is ordered by; by date when nothing is said. */
  sort?: ListView['sort']
}

/**
 * Asks for the rows in view that are not there: at once where somebody went in one step, where the scrollbar rests when it
 * is dragged. Those ahead are asked for while one moves.
 */
const useLoading = ({ listing, ensure }: Line, { from, to }: Range): void => {
  const last = useRef({ from, to, leapt: -Infinity })
  useEffect(() => {
    if (listing.problem) return
    const before = last.current
    const isFar = Math.abs(before.from - from) > page / 2
    const isDragged = isFar && performance.now() - before.leapt < drag
    const ahead = isFar || (before.from === from && before.to === to) ? 0 : page / 3
    last.current = { from, to, leapt: isFar ? performance.now() : before.leapt }
    const timer = window.setTimeout(() => void ensure(from, to + ahead), isDragged ? rest : 0)
    return () => window.clearTimeout(timer)
  }, [ensure, listing, from, to])
}

const targetsAt = ({ account, folder, message }: Place & { message: MessageId }): Targets => ({
  account,
  folder,
  ids: [message],
})

const useRowHandlers = ({ placeOf, ticks }: Line) => {
  const app = useApp()
  const onClick = useCallback(
    (event: MouseEvent, row: MessageSummary) => {
      if (event.button !== 0) return
      const follows = event.metaKey || event.ctrlKey
      // Where nothing is selected a link is a link.
      if (follows && ticks === 'none') return
      if (follows) toggle(app, row.id)
      else if (event.shiftKey && ticks === 'offered') selectTo(app, row.id)
      else app.go(placeOf(row.id))
      event.preventDefault()
    },
    [app, placeOf, ticks],
  )
  const onTick = useCallback(
    (event: MouseEvent, row: MessageSummary) => {
      event.stopPropagation()
      if (event.shiftKey) selectTo(app, row.id)
      else toggle(app, row.id)
    },
    [app],
  )
  const onStar = useCallback(
    (row: MessageSummary) => {
      const { star, unstar } = app.words().list
      const on = !row.flags.flagged
      void mark(app, targetsAt(placeOf(row.id)), 'flagged', on, on ? star : unstar)
    },
    [app, placeOf],
  )
  const onDragStart = useCallback(
    (event: DragEvent, row: MessageSummary) => startDrag(event, app, targetsAt(placeOf(row.id))),
    [app, placeOf],
  )
  return { onClick, onTick: ticks === 'offered' ? onTick : undefined, onStar, onDragStart }
}

/** The row under a mouse; a finger has no hover. */
const useHovered = () => {
  const [hovered, setHovered] = useState<MessageId | null>(null)
  return {
    hovered,
    onPointerOver: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || !(event.target instanceof Element)) return
      setHovered(event.target.closest<HTMLElement>('[data-id]')?.dataset.id ?? null)
    },
    onPointerLeave: () => setHovered(null),
  }
}

const useGridKeys = () => {
  const app = useApp()
  return (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target !== event.currentTarget) return
    const act = {
      ArrowDown: () => (event.shiftKey ? extend(app, 1) : void goToNeighbour(app, 1)),
      ArrowUp: () => (event.shiftKey ? extend(app, -1) : void goToNeighbour(app, -1)),
      Enter: () => openCursor(app),
      ' ': () => {
        const { cursor } = app.ui.get()
        if (cursor) toggle(app, cursor)
      },
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
}

const ofOwnMail = ({ folder }: Place): boolean => folder === 'sent' || folder === 'drafts'

/** One list over the whole mailbox. The keyboard stays on the grid and points at rows. */
export function MessageGrid({ line }: { line: Line }) {
  const { listing, placeOf, sort = 'date' } = line
  const app = useApp()
  const words = useWords()
  const clock = useClock()
  const { density } = usePreferences()
  const cursor = useUi((ui) => ui.cursor)
  const selected = useUi((ui) => ui.selected)
  const { geometry, headings } = useMemo(
    () =>
      shapeOf({
        listing,
        density,
        clock,
        words: words.list,
        headings: sort === 'date' ? 'days' : 'none',
      }),
    [listing, density, clock, words, sort],
  )
  const { scroller, range, reveal } = useWindow({ name: line.name, shape: geometry, listing })
  useLoading(line, range)
  const handlers = useRowHandlers(line)
  const { hovered, ...hovering } = useHovered()
  const { swiping, handlers: touching } = useSwipe(line)
  const holding = useHold(line)
  const onKeyDown = useGridKeys()

  const known = useRef(listing)
  useEffect(() => {
    known.current = listing
  }, [listing])
  useEffect(() => {
    if (!cursor) return
    const rests = app.ui.get().resting === cursor
    if (rests) app.ui.set((ui) => ({ ...ui, resting: null }))
    else reveal(known.current.order.indexOf(cursor))
  }, [app, cursor, reveal])

  const shown = listing.order.slice(range.from, range.to)
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={words.list.messages}
      aria-rowcount={listing.order.length}
      aria-multiselectable="true"
      aria-activedescendant={cursor && shown.includes(cursor) ? `row-${cursor}` : undefined}
      aria-busy={listing.freshness === 'stale'}
      tabIndex={0}
      data-selecting={selected.size > 0 ? '' : undefined}
      onKeyDown={onKeyDown}
      {...hovering}
      {...touching}
      {...holding}
      className="ring-inside relative min-h-0 grow overflow-y-auto overscroll-contain [overflow-anchor:none]"
    >
      <div role="presentation" style={{ height: offsetOf(geometry, listing.order.length) }}>
        <div role="presentation" style={{ transform: `translateY(${offsetOf(geometry, range.from)}px)` }}>
          {shown.map((id, at) => {
            const index = range.from + at
            const row = id === undefined ? undefined : listing.rows.get(id)
            const heading = headings.get(index)
            return (
              <div
                key={id ?? `hole-${index}`}
                role="presentation"
                className={swiping?.id === id ? 'relative' : undefined}
              >
                {heading && (
                  <div
                    aria-hidden="true"
                    style={{ height: headingHeight }}
                    className="px-4 pt-3 text-[11.5px] leading-[17px] font-medium text-ink-3"
                  >
                    {heading}
                  </div>
                )}
                {row && swiping && swiping.id === id && (
                  <Underlay
                    swiping={swiping}
                    height={rowHeights[density] + (hasChips(row, density) ? chipsHeight : 0)}
                  />
                )}
                {row ? (
                  <MessageRow
                    {...handlers}
                    row={row}
                    index={index}
                    href={pathOfPlace(placeOf(row.id))}
                    density={density}
                    clock={clock}
                    me={app.person.address.toLowerCase()}
                    shows={ofOwnMail(placeOf(row.id)) ? 'recipients' : 'senders'}
                    where={line.folderOf?.(row.id)}
                    terms={line.terms}
                    tells={sort === 'size' ? 'size' : 'time'}
                    state={selected.has(row.id) ? 'selected' : line.open === row.id ? 'open' : 'plain'}
                    cursor={cursor === row.id ? 'here' : 'elsewhere'}
                    moved={swiping?.id === id ? 'aside' : 'no'}
                    actions={
                      hovered === row.id ? (
                        <RowActions row={row} targets={targetsAt(placeOf(row.id))} />
                      ) : null
                    }
                  />
                ) : (
                  <EmptyRow index={index} density={density} />
                )}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

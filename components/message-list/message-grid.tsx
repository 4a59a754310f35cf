'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import { folderKey } from '@/lib/client/cache/state'
import type { Listing } from '@/lib/client/cache/listing'
import { page } from '@/lib/client/cache/mail'
import { mark } from '@/lib/client/actions'
import { extend, goToNeighbour, openCursor, selectTo, toggle } from '@/lib/client/cursor'
import { startDrag } from '@/lib/client/drag'
import { pathOfPlace } from '@/lib/client/place'
import type { Place } from '@/lib/client/place'
import { useApp, useClock, usePreferences, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { MessageId, MessageSummary } from '@/lib/model/message'
import { headingHeight, offsetOf } from './geometry'
import { EmptyRow, MessageRow } from './message-row'
import { RowActions } from './row-actions'
import { shapeOf } from './rows'
import { useWindow } from './use-window'
import type { Range } from './use-window'

/** While the scrollbar is being dragged past thousands of rows, only where it rests is asked for. */
const rest = 40

/** Asks for the rows in view that are not there. */
const useLoading = (place: Place, listing: Listing, { from, to }: Range): void => {
  const app = useApp()
  const last = useRef(from)
  const { account, folder } = place
  useEffect(() => {
    if (listing.problem) return
    const far = Math.abs(last.current - from) > page / 2
    last.current = from
    const timer = window.setTimeout(
      () => void app.mail.ensureRows({ account, folder }, from, to + page / 3),
      far ? rest : 0,
    )
    return () => window.clearTimeout(timer)
  }, [app, account, folder, listing, from, to])
}

const useRowHandlers = (place: Place) => {
  const app = useApp()
  const { account, folder } = place
  const onClick = useCallback(
    (event: MouseEvent, row: MessageSummary) => {
      if (event.button !== 0) return
      if (event.shiftKey) selectTo(app, row.id)
      else if (event.metaKey || event.ctrlKey) {
        if (event.target instanceof HTMLAnchorElement) return
        toggle(app, row.id)
      } else app.go({ account, folder, message: row.id })
      event.preventDefault()
    },
    [app, account, folder],
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
      void mark(app, { account, folder, ids: [row.id] }, 'flagged', on, on ? star : unstar)
    },
    [app, account, folder],
  )
  const onDragStart = useCallback(
    (event: DragEvent, row: MessageSummary) => startDrag(event, app, { account, folder, ids: [row.id] }),
    [app, account, folder],
  )
  return { onClick, onTick, onStar, onDragStart }
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

/** One list over the whole mailbox. The keyboard stays on the grid and points at rows. */
export function MessageGrid({ place, listing }: { place: Place; listing: Listing }) {
  const app = useApp()
  const words = useWords()
  const clock = useClock()
  const { density } = usePreferences()
  const cursor = useUi((ui) => ui.cursor)
  const selected = useUi((ui) => ui.selected)
  const { geometry, headings } = useMemo(
    () => shapeOf({ listing, density, clock, words: words.list }),
    [listing, density, clock, words],
  )
  const { scroller, range, reveal } = useWindow({ name: folderKey(place), shape: geometry, listing })
  useLoading(place, listing, range)
  const handlers = useRowHandlers(place)
  const { hovered, ...hovering } = useHovered()
  const onKeyDown = useGridKeys()

  const known = useRef(listing)
  useEffect(() => {
    known.current = listing
  }, [listing])
  useEffect(() => {
    if (cursor) reveal(known.current.order.indexOf(cursor))
  }, [cursor, reveal])

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
      className="ring-inside relative min-h-0 grow overflow-y-auto overscroll-contain [overflow-anchor:none]"
    >
      <div role="presentation" style={{ height: offsetOf(geometry, listing.order.length) }}>
        <div role="presentation" style={{ transform: `translateY(${offsetOf(geometry, range.from)}px)` }}>
          {shown.map((id, at) => {
            const index = range.from + at
            const row = id === undefined ? undefined : listing.rows.get(id)
            const heading = headings.get(index)
            return (
              <div key={id ?? `hole-${index}`} role="presentation">
                {heading && (
                  <div
                    aria-hidden="true"
                    style={{ height: headingHeight }}
                    className="px-4 pt-3 text-[11.5px] leading-[17px] font-medium text-ink-3"
                  >
                    {heading}
                  </div>
                )}
                {row ? (
                  <MessageRow
                    {...handlers}
                    row={row}
                    index={index}
                    href={pathOfPlace({ ...place, message: row.id })}
                    density={density}
                    clock={clock}
                    me={app.person.address.toLowerCase()}
                    shows={place.folder === 'sent' || place.folder === 'drafts' ? 'recipients' : 'senders'}
                    state={selected.has(row.id) ? 'selected' : place.message === row.id ? 'open' : 'plain'}
                    cursor={cursor === row.id ? 'here' : 'elsewhere'}
                    actions={hovered === row.id ? <RowActions row={row} place={place} /> : null}
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

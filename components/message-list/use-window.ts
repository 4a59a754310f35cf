'use client'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Listing } from '@/lib/client/cache/listing'
import type { MessageId } from '@/lib/model/message-id'
import { indexAt, offsetOf } from './geometry'
import type { Geometry } from './geometry'

export interface Range {
  from: number
  to: number
}

/** Rows drawn beyond each edge, so that a flick of the wheel finds them there. */
const overscan = 6
/** What the server draws, before anybody knows how tall the window is. */
const firstRange: Range = { from: 0, to: 24 }

const rangeOf = (shape: Geometry, top: number, height: number): Range => ({
  from: Math.max(0, indexAt(shape, top) - overscan),
  to: Math.min(shape.count, indexAt(shape, top + height) + 1 + overscan),
})

/** Where each folder was left, so that coming back finds the same rows. */
const leftAt = new Map<string, number>()

interface Anchor {
  id: MessageId | undefined
  index: number
  within: number
}

const anchorOf = (shape: Geometry, listing: Listing, top: number): Anchor => {
  const index = indexAt(shape, top)
  return { id: listing.order[index], index, within: top - offsetOf(shape, index) }
}

const anchoredTop = (shape: Geometry, listing: Listing, anchor: Anchor): number => {
  const same = anchor.id === undefined || listing.order[anchor.index] === anchor.id
  const found = same ? anchor.index : listing.order.indexOf(anchor.id)
  return offsetOf(shape, found === -1 ? anchor.index : found) + anchor.within
}

export interface WindowInput {
  /** Names the list, to remember where it was left. */
  name: string
  shape: Geometry
  listing: Listing
}

/**
 * The rows to draw. When rows above change (new mail, headings that become known), what is being looked at stays
 * where it is, except at the very top, where new mail is let in.
 */
export const useWindow = ({ name, shape, listing }: WindowInput) => {
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<Range>(firstRange)
  const before = useRef({ shape, listing })
  // What was last measured: to ask the list itself once more is to lay out the page.
  const view = useRef({ top: 0, height: 0 })

  const measure = useCallback(() => {
    const element = scroller.current
    if (!element) return
    view.current = { top: element.scrollTop, height: element.clientHeight }
    const { top, height } = view.current
    leftAt.set(name, top)
    const next = rangeOf(before.current.shape, top, height)
    setRange((now) => (now.from === next.from && now.to === next.to ? now : next))
  }, [name])

  useLayoutEffect(() => {
    const element = scroller.current
    if (element) element.scrollTo(0, leftAt.get(name) ?? 0)
  }, [name])

  useLayoutEffect(() => {
    const element = scroller.current
    const old = before.current
    before.current = { shape, listing }
    if (
      element &&
      old.shape !== shape &&
      element.scrollTop > 0 &&
      old.listing.uidvalidity === listing.uidvalidity
    ) {
      const top = anchoredTop(shape, listing, anchorOf(old.shape, old.listing, element.scrollTop))
      if (Math.abs(top - element.scrollTop) >= 1) element.scrollTo(0, top)
    }
    measure()
  }, [shape, listing, measure])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const sized = new ResizeObserver(measure)
    sized.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      sized.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [measure])

  /** Brings a row into view, with as little movement as it takes. */
  const reveal = useCallback((index: number) => {
    const element = scroller.current
    if (!element || index < 0) return
    const top = offsetOf(before.current.shape, index)
    const bottom = offsetOf(before.current.shape, index + 1)
    const { top: from, height } = view.current
    const to = top < from ? top : bottom > from + height ? bottom - height : from
    if (to === from) return
    element.scrollTo(0, to)
    view.current = { top: to, height }
  }, [])
  return { scroller, range, reveal }
}

import type { Clock } from '@/lib/client/clock'
import { dayGroup, dayHeading } from '@/lib/client/dates'
import type { DayWords } from '@/lib/client/dates'
import type { Listing } from '@/lib/client/cache/listing'
import type { MessageSummary } from '@/lib/model/message'
import { chipsHeight, geometry, headingHeight, rowHeights } from './geometry'
import type { Density, Extra, Geometry } from './geometry'

export interface Shape {
  geometry: Geometry
  /** The heading above a row, by index. */
  headings: ReadonlyMap<number, string>
}

export const hasChips = (row: MessageSummary, density: Density): boolean =>
  density === 'comfortable' && row.attachments.length > 0

/** Groups are asked for again on every change of the list, and only change with the day. */
const groups = new WeakMap<MessageSummary, { key: string; group: string }>()
const groupOf = (row: MessageSummary, clock: Clock, key: string): string => {
  const known = groups.get(row)
  if (known?.key === key) return known.group
  const group = dayGroup(row.date, clock)
  groups.set(row, { key, group })
  return group
}

export interface ShapeInput {
  listing: Listing
  density: Density
  clock: Clock
  words: DayWords
  /** Days mean something only where the list is in order of time. */
  headings: 'days' | 'none'
}

/** What the loaded rows add to the plain list: headings where a new day begins, chips where there are files. */
export const shapeOf = ({ listing, density, clock, words, headings: wanted }: ShapeInput): Shape => {
  const { order, rows } = listing
  const key = `${clock.zone} ${clock.now}`
  const headings = new Map<number, string>()
  const extras: Extra[] = []
  let above: MessageSummary | undefined
  for (let index = 0; index < order.length; index++) {
    const id = order[index]
    const row = id === undefined ? undefined : rows.get(id)
    if (!row) {
      above = undefined
      continue
    }
    const begins =
      index === 0 || (above !== undefined && groupOf(above, clock, key) !== groupOf(row, clock, key))
    const heading = begins && wanted === 'days' ? dayHeading(row.date, clock, words) : ''
    if (heading) headings.set(index, heading)
    const height = (heading ? headingHeight : 0) + (hasChips(row, density) ? chipsHeight : 0)
    if (height > 0) extras.push({ index, height })
    above = row
  }
  return { geometry: geometry(order.length, rowHeights[density], extras), headings }
}

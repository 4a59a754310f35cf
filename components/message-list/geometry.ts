import type { Preferences } from '@/lib/model/preferences'

// Where each row of the list stands. Rows have one height per density; a few carry something more (a day heading
// above, a line of attachments below). Offsets are exact without measuring anything, for a hundred thousand rows
// as for ten, and memory goes with the rows that carry more, never with the mailbox.
// Invariant: `places` is ascending and `sums[n]` is the sum of the extras of places[0…n].
export interface Geometry {
  count: number
  row: number
  places: readonly number[]
  sums: readonly number[]
}

export type Density = Preferences['density']

export const rowHeights: Record<Density, number> = { comfortable: 80, cosy: 60, compact: 38 }
export const headingHeight = 34
export const chipsHeight = 30

export interface Extra {
  index: number
  height: number
}

export const geometry = (count: number, row: number, extras: readonly Extra[]): Geometry => {
  let sum = 0
  return {
    count,
    row,
    places: extras.map(({ index }) => index),
    sums: extras.map(({ height }) => (sum += height)),
  }
}

/** How many of the ascending numbers are below `limit`. */
const countBelow = (numbers: readonly number[], limit: number): number => {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? Infinity) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** The distance of a row's top from the top of the list. `index` may be the count: the height of everything. */
export const offsetOf = ({ row, places, sums }: Geometry, index: number): number =>
  index * row + (sums[countBelow(places, index) - 1] ?? 0)

/** The row that covers a distance from the top. */
export const indexAt = (shape: Geometry, offset: number): number => {
  let low = 0
  let high = Math.max(0, shape.count - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (offsetOf(shape, middle) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

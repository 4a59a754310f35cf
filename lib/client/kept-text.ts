// A long text that is kept again and again, each time a little different: it is written out once, and after that only
// where it differs. So a history of 200 KB below a few lines of one's own costs a pause what those lines cost.
// Invariant: `whole(base, cutFrom(base, text))` is `text`, whatever both are.

/** Between `from` and `to` of the base stands `middle` by now; all else is as it was. */
export interface Cut {
  from: number
  to: number
  middle: string
}

export const whole = (base: string, { from, to, middle }: Cut): string =>
  base.slice(0, from) + middle + base.slice(to)

export const cutFrom = (base: string, text: string): Cut => {
  const shorter = Math.min(base.length, text.length)
  const from = longest(shorter, (low, high) => base.slice(low, high) === text.slice(low, high))
  const isSameEnd = (low: number, high: number) =>
    base.slice(base.length - high, base.length - low) === text.slice(text.length - high, text.length - low)
  const tail = longest(shorter - from, isSameEnd)
  return { from, to: base.length - tail, middle: text.slice(from, text.length - tail) }
}

/** Up to where two are the same, looked at by halves: a comparison of halves is the browser's, letter by letter ours. */
function longest(most: number, isSame: (low: number, high: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isSame(low, middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** Below this a text is written out each time. */
export const longText = 16_000

/** When too little of a base is used, the text as it is now is a better one. */
export const isWornOut = (base: string, { from, to, middle }: Cut): boolean =>
  middle.length > longText || base.length > 2 * (from + middle.length + base.length - to)

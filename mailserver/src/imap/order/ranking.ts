// Puts numbers in order by numbers, without comparing: each message becomes one number that holds its rank and its place.
type Breathe = () => Promise<void>

const exact = Number.MAX_SAFE_INTEGER
const perRun = 20_000

const merged = (one: Float64Array, other: Float64Array): Float64Array => {
  const all = new Float64Array(one.length + other.length)
  let [a, b] = [0, 0]
  for (let at = 0; at < all.length; at += 1) {
    const takeOne = b >= other.length || (a < one.length && (one[a] as number) <= (other[b] as number))
    all[at] = (takeOne ? one[a++] : other[b++]) as number
  }
  return all
}

/** In runs, so that others have their turn while a very large mailbox is sorted. */
const inOrder = async (values: Float64Array, breathe: Breathe): Promise<Float64Array> => {
  let runs: Float64Array[] = []
  for (let at = 0; at < values.length; at += perRun) {
    runs.push(values.slice(at, at + perRun).sort())
    await breathe()
  }
  while (runs.length > 1) {
    const next: Float64Array[] = []
    for (let at = 0; at < runs.length; at += 2) {
      next.push(
        at + 1 < runs.length
          ? merged(runs[at] as Float64Array, runs[at + 1] as Float64Array)
          : (runs[at] as Float64Array),
      )
      await breathe()
    }
    runs = next
  }
  return runs[0] ?? values
}

interface Ranks {
  values: Float64Array
  /** All values are whole, at least 0 and below it. */
  span: number
}

/** The same order in numbers as small as can be. */
const dense = async (values: Float64Array, breathe: Breathe): Promise<Ranks> => {
  const sorted = await inOrder(values, breathe)
  const ranks = new Map<number, number>()
  for (const value of sorted) if (!ranks.has(value)) ranks.set(value, ranks.size)
  return { values: values.map((value) => ranks.get(value) as number), span: ranks.size }
}

const shifted = async (values: Float64Array, most: number, breathe: Breathe): Promise<Ranks> => {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const span = high - low + 1
  return span <= most ? { values: values.map((value) => value - low), span } : dense(values, breathe)
}

export interface By {
  /** Whole numbers. */
  values: Float64Array
  direction: 'up' | 'down'
}

const turned = ({ values, span }: Ranks, direction: By['direction']): Ranks =>
  direction === 'up' ? { values, span } : { values: values.map((value) => span - 1 - value), span }

/** Indexes in the order of the first of `keys`, equal ones of the next, at last as they are. */
export const orderBy = async (
  count: number,
  keys: readonly By[],
  breathe: Breathe,
): Promise<Float64Array> => {
  let all: Ranks = { values: new Float64Array(count), span: 1 }
  for (const { values, direction } of keys) {
    const next = turned(await shifted(values, Math.floor(exact / count / 2), breathe), direction)
    if (all.span * next.span * count > exact) all = await dense(all.values, breathe)
    const small = all.span * next.span * count > exact ? await dense(next.values, breathe) : next
    const ranks = all.values
    all = {
      values: small.values.map((value, at) => (ranks[at] as number) * small.span + value),
      span: all.span * small.span,
    }
  }
  const sorted = await inOrder(
    all.values.map((rank, at) => rank * count + at),
    breathe,
  )
  return sorted.map((value) => value % count)
}

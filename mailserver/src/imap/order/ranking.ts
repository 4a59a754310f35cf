// Puts numbers in order by numbers, without comparing: digit by digit, the last first, each pass keeping the order of the
// one before (radix sort), so that 100,000 messages take a few walks over them.
type Breathe = () => Promise<void>

export interface By {
  /** Whole numbers. */
  values: Float64Array
  direction: 'up' | 'down'
}

const word = 2 ** 32
/** Few messages do not pay for many buckets. */
const few = 4_000

interface Sorting {
  /** Indexes, in the order so far. */
  order: Uint32Array
  spare: Uint32Array
}

/** One digit of `keys`, which go by index. */
const pass = (
  { order, spare }: Sorting,
  keys: Uint32Array,
  digit: { shift: number; bits: number },
): Sorting => {
  const { shift, bits } = digit
  const mask = 2 ** bits - 1
  const starts = new Uint32Array(mask + 2)
  for (let at = 0; at < order.length; at += 1) {
    const bucket = ((keys[order[at] as number] as number) >>> shift) & mask
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1
  }
  for (let bucket = 1; bucket <= mask; bucket += 1)
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number)
  for (let at = 0; at < order.length; at += 1) {
    const index = order[at] as number
    const bucket = ((keys[index] as number) >>> shift) & mask
    const place = starts[bucket] as number
    starts[bucket] = place + 1
    spare[place] = index
  }
  return { order: spare, spare: order }
}

const byKeys = async (
  sorting: Sorting,
  { keys, most }: { keys: Uint32Array; most: number },
  breathe: Breathe,
): Promise<Sorting> => {
  const bits = keys.length < few ? 8 : 11
  let sorted = sorting
  for (let shift = 0; shift < 32 && most >= 2 ** shift; shift += bits) {
    sorted = pass(sorted, keys, { shift, bits })
    await breathe()
  }
  return sorted
}

const boundsOf = (values: Float64Array): { low: number; high: number } => {
  let low = Infinity
  let high = -Infinity
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, high }
}

/** As distances from the first of the order: their last 32 bits, or those above. */
const distances = (
  { values, direction }: By,
  low: number,
  high: number,
  which: 'last' | 'above',
): Uint32Array => {
  const keys = new Uint32Array(values.length)
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number
    const distance = direction === 'up' ? value - low : high - value
    // What is stored in 32 bits is taken modulo 2^32.
    keys[at] = which === 'last' ? distance : distance / word
  }
  return keys
}

/** Indexes in the order of the first of `keys`, equal ones of the next, at last as they are. */
export const orderBy = async (count: number, keys: readonly By[], breathe: Breathe): Promise<Uint32Array> => {
  const order = new Uint32Array(count)
  for (let at = 0; at < count; at += 1) order[at] = at
  let sorting: Sorting = { order, spare: new Uint32Array(count) }
  for (const by of keys.toReversed()) {
    const { low, high } = boundsOf(by.values)
    const most = high - low
    sorting = await byKeys(sorting, { keys: distances(by, low, high, 'last'), most }, breathe)
    if (most < word) continue
    const above = { keys: distances(by, low, high, 'above'), most: most / word }
    sorting = await byKeys(sorting, above, breathe)
  }
  return sorting.order
}

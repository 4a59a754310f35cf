// What `npm test` takes of a long suite, and which of two places a thing is tried at: decided by a seed, the same in every
// process that is given it (DESIGN.md section 6).
import { createHash } from 'node:crypto'

export interface Lots {
  seed: string | number
}

const lotOf = (name: string, { seed }: Lots): string =>
  createHash('sha256').update(`${seed} ${name}`).digest('hex')

const inOrderOfLots = <T>(things: readonly T[], nameOf: (thing: T) => string, lots: Lots): T[] =>
  things
    .map((thing) => ({ thing, lot: lotOf(nameOf(thing), lots) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ thing }) => thing)

/** So many of them, as they stood. */
export const drawn = <T extends string>(
  things: readonly T[],
  { count, ...lots }: Lots & { count: number },
) => {
  const chosen = new Set(inOrderOfLots(things, String, lots).slice(0, count))
  return things.filter((thing) => chosen.has(thing))
}

/** Each to one of so many hands, as they stood; neighbours never to the same, so that equals next to each other weigh the same. */
export const dealt = <T>(
  things: readonly T[],
  { hands, nameOf, ...lots }: Lots & { hands: number; nameOf: (thing: T) => string },
): T[][] => {
  const full = Array.from({ length: hands }, (): T[] => [])
  for (let from = 0; from < things.length; from += hands) {
    const group = things.slice(from, from + hands)
    const names = group.map(nameOf).join(' ')
    const order = inOrderOfLots([...full.keys()], (hand) => `${hand} ${names}`, lots)
    group.forEach((thing, at) => full[order[at] ?? 0]?.push(thing))
  }
  return full
}

// How long to wait before a part that ended is started again. A part that ran long enough to be called
// healthy begins anew at the shortest wait.
const SHORTEST_MS = 500
const LONGEST_MS = 30_000
const HEALTHY_MS = 60_000

export interface Backoff {
  /** The wait after a run that lasted this long. */
  next(ranFor: number): number
}

export const createBackoff = (): Backoff => {
  let wait = SHORTEST_MS
  return {
    next: (ranFor) => {
      if (ranFor >= HEALTHY_MS) wait = SHORTEST_MS
      const now = wait
      wait = Math.min(wait * 2, LONGEST_MS)
      return now
    },
  }
}

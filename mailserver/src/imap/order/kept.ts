// What SORT and THREAD lately needed to know, of mailboxes and of all contents of a user: extended by what arrived
// since, kept beside the database for the next start, bounded by what it costs; the longest unused goes first.
import type { Session } from '../session'

/** What is known of everything up to some number, ascending. */
export interface Grown {
  readonly cost: number
  readonly count: number
  readonly last: number
}

const mostCost = 48 * 1024 * 1024
const kept = new Map<string, { grown: Promise<Grown>; cost: number }>()

const bound = (): void => {
  let cost = 0
  for (const each of kept.values()) cost += each.cost
  for (const [key, each] of kept) {
    if (cost <= mostCost || kept.size === 1) return
    kept.delete(key)
    cost -= each.cost
  }
}

export interface Making<Kind extends Grown> {
  /** Unique in this process. */
  key: string
  make: () => Promise<Kind>
  /** More than twice as much as this is mostly about messages that are gone. */
  alive: () => number
  extend: (grown: Kind) => Promise<void>
}

/** With everything in it that is there now. One after the other: two sessions may ask for the same at once. */
export const keep = async <Kind extends Grown>({ key, make, alive, extend }: Making<Kind>): Promise<Kind> => {
  const before = kept.get(key)
  const work = async (): Promise<Kind> => {
    const known = (await before?.grown.catch(() => undefined)) as Kind | undefined
    const isStale = known !== undefined && known.count > 2 * alive() + 1_000
    const grown = known && !isStale ? known : await make()
    await extend(grown)
    return grown
  }
  const entry = { grown: work() as Promise<Grown>, cost: before?.cost ?? 0 }
  kept.delete(key)
  kept.set(key, entry)
  try {
    const grown = (await entry.grown) as Kind
    entry.cost = grown.cost
    bound()
    return grown
  } catch (error) {
    if (kept.get(key) === entry) kept.delete(key)
    throw error
  }
}

export const isKept = (key: string): boolean => kept.has(key)

const saveAfter = 2_000
const worthSaving = 100
const saving = new Map<string, { count: number; timer: NodeJS.Timeout | null }>()

/** Written soon when much is new, not at once: a reader that goes on sorting must not wait for it. */
export const saveSoon = (
  session: Session,
  { key, name, count, pack }: { key: string; name: string; count: number; pack: () => Buffer },
): void => {
  const state = saving.get(key) ?? { count: 0, timer: null }
  saving.set(key, state)
  if (state.timer || count < state.count + Math.max(worthSaving, state.count / 20)) return
  const { aside } = session.mail
  const { log } = session.around
  state.timer = setTimeout(() => {
    state.timer = null
    state.count = count
    // Not in the middle of an extension, whose parts are of different lengths.
    Promise.resolve(kept.get(key)?.grown)
      .then(() => aside.write(name, pack()))
      .catch((error: unknown) => log.warn('order-not-kept', { name, reason: String(error) }))
  }, saveAfter)
  state.timer.unref()
}

/** What was read from the file counts as saved. */
export const wasSaved = (key: string, count: number): void => void saving.set(key, { count, timer: null })

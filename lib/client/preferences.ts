import type { Preferences } from '@/lib/model/preferences'
import { changeFrom, type PreferencesChange } from '@/lib/model/preferences-change'
import type { Signal } from './signal'

// Invariant: a page saves the change alone. What it knows of the rest may be older than what another page chose.

type Change = Partial<Preferences>

interface Keeper {
  send: (change: PreferencesChange) => Promise<unknown>
  /** The server has it. */
  saved: (change: PreferencesChange) => void
}

/** What is still as this change left it goes back; what was chosen since stays. */
const takenBack = (now: Preferences, before: Preferences, change: Change): Preferences => {
  const keys = (Object.keys(change) as (keyof Preferences)[]).filter((key) => now[key] === change[key])
  return { ...now, ...Object.fromEntries(keys.map((key) => [key, before[key]])) }
}

/** Shown at once and sent one after the other; taken back when it is refused, and the reason thrown. */
export const preferenceSaver = (wishes: Signal<Preferences>, { send, saved }: Keeper) => {
  let last: Promise<unknown> = Promise.resolve()
  return async (change: Change): Promise<void> => {
    const before = wishes.get()
    const told = changeFrom(before, change)
    wishes.set({ ...before, ...change })
    const sent = last.then(() => send(told))
    last = sent.catch(() => undefined)
    try {
      await sent
    } catch (problem) {
      wishes.set((now) => takenBack(now, before, change))
      throw problem
    }
    saved(told)
  }
}

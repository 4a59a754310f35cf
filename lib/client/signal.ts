import { useState, useSyncExternalStore } from 'react'

/** A value that can be watched: the smallest store React needs. */
export interface Signal<T> {
  get: () => T
  set: (next: T | ((now: T) => T)) => void
  /** Changes it at once; who watches hears of it when what this gives is called. */
  change: (next: (now: T) => T) => () => void
  subscribe: (listener: () => void) => () => void
}

export const signal = <T>(initial: T): Signal<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const become = (next: T): (() => void) => {
    if (Object.is(next, value)) return () => undefined
    value = next
    return tell
  }
  return {
    get: () => value,
    set: (next) => become(typeof next === 'function' ? (next as (now: T) => T)(value) : next)(),
    change: (next) => become(next(value)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Readable<T> = Pick<Signal<T>, 'get' | 'subscribe'>

/** Redraws when the selected part changes. `select` must answer the same value for the same state. */
export const useSignal = <T, S>(source: Readable<T>, select: (value: T) => S): S => {
  const read = () => select(source.get())
  return useSyncExternalStore(source.subscribe, read, read)
}

/** Exported for its test: the same object for as long as none of these parts changes. */
export const partsOf = <T extends object, K extends keyof T>(names: readonly K[]) => {
  let known: Pick<T, K> | null = null
  return (value: T): Pick<T, K> => {
    const same = known
    if (same && names.every((name) => Object.is(same[name], value[name]))) return same
    return (known = Object.fromEntries(names.map((name) => [name, value[name]])) as Pick<T, K>)
  }
}

/** Several parts at once, the same ones at each drawing: redraws when one of them changes. */
export const useParts = <T extends object, K extends keyof T>(
  source: Readable<T>,
  names: readonly K[],
): Pick<T, K> => {
  const [select] = useState(() => partsOf<T, K>(names))
  return useSignal(source, select)
}

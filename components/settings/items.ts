import { tellProblem } from '@/lib/client/actions'
import type { App } from '@/lib/client/app'

// Lists of a few things that are written as a whole. What is done to one thing is done to the list as it is
// then: between a click and its undo other things may have changed.

interface Item {
  id: string
}

const without = <T extends Item>(list: readonly T[], { id }: Item): T[] =>
  list.filter((other) => other.id !== id)

/** In the place of its earlier self, else at the end. */
export const withItem = <T extends Item>(list: readonly T[], one: T): T[] =>
  list.some(({ id }) => id === one.id)
    ? list.map((other) => (other.id === one.id ? one : other))
    : [...list, one]

/** Where it was, as far as there is such a place. */
export const withItemAt = <T extends Item>(list: readonly T[], one: T, index: number): T[] =>
  without(list, one).toSpliced(index, 0, one)

interface Keeping<T> {
  app: App
  /** What failed, when it does. */
  what: string
  list: () => readonly T[]
  save: (list: T[]) => Promise<void>
}

export type Kept = 'kept' | 'failed'

export function itemActs<T extends Item>({ app, what, list, save }: Keeping<T>) {
  const keep = async (next: T[]): Promise<Kept> => {
    try {
      await save(next)
      return 'kept'
    } catch (problem) {
      tellProblem(app, what, problem)
      return 'failed'
    }
  }
  const remove = async (one: T, text: string): Promise<void> => {
    const index = list().findIndex(({ id }) => id === one.id)
    if ((await keep(without(list(), one))) === 'failed') return
    const undo = async () => void (await keep(withItemAt(list(), one, index)))
    app.notify({ tone: 'plain', text, undo: app.undo.push({ text, undo }) })
  }
  return {
    put: (one: T) => keep(withItem(list(), one)),
    first: (one: T) => keep(withItemAt(list(), one, 0)),
    remove,
  }
}

import { signal } from './signal'

/** Something done that can be taken back: shown in a toast, and reached by `z`. */
export interface Undoable {
  id: number
  text: string
  undo: () => Promise<void>
}

const kept = 30
let counter = 0

/** The actions that can still be undone, newest last. */
export const createUndo = () => {
  const stack = signal<readonly Undoable[]>([])
  const take = (id: number): Undoable | undefined => {
    const found = stack.get().find((one) => one.id === id)
    if (found) stack.set((now) => now.filter((one) => one !== found))
    return found
  }
  return {
    stack,
    push: (one: Omit<Undoable, 'id'>): number => {
      const id = ++counter
      stack.set((now) => [...now, { ...one, id }].slice(-kept))
      return id
    },
    /** Undoes one action, the newest by default; each at most once. */
    run: async (id?: number): Promise<'undone' | 'nothing'> => {
      const chosen = take(id ?? stack.get().at(-1)?.id ?? -1)
      if (!chosen) return 'nothing'
      await chosen.undo()
      return 'undone'
    },
    forget: (id: number): void => void take(id),
  }
}
export type Undo = ReturnType<typeof createUndo>

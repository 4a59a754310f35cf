// Requests about the same things, one after another; those about other things do not wait.

const underway = new Map<string, Promise<unknown>>()

/** Begins once nothing about any of these is under way any more, however that ended. */
export const inTurn = async <T>(keys: readonly string[], ask: () => Promise<T>): Promise<T> => {
  const before = new Set(keys.flatMap((key) => underway.get(key) ?? []))
  // At once where nothing is waited for: a page that is being left sends no later.
  const asked = before.size === 0 ? ask() : Promise.allSettled(before).then(ask)
  for (const key of keys) underway.set(key, asked)
  try {
    return await asked
  } finally {
    for (const key of keys) if (underway.get(key) === asked) underway.delete(key)
  }
}

/**
 * A table that is asked by words of others: `constructor` and `__proto__` are no entries of it, as they would be of
 * an object as written (ECMA-262 section 20.1.3).
 */
export const askedTable = <T>(entries: Record<string, T>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, T>, entries))

import type { MessageWindow } from './message'

// A window in words that are the same for the same window, in whichever order its fields came: browser and server each
// make a name of them, so that what has not changed need not be sent again.

/** Objects become lists of their fields by name; what is not there is not told. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value).filter(([, held]) => held !== undefined)
  return fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, ordered(held)])
}

export const wordsOfWindow = (window: MessageWindow): string => JSON.stringify(ordered(window))

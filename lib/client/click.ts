import type { MouseEvent } from 'react'

/** Plain clicks stay within the page; with a modifier the link is the browser's. */
export const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)

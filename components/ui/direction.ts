/** Which way the page reads; for what asks it in the browser, as keys and menus do. On the server it is not known. */
export const pageDirection = (): 'ltr' | 'rtl' =>
  typeof document !== 'undefined' && document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'

/** One step on in reading order, one back, or none of both. */
export const arrowStep = (key: string): -1 | 0 | 1 => {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return 0
  return (key === 'ArrowRight') === (pageDirection() === 'ltr') ? 1 : -1
}

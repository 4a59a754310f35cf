/** Runs something that is wanted soon and not now, once nothing else is going on; gives what calls it off. */
export function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, 1500)
    return () => clearTimeout(timer)
  }
  const handle = window.requestIdleCallback(run, { timeout: 4000 })
  return () => window.cancelIdleCallback(handle)
}

const signs = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown'] as const
const waiting = new Set<() => void>()
let used: 'not yet' | 'yes' = 'not yet'

const heard = () => {
  used = 'yes'
  for (const sign of signs) window.removeEventListener(sign, heard, true)
  for (const run of [...waiting]) run()
}

/**
 * The same, but not before somebody is there: a page that was only opened, in a tab behind others perhaps, fetches
 * nothing for what may be done with it.
 */
export function whenUsed(run: () => void): () => void {
  if (used === 'yes') return whenIdle(run)
  let stop = (): void => void waiting.delete(begin)
  const begin = () => {
    waiting.delete(begin)
    stop = whenIdle(run)
  }
  waiting.add(begin)
  for (const sign of signs) window.addEventListener(sign, heard, { capture: true, passive: true })
  return () => stop()
}

/** Runs something that is wanted soon and not now, once nothing else is going on; gives what calls it off. */
export function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, 1500)
    return () => clearTimeout(timer)
  }
  const handle = window.requestIdleCallback(run, { timeout: 4000 })
  return () => window.cancelIdleCallback(handle)
}

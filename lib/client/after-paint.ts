/** A frame that does not come, in a tab that nobody looks at, is waited for this long. */
const longest = 200

/** Runs something once what was just drawn is on the screen; gives what calls it off. */
export function afterPaint(run: () => void): () => void {
  let task = 0
  // A frame is painted after its callbacks: the task behind them is the first that keeps nobody waiting.
  const frame = requestAnimationFrame(() => {
    clearTimeout(late)
    task = window.setTimeout(run)
  })
  const late = window.setTimeout(() => {
    cancelAnimationFrame(frame)
    run()
  }, longest)
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(late)
    clearTimeout(task)
  }
}

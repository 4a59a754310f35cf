// One line per long step: on a terminal it counts the seconds, in a log it says when it began and how long it took.
const FRAME_MS = 200

export const withProgress = async (title, run) => {
  const started = Date.now()
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`
  const live = process.stdout.isTTY
  const draw = () => process.stdout.write(`\r\x1b[K${title} … ${seconds()}`)
  if (!live) console.log(`${title} …`)
  const timer = live ? setInterval(draw, FRAME_MS) : null
  try {
    return await run()
  } finally {
    if (timer) clearInterval(timer)
    if (live) process.stdout.write('\r\x1b[K')
    console.log(`${title}: ${seconds()}`)
  }
}

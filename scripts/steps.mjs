// Steps of a check or a test: programs whose output is shown when they fail, two at a time for two cores.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** The dots of a suite that goes on tell nothing once it has ended, and hide what failed. */
const withoutDots = (output) => output.replace(/[·.x*°×±TF-]{20,}\n?/g, '\n').replace(/\n{3,}/g, '\n\n')

const lastLines = (text, count) => text.split('\n').slice(-count).join('\n')

/**
 * What a failed step has to say: first what its report knows of each failure, then the end of what it printed; whole where
 * there is no report.
 */
const tellFailure = (output, read) => {
  const failures = read?.()?.failures ?? []
  for (const failure of failures) console.log(`     failed: ${failure}`)
  const plain = withoutDots(output)
  console.log(read ? lastLines(plain, failures.length > 0 ? 60 : 300) : plain)
}

/**
 * A step is { name, command: [program, ...args], cwd?, env?, read? }, where `read` gives what its own report says; the
 * result adds `ok` and `output`.
 */
export const runStep = ({ name, command: [program, ...args], cwd = root, env = {}, read }) =>
  new Promise((done) => {
    const started = Date.now()
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Without colours: what a failed step printed is read in logs, where their codes drown the words.
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    const finish = (ok) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      if (!ok) tellFailure(output, read)
      done({ name, ok, output })
    }
    child.once('error', (error) => {
      output += error.message
      finish(false)
    })
    child.once('close', (code) => finish(code === 0))
  })

export const runSteps = async (steps, workers = 2) => {
  const waiting = [...steps]
  const results = []
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await runStep(step))
  }
  await Promise.all(Array.from({ length: workers }, work))
  return results
}

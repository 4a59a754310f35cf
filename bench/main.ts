// `npm run bench -- web [--quick]`: medians side by side on the screen, every number in bench/results.
import { mkdirSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { benchWeb, type Measured } from './web/run'

// What else the machine does falls on all alike, but slows all: the ratio counts, and the load is told.
const loadBefore = loadavg()[0]?.toFixed(1)
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
const results = fileURLToPath(new URL('results', import.meta.url))

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

const show = (measured: Record<string, Measured>) => {
  const names = Object.keys(measured)
  const walks = Object.keys(measured[names[0] ?? ''] ?? {})
  console.log(['', ...names].map((cell) => cell.padEnd(18)).join(''))
  for (const walk of walks) {
    const cells = names.map((name) => `${median(measured[name]?.[walk] ?? []).toFixed(0)} ms`)
    console.log([walk, ...cells].map((cell) => cell.padEnd(18)).join(''))
  }
}

const save = (suite: string, settings: object, measured: Record<string, Measured>) => {
  const medians = Object.fromEntries(
    Object.entries(measured).map(([name, walks]) => [
      name,
      Object.fromEntries(Object.entries(walks).map(([walk, values]) => [walk, Math.round(median(values))])),
    ]),
  )
  mkdirSync(results, { recursive: true })
  const file = join(results, `${suite}.json`)
  const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? '', load: loadBefore }
  const report = { commit, date: new Date().toISOString(), machine, settings, medians, measured }
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  console.log(`\n${file}`)
}

const [suite, ...flags] = process.argv.slice(2)
if (suite !== 'web') {
  console.error('Usage: npm run bench -- web [--quick]')
  process.exit(64)
}
const quick = flags.includes('--quick')
const settings = quick ? { messages: 1000, rounds: 7 } : { messages: 10_000, rounds: 25 }
const measured = await benchWeb(settings)
show(measured)
save(quick ? 'web-quick' : 'web', settings, measured)

// What a run says on the screen and keeps in bench/results.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Samples of each walk. */
export type Measured = Record<string, number[]>
/** Medians by server, by walk. */
export type Medians = Record<string, Record<string, number>>

// What else the machine does falls on all alike, but slows all: the ratio counts, and the load is told.
const loadBefore = loadavg()[0]?.toFixed(1)
const results = fileURLToPath(new URL('results', import.meta.url))

const short = (value: number) => Number(value.toPrecision(4))

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  return short(sorted[Math.floor(sorted.length / 2)] ?? NaN)
}

export const mediansOf = (measured: Record<string, Measured>): Medians =>
  Object.fromEntries(
    Object.entries(measured).map(([name, walks]) => [
      name,
      Object.fromEntries(Object.entries(walks).map(([walk, values]) => [walk, median(values)])),
    ]),
  )

/** The first column is ours; the ratio is ours by the second. */
export const show = (medians: Medians): void => {
  const names = Object.keys(medians)
  const line = (cells: string[]) => console.log(cells.map((cell, at) => cell.padEnd(at ? 12 : 36)).join(''))
  line(['', ...names, ...(names.length > 1 ? ['ratio'] : [])])
  for (const walk of Object.keys(medians[names[0] ?? ''] ?? {})) {
    const cells = names.map((name) => medians[name]?.[walk] ?? NaN)
    const [ours = NaN, theirs] = cells
    const ratio = theirs === undefined ? [] : [(ours / theirs).toFixed(3)]
    line([walk, ...cells.map(String), ...ratio])
  }
}

interface Report {
  suite: string
  settings: object
  measured: Record<string, Measured>
  verdict?: object
}

export const save = ({ suite, settings, measured, verdict }: Report): void => {
  mkdirSync(results, { recursive: true })
  const file = join(results, `${suite}.json`)
  const git = ['rev-parse', 'HEAD']
  const report = {
    date: new Date().toISOString(),
    commit: execFileSync('git', git, { cwd: results, encoding: 'utf8' }).trim(),
    machine: { cores: cpus().length, processor: cpus()[0]?.model ?? '', load: loadBefore },
    settings,
    medians: mediansOf(measured),
    ...(verdict ? { verdict } : {}),
    measured,
  }
  const text = JSON.stringify(
    report,
    (_, value: unknown) => (typeof value === 'number' ? short(value) : value),
    2,
  )
  writeFileSync(
    file,
    `${text.replace(/\[\s+([-\d.,\s]+?)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`)}\n`,
  )
  console.log(`\n${file}`)
}

// `npm run test:long -- SUITE`: the numbers an issue names. Each suite is scripts/long/SUITE.mjs, whose `run`
// gives what it counted; the result is kept in test-results/long with commit, seed and duration.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('long', import.meta.url))
const results = fileURLToPath(new URL('../test-results/long', import.meta.url))
const suites = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -'.mjs'.length))

const [suite, ...args] = process.argv.slice(2)
if (!suites.includes(suite)) {
  console.error(`Usage: npm run test:long -- SUITE, one of: ${suites.join(', ')}`)
  process.exit(64)
}
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
console.log(`${suite}, seed ${seed}`)
// Before it runs: what is committed meanwhile was not tested.
const commit = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
const { run } = await import(join(folder, `${suite}.mjs`))
const started = Date.now()
const counted = await run({ seed, args })
const seconds = Math.round((Date.now() - started) / 1000)
mkdirSync(results, { recursive: true })
const report = { suite, commit, date: new Date().toISOString(), seed, seconds, ...counted }
writeFileSync(join(results, `${suite}.json`), `${JSON.stringify(report, null, 2)}\n`)
console.log(`${counted.passed} passed, ${counted.failed} failed`)
process.exit(counted.failed === 0 ? 0 : 1)

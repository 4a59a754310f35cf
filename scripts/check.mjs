// `npm run check [-- name …]`: what must hold before each commit, in under a minute.
import { checks, quickTests, slowChecks } from './checks.mjs'
import { runSteps } from './steps.mjs'

const only = process.argv.slice(2)
const known = [...checks, ...quickTests, ...slowChecks]
const unknown = only.filter((asked) => !known.some(({ name }) => name === asked))
if (unknown.length > 0) {
  console.error(
    `No such check: ${unknown.join(', ')}. There are: ${known.map(({ name }) => name).join(', ')}`,
  )
  process.exit(64)
}
const wanted =
  only.length === 0 ? [...checks, ...quickTests] : known.filter(({ name }) => only.includes(name))
const results = await runSteps(wanted)
process.exit(results.every(({ ok }) => ok) ? 0 : 1)

// `npm run check [-- name …]`: what must hold before each commit, in under a minute.
import { checks, quickTests } from './checks.mjs'
import { runSteps } from './steps.mjs'

const only = process.argv.slice(2)
const wanted = [...checks, ...quickTests].filter(({ name }) => only.length === 0 || only.includes(name))
const results = await runSteps(wanted)
process.exit(results.every(({ ok }) => ok) ? 0 : 1)

// All hostile mail everywhere, where `npm test` draws lots: every fragment at each wall alone and, each as a message of its
// own, in the real page; every bomb in front of both servers.
import { build } from '../build.mjs'
import { inVitest } from '../in-vitest.mjs'

const tests = {
  walls: 'lib/server/html/walls.integration.test.ts',
  page: 'lib/server/html/page.integration.test.ts',
  bombs: 'lib/server/actions/bombs.integration.test.ts',
}

export const run = async ({ seed, args }) => {
  await build()
  const wishes = { POSTHORN_EXTENT: 'all', TEST_SEED: String(seed) }
  const asked = Object.entries(tests).filter(([name]) => args.length === 0 || args.includes(name))
  const results = asked.map(([name, test]) => {
    const { passed, failed, skipped } = inVitest(test, wishes)
    return { name, passed, failed, skipped }
  })
  const sum = (word) => results.reduce((total, result) => total + result[word], 0)
  return { results, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

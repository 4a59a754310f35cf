// 2,000 varied messages, each opened on both servers: see lib/server/actions/shown-body.integration.test.ts.
import { inVitest } from '../in-vitest.mjs'

const messages = 2000

export const run = ({ seed, args }) => {
  const asked = Number(args[0] ?? messages)
  const test = 'lib/server/actions/shown-body.integration.test.ts'
  const { status, stdout } = inVitest(test, {
    POSTHORN_SHOWN_MESSAGES: String(asked),
    TEST_SEED: String(seed),
  })
  const measured = [...stdout.matchAll(/^shown bodies on (\w+): ([\d.]+), ([\d.]+), ([\d.]+) ms$/gm)].map(
    ([, server, p50, p95, worst]) => ({ server, p50: Number(p50), p95: Number(p95), worst: Number(worst) }),
  )
  const held = status === 0 && measured.length > 0
  return {
    messages: asked,
    milliseconds: measured,
    passed: held ? asked * measured.length : 0,
    failed: held ? 0 : 1,
  }
}

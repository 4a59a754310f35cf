// 200 sends, each with a kill -9 at a random moment, in front of Postfix: see web/send-crash.integration.test.ts.
import { inVitest } from '../in-vitest.mjs'

const sends = 200

export const run = ({ seed, args }) => {
  const asked = Number(args[0] ?? sends)
  const test = 'web/send-crash.integration.test.ts'
  const { status, stdout } = inVitest(test, { POSTHORN_SENDS: String(asked), TEST_SEED: String(seed) })
  const unsure = Number(/killed sends: \d+, unsure (\d+)/.exec(stdout)?.[1] ?? -1)
  const held = status === 0 && unsure >= 0
  return { kills: asked, unsure, passed: held ? asked : 0, failed: held ? 0 : 1 }
}

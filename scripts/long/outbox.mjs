// A send killed at every named step, in front of our server and of Postfix, where `npm test` draws a third of them: see
// web/outbox.integration.test.ts.
import { build } from '../build.mjs'
import { inVitest } from '../in-vitest.mjs'

export const run = async ({ seed }) => {
  await build()
  const wishes = { POSTHORN_EXTENT: 'all', TEST_SEED: String(seed) }
  const { passed, failed, skipped } = inVitest('web/outbox.integration.test.ts', wishes)
  return { passed, failed, skipped }
}

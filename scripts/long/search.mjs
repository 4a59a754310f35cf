// 3,000 combined searches on each server: see lib/server/mail/search/operators.integration.test.ts.
import { build } from '../build.mjs'
import { inVitest } from '../in-vitest.mjs'

const searches = 3000
const servers = ['posthorn', 'dovecot']

export const run = async ({ seed, args }) => {
  const asked = Number(args[0] ?? searches)
  await build(['mail server'])
  const test = 'lib/server/mail/search/operators.integration.test.ts'
  const { status, stdout } = inVitest(test, { POSTHORN_SEARCHES: String(asked), TEST_SEED: String(seed) })
  const held = [...stdout.matchAll(/^searches on (\w+): (\d+)$/gm)].map(([, server, count]) => [
    server,
    Number(count),
  ])
  const passed = held.reduce((sum, [, count]) => sum + count, 0)
  return {
    searches: Object.fromEntries(held),
    passed,
    failed: status === 0 && held.length === servers.length ? 0 : 1,
  }
}

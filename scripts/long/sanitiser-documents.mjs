// 100,000 generated documents through the sanitiser, what it writes read by Chromium: see
// lib/server/html/generated.integration.test.ts.
import { spawnSync } from 'node:child_process'
import { root } from '../steps.mjs'

const documents = 100_000

export const run = ({ seed, args }) => {
  const asked = Number(args[0] ?? documents)
  const env = { ...process.env, POSTHORN_DOCUMENTS: String(asked), TEST_SEED: String(seed) }
  const test = 'lib/server/html/generated.integration.test.ts'
  const { status } = spawnSync('npx', ['vitest', 'run', test], { cwd: root, env, stdio: 'inherit' })
  return { documents: asked, passed: status === 0 ? asked : 0, failed: status === 0 ? 0 : 1 }
}

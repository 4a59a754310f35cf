// 200 rounds of kill -9 against the bundled server's store (issue: "Crash test"): see mailserver/test/crash/store.test.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../steps.mjs'

const rounds = 200

export const run = ({ seed, args }) => {
  const asked = Number(args[0] ?? rounds)
  const env = {
    ...process.env,
    POSTHORN_STORE_CRASH_ROUNDS: String(asked),
    POSTHORN_STORE_CRASH_SEED: String(seed % 1_000_000),
  }
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/crash/store.test.ts'], {
    cwd: join(root, 'mailserver'),
    env,
    stdio: 'inherit',
  })
  return { rounds: asked, passed: status === 0 ? asked : 0, failed: status === 0 ? 0 : 1 }
}

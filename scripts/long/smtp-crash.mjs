// A hundred kills at random moments while ten senders deliver, and every named step: mailserver/test/crash/delivery.test.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../steps.mjs'

export const run = () => {
  const asked = { POSTHORN_CRASH_ROUNDS: '100' }
  const test = ['vitest', 'run', 'test/crash/delivery.test.ts', '--testTimeout=900000']
  const env = { ...process.env, ...asked }
  const { status } = spawnSync('npx', test, { cwd: join(root, 'mailserver'), env, stdio: 'inherit' })
  return { ...asked, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
}

// 10,000 mutated messages through the MIME reader: see mailserver/test/fuzz/message.fuzz.test.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../steps.mjs'

const messages = 10_000

export const run = ({ seed, args }) => {
  const asked = Number(args[0] ?? messages)
  const env = { ...process.env, POSTHORN_FUZZ_MESSAGES: String(asked), POSTHORN_FUZZ_SEED: String(seed) }
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/fuzz/message.fuzz.test.ts'], {
    cwd: join(root, 'mailserver'),
    env,
    stdio: 'inherit',
  })
  return { messages: asked, passed: status === 0 ? asked : 0, failed: status === 0 ? 0 : 1 }
}

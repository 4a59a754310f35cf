// 100,000 mutated command streams against the IMAP server: see mailserver/test/fuzz/commands.fuzz.test.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../steps.mjs'

const streams = 100_000

export const run = ({ seed, args }) => {
  const asked = Number(args[0] ?? streams)
  const env = { ...process.env, POSTHORN_FUZZ_STREAMS: String(asked), POSTHORN_FUZZ_SEED: String(seed) }
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/fuzz/commands.fuzz.test.ts'], {
    cwd: join(root, 'mailserver'),
    env,
    stdio: 'inherit',
  })
  return { streams: asked, passed: status === 0 ? asked : 0, failed: status === 0 ? 0 : 1 }
}

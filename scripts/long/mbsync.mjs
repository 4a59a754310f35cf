// mbsync with 5,000 messages, both ways and once more: see mailserver/test/clients/sync.test.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../steps.mjs'

const messages = 5_000

export const run = ({ args }) => {
  const asked = Number(args[0] ?? messages)
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/clients/sync.test.ts', '-t', 'mbsync'], {
    cwd: join(root, 'mailserver'),
    env: { ...process.env, POSTHORN_SYNC_MESSAGES: String(asked) },
    stdio: 'inherit',
  })
  return { messages: asked, passed: status === 0 ? asked : 0, failed: status === 0 ? 0 : 1 }
}

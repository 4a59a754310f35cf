// 10,000 connections and 1 GB of DATA against one server: see mailserver/test/smtp/abuse.test.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../steps.mjs'

export const run = () => {
  const asked = { POSTHORN_ABUSE_CONNECTIONS: '10000', POSTHORN_ABUSE_MEGABYTES: '1024' }
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/smtp/abuse.test.ts', '--testTimeout=600000'], {
    cwd: join(root, 'mailserver'),
    env: { ...process.env, ...asked },
    stdio: 'inherit',
  })
  return { ...asked, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
}

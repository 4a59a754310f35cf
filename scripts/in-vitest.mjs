// One integration test, asked for more than `npm test` asks it for by its environment; what it prints is its result.
import { spawnSync } from 'node:child_process'
import { root } from './steps.mjs'

export const inVitest = (test, wishes) => {
  const { status, stdout } = spawnSync('npx', ['vitest', 'run', '--project', 'integration', test], {
    cwd: root,
    env: { ...process.env, ...wishes, NO_COLOR: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  console.log(stdout)
  return { status, stdout }
}

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
  const tests = /^\s*Tests .*$/m.exec(stdout)?.[0] ?? ''
  const counted = (word) => Number(new RegExp(`(\\d+) ${word}\\b`).exec(tests)?.[1] ?? 0)
  return {
    status,
    stdout,
    passed: counted('passed'),
    failed: status === 0 ? 0 : Math.max(1, counted('failed')),
    // A server that was not there proves nothing.
    skipped: counted('skipped'),
  }
}

// Some stories, asked for more than `npm test` asks them for by their environment; what they print is their result.
import { spawnSync } from 'node:child_process'
import { root } from './steps.mjs'

export const inPlaywright = (args, wishes) => {
  const { status, stdout } = spawnSync(
    'npx',
    ['playwright', 'test', '--config', 'e2e/playwright.config.ts', ...args],
    {
      cwd: root,
      env: { ...process.env, ...wishes, NO_COLOR: '1', FORCE_COLOR: '0' },
      encoding: 'utf8',
      // What is told on the way is more than the megabyte that is allowed unasked.
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  console.log(stdout)
  const counted = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'm').exec(stdout)?.[1] ?? 0)
  return {
    status,
    stdout,
    passed: counted('passed'),
    failed: status === 0 ? 0 : Math.max(1, counted('failed')),
  }
}

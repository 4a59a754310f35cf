// The story of a very full inbox with 100,000 messages, on every server: see e2e/stories/huge.story.ts.
import { spawnSync } from 'node:child_process'
import { build } from '../build.mjs'
import { root } from '../steps.mjs'

const messages = 100_000

export const run = async ({ args }) => {
  const asked = Number(args[0] ?? messages)
  await build()
  const { status, stdout } = spawnSync(
    'npx',
    ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--workers=1', 'huge'],
    {
      cwd: root,
      env: { ...process.env, POSTHORN_STORY_MESSAGES: String(asked), NO_COLOR: '1', FORCE_COLOR: '0' },
      encoding: 'utf8',
      // What is told on the way is more than the megabyte that is allowed unasked.
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  console.log(stdout)
  const counted = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'm').exec(stdout)?.[1] ?? 0)
  const told = [...stdout.matchAll(/^measured on (\w+): (\{.*\})$/gm)]
  return {
    messages: asked,
    measured: Object.fromEntries(told.map(([, server, numbers]) => [server, JSON.parse(numbers)])),
    passed: counted('passed'),
    failed: status === 0 ? 0 : Math.max(1, counted('failed')),
  }
}

// The story of a very full inbox with 100,000 messages, on every server: see e2e/stories/huge.story.ts.
import { build } from '../build.mjs'
import { inPlaywright } from '../in-playwright.mjs'

const messages = 100_000

export const run = async ({ args }) => {
  const asked = Number(args[0] ?? messages)
  await build()
  const wishes = { POSTHORN_STORY_MESSAGES: String(asked) }
  const { stdout, passed, failed } = inPlaywright(['--workers=1', 'huge'], wishes)
  const told = [...stdout.matchAll(/^measured on (\w+): (\{.*\})$/gm)]
  return {
    messages: asked,
    measured: Object.fromEntries(told.map(([, server, numbers]) => [server, JSON.parse(numbers)])),
    passed,
    failed,
  }
}

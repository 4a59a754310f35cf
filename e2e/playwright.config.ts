import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { leftOut } from './sample'
import { whyNot } from './servers'
import { launchArgs, shellPath } from './servers/chromium'
import type { StoryOptions } from './stories/story'

const why = whyNot('dovecot')
if (why) console.error(`not run: stories on Debian's Dovecot and Postfix, ${why}`)
// In CI a suite that cannot run is a failure, so it is tried and fails with that reason.
const onDebian = why === null || process.env.CI

// Another one each run. Chosen here and once: those that run the stories inherit it, and a second try is of the same.
process.env.POSTHORN_STORY_LANGUAGE ??= ['de', 'ja', 'ar'][randomInt(3)]

// What the page alone decides is not asked twice: these stories take nothing from a mail server but letters.
const pageAlone = [
  'axe',
  'composer-speed',
  'eyes',
  'look',
  'long',
  'paper',
  'pictures',
  'prefix',
  'reach',
  'trust',
]

const told = readdirSync(join(import.meta.dirname, 'stories'))
  .filter((file) => file.endsWith('.story.ts'))
  .map((file) => file.slice(0, -'.story.ts'.length))
  .filter((name) => !pageAlone.includes(name))
const notOnDebian = [...pageAlone, ...leftOut(told, process.env.POSTHORN_STORY_SEED)].map(
  (name) => `**/${name}.story.ts`,
)

export default defineConfig<object, StoryOptions>({
  testDir: 'stories',
  testMatch: '*.story.ts',
  outputDir: '../test-results/stories',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: process.env.CI ? 2 : 0,
  reporter: [['list']],
  use: {
    // Behind a web server of a test, whose certificate nobody else believes.
    ignoreHTTPSErrors: Boolean(process.env.POSTHORN_STORY_BEHIND),
    locale: 'en-GB',
    timezoneId: 'Europe/Prague',
    viewport: { width: 1440, height: 900 },
    // A button that cannot be pressed for so long is a fault, and the story ends with it.
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    // A trace costs a quarter of a story's time: in CI it is taken of the second try.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      args: launchArgs,
      ...(shellPath ? { executablePath: shellPath } : {}),
    },
  },
  projects: [
    { name: 'posthorn', use: { kind: 'posthorn' } },
    ...(onDebian
      ? [{ name: 'dovecot', testIgnore: notOnDebian, grepInvert: /@ours/, use: { kind: 'dovecot' as const } }]
      : []),
  ],
})

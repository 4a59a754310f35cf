import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Project } from '@playwright/test'
import { drawn } from './lots'
import { leftOut } from './sample'
import { whyNot } from './servers'
import { launchArgs, shellPath } from './servers/chromium'
import type { StoryOptions } from './stories/story'

const why = whyNot('dovecot')
if (why) console.error(`not run: stories on Debian's Dovecot and Postfix, ${why}`)
// In CI a suite that cannot run is a failure, so it is tried and fails with that reason.
const onDebian = why === null || process.env.CI

const seed = process.env.POSTHORN_STORY_SEED

// Another one each run. Chosen here and once: those that run the stories inherit it, and a second try is of the same.
process.env.POSTHORN_STORY_LANGUAGE ??= drawn(['de', 'ja', 'ar'], {
  seed: seed || randomInt(2 ** 31),
  count: 1,
})[0]

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
// Where the other server is not there, ours is told everything.
const untold = leftOut(told, onDebian ? seed : undefined)
const files = (names: readonly string[]) => names.map((name) => `**/${name}.story.ts`)

const inFrontOfDebian: Project<object, StoryOptions>[] = [
  {
    name: 'dovecot',
    testIgnore: files([...pageAlone, ...untold.dovecot]),
    grepInvert: /@ours/,
    use: { kind: 'dovecot' },
  },
]
// What happens between two of our own steps stays in front of ours, wherever the rest of its file is told.
const oursAlways: Project<object, StoryOptions>[] = [
  { name: 'posthorn, its own', testMatch: files(untold.posthorn), grep: /@ours/, use: { kind: 'posthorn' } },
]

/** A trace costs a quarter of a story's time: `npm test` takes none, in CI of the second try. */
const traced = (): 'on-first-retry' | 'retain-on-failure' | 'off' => {
  if (process.env.CI) return 'on-first-retry'
  return seed ? 'off' : 'retain-on-failure'
}

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
    trace: traced(),
    launchOptions: {
      args: launchArgs,
      ...(shellPath ? { executablePath: shellPath } : {}),
    },
  },
  projects: [
    { name: 'posthorn', testIgnore: files(untold.posthorn), use: { kind: 'posthorn' } },
    ...(onDebian ? inFrontOfDebian : []),
    ...(untold.posthorn.length > 0 ? oursAlways : []),
  ],
})

import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { whyNot } from './servers'
import type { StoryOptions } from './stories/story'

const debianChromium = '/usr/bin/chromium'
// Without these a Chromium on a machine without a way out spends its time on connections that are refused.
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

const why = whyNot('dovecot')
if (why) console.error(`not run: stories on Debian's Dovecot and Postfix, ${why}`)
// In CI a suite that cannot run is a failure, so it is tried and fails with that reason.
const onDebian = why === null || process.env.CI

export default defineConfig<object, StoryOptions>({
  testDir: 'stories',
  testMatch: '*.story.ts',
  outputDir: '../test-results/stories',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Prague',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      args: ['--no-sandbox', '--no-first-run', ...quiet],
      ...(existsSync(debianChromium) ? { executablePath: debianChromium } : {}),
    },
  },
  projects: [
    { name: 'posthorn', use: { kind: 'posthorn' } },
    ...(onDebian ? [{ name: 'dovecot', use: { kind: 'dovecot' as const } }] : []),
  ],
})

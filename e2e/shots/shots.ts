// Pictures of the running product, in its demo: into docs/shots.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { launchBrowser } from '../servers/chromium'
import { anyPorts } from '../servers/ports'
import { repository } from '../servers/repository'
import { launch } from '../servers/running'
import { takeLanguages } from './language-shots'
import { takeNewsletters } from './newsletter-shots'
import { views, type View } from './views'

const folder = join(repository, 'docs', 'shots')
const sizes = {
  laptop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
}
type Size = keyof typeof sizes
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]

const everyday = new Set(['inbox', 'message', 'composer'])
const everySitting = (Object.keys(sizes) as Size[]).flatMap((size) =>
  themes.map((theme): [Size, Theme] => [size, theme]),
)
/** What is looked at all day is taken in every way; the rest at its widest in light and its narrowest in dark. */
const sittingsOf = (view: string): [Size, Theme][] =>
  everyday.has(view)
    ? everySitting
    : [
        ['laptop', 'light'],
        ['phone', 'dark'],
      ]

const startDemo = async () => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-shots-'))
  const program = launch({
    command: process.execPath,
    args: ['bin/posthorn.mjs', 'start'],
    cwd: repository,
    env: { POSTHORN_HOME: home, ...anyPorts },
  })
  const url = await program.line((line) => /running: {2}(\S+)/.exec(line)?.[1] ?? null, 120_000)
  const stop = async () => {
    await program.end('SIGTERM')
    rmSync(home, { recursive: true, force: true })
  }
  return { url, stop }
}

interface Sitting {
  browser: Browser
  url: string
  size: Size
  colorScheme: Theme
}

const newPage = async ({ browser, size, colorScheme }: Sitting): Promise<Page> => {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    isMobile: size === 'phone',
    hasTouch: size === 'phone',
  })
  const page = await context.newPage()
  // A picture is worth waiting for, on a busy machine too.
  page.setDefaultTimeout(120_000)
  return page
}

const take = async (sitting: Sitting, name: string, view: View) => {
  const page = await newPage(sitting)
  try {
    await view({ page, url: sitting.url, size: sitting.size })
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.screenshot({ path: join(folder, `${name}-${sitting.size}-${sitting.colorScheme}.png`) })
    console.log(`${name}, ${sitting.size}, ${sitting.colorScheme}`)
  } finally {
    await page.context().close()
  }
}

const takeViews = async (browser: Browser, names: string[]): Promise<void> => {
  const demo = await startDemo()
  try {
    for (const [name, view] of Object.entries(views)) {
      if (names.length > 0 && !names.includes(name)) continue
      for (const [size, colorScheme] of sittingsOf(name))
        await take({ browser, url: demo.url, size, colorScheme }, name, view)
    }
  } finally {
    await demo.stop()
  }
}

const only = process.argv.slice(2)
/** Taken of a mailbox of their own. */
const apart: Record<string, (browser: Browser) => Promise<void>> = {
  newsletters: takeNewsletters,
  languages: takeLanguages,
}
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
try {
  const names = only.filter((name) => !Object.hasOwn(apart, name))
  if (only.length === 0 || names.length > 0) await takeViews(browser, names)
  for (const [name, takeAll] of Object.entries(apart))
    if (only.length === 0 || only.includes(name)) await takeAll(browser)
} finally {
  await browser.close()
}

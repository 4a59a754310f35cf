// `npm run shots -- languages`: every view in each language but English, on a wide screen and on a phone's, light and dark;
// and all of a language on a sheet. What is cut off is told as well.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { startMailSystem } from '../servers'
import { openMailbox } from '../servers/mailbox'
import { repository } from '../servers/repository'
import { startWeb } from '../servers/web'
import { furnish } from '../views/letters'
import { everyView, regions, wordsIn } from '../views/walk'
import { putOnSheet } from './sheet'

const singles = join(repository, 'test-results', 'languages')
const sheets = join(repository, 'docs', 'shots')
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
type Size = keyof typeof sizes
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]
const others = ['de', 'ja', 'ar'] as const

/** Labels that have less room than they need, and pages wider than the window. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wider = document.documentElement.scrollWidth - window.innerWidth
    const cut = [...document.querySelectorAll('button, h1, h2, label, legend, [role=menuitem], nav a, th')]
      .flatMap((at) => [at, ...at.querySelectorAll('span')])
      .filter((at) => !at.closest('[role=row]') && at.checkVisibility({ visibilityProperty: true }))
      .filter(({ clientWidth, scrollWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
      .filter((at) => getComputedStyle(at).overflowX !== 'visible')
    return [
      ...(wider > 0 ? [`the page, by ${wider}`] : []),
      ...new Set(cut.map(({ textContent }) => textContent ?? '')),
    ]
  })

/** What takes its colour from what changes its own has it a moment later. */
const coloured = () =>
  new Promise<void>((done) => void setTimeout(() => requestAnimationFrame(() => done()), 100))

interface Sitting {
  browser: Browser
  url: string
  user: { address: string; password: string }
  language: (typeof others)[number]
}

/** Gives the pictures in light colours, those of a size together. */
const sit = async ({ browser, url, user, language }: Sitting): Promise<Record<Size, string[]>> => {
  const folder = (theme: Theme) => join(singles, `${language}-${theme}`)
  for (const theme of themes) mkdirSync(folder(theme), { recursive: true })
  const taken: Record<Size, string[]> = { wide: [], phone: [] }
  const page = await browser.newPage({
    viewport: sizes.wide,
    colorScheme: 'light',
    locale: regions[language],
    reducedMotion: 'reduce',
  })
  page.setDefaultTimeout(60_000)
  const take = async (view: string, size: Size) => {
    await page.setViewportSize(sizes[size])
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    const number = String(taken[size].length + 1).padStart(2, '0')
    const name = `${size}-${number}-${view.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      await page.evaluate(coloured)
      await page.screenshot({ path: join(folder(theme), name) })
    }
    await page.emulateMedia({ colorScheme: 'light' })
    taken[size].push(join(folder('light'), name))
    for (const what of await cutOff(page)) console.log(`${language}, ${view}, ${size}: cut off: ${what}`)
  }
  const look = async (view: string) => {
    await take(view, 'phone')
    await take(view, 'wide')
  }
  try {
    await everyView({ page, url, user, ...(await wordsIn(language)), look })
  } finally {
    await page.close()
  }
  console.log(`${taken.wide.length} views in ${language}`)
  return taken
}

export const takeLanguages = async (browser: Browser): Promise<void> => {
  const system = await startMailSystem('posthorn')
  const web = await startWeb(system)
  try {
    const user = system.users.alice
    const mailbox = await openMailbox(system, user)
    await furnish(mailbox)
    await mailbox.close()
    for (const language of others) {
      const { wide, phone } = await sit({ browser, url: web.url, user, language })
      const file = (size: Size) => join(sheets, `${language}-${size}.png`)
      await putOnSheet(browser, file('wide'), { pictures: wide, width: 300, columns: 6, colour: '#ccc' })
      await putOnSheet(browser, file('phone'), { pictures: phone, width: 140, columns: 12, colour: '#ccc' })
    }
  } finally {
    await web.stop()
    await system.stop()
  }
}

// `npm run shots -- newsletters`: each newsletter as the reader shows it, light and dark, and all of them on a sheet.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { startMailSystem } from '../servers'
import { openMailbox } from '../servers/mailbox'
import { repository } from '../servers/repository'
import { startWeb } from '../servers/web'
import { letter } from '../stories/letters'
import { newsletters } from './newsletters'
import { putOnSheet } from './sheet'

const singles = join(repository, 'test-results', 'newsletters')
const sheets = join(repository, 'docs', 'shots')
type Theme = 'light' | 'dark'

const signIn = async (page: Page, url: string, user: { address: string; password: string }) => {
  await page.goto(`${url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(user.address)
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('grid', { name: 'Messages' }).waitFor()
}

/** The rows are newest first, and the letters were put in from last to first. */
const takeOne = async (page: Page, index: number, theme: Theme): Promise<void> => {
  const subject = newsletters[index]?.subject ?? ''
  await page
    .getByRole('grid', { name: 'Messages' })
    .getByRole('row')
    .filter({ has: page.getByText(subject, { exact: true }) })
    .first()
    .click()
  const reader = page.getByRole('region', { name: 'Message', exact: true })
  await reader.getByRole('heading', { name: subject, level: 2 }).waitFor()
  const frame = reader.locator('iframe[title="Message body"]')
  await frame.and(page.locator(':not(.opacity-0)')).waitFor()
  await reader.screenshot({ path: join(singles, `${String(index + 1).padStart(2, '0')}-${theme}.png`) })
}

const sheetOf = (browser: Browser, theme: Theme): Promise<void> =>
  putOnSheet(browser, join(sheets, `newsletters-${theme}.png`), {
    pictures: newsletters.map((_, at) => join(singles, `${String(at + 1).padStart(2, '0')}-${theme}.png`)),
    width: 310,
    columns: 5,
    colour: theme === 'dark' ? '#000' : '#ccc',
  })

export const takeNewsletters = async (browser: Browser): Promise<void> => {
  mkdirSync(singles, { recursive: true })
  const system = await startMailSystem('posthorn')
  const web = await startWeb(system)
  try {
    const mailbox = await openMailbox(system, system.users.alice)
    for (const { subject, from, html } of newsletters.toReversed())
      await mailbox.append({ raw: await letter({ subject, from, html, text: undefined }) })
    await mailbox.close()
    for (const theme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        viewport: { width: 1480, height: 900 },
        colorScheme: theme,
        locale: 'en-GB',
        reducedMotion: 'reduce',
      })
      await signIn(page, web.url, system.users.alice)
      for (let at = 0; at < newsletters.length; at++) await takeOne(page, at, theme)
      await page.close()
      await sheetOf(browser, theme)
      console.log(`newsletters, ${theme}`)
    }
  } finally {
    await web.stop()
    await system.stop()
  }
}

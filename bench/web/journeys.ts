// The same walks in both webmails, in milliseconds of the browser's user: from the click to what was wanted on the screen
// (or, for a send, in the other person's mailbox). What the page alone can time, it times itself: in-page.ts.
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { TestUser } from '../../e2e/servers'
import type { Mailbox } from '../../e2e/servers/mailbox'
import { pageTools, posthornSteps, roundcubeSteps } from './in-page'

export interface Walker {
  steps: () => void
  /** Fresh browser context up to the sign-in form; then the time to a list with messages. */
  signIn(page: Page, user: TestUser): Promise<number>
  /** The inbox of somebody who is signed in. */
  inbox: string
  /** Until the message below the open one is at hand, where anything is done about it. */
  rested(page: Page, below: string): Promise<void>
  /** Opens the message of this subject; the time until its text stands there. */
  open(page: Page, subject: string): Promise<number>
  /** The same for the one below the open one. */
  next(page: Page, subject: string): Promise<number>
  /** Writes a letter and sends it; the moment of the click. */
  send(page: Page, to: string, subject: string): Promise<number>
}

const since = (start: number) => performance.now() - start

/** A frame behind the open message holds this one; those that were open before it may stand there as well. */
const isPrepared = (subject: string) =>
  [...document.querySelectorAll<HTMLIFrameElement>('[inert] iframe')].some(({ contentDocument }) =>
    contentDocument?.body?.textContent?.includes(`This is ${subject}.`),
  )

export const posthornWalker = (url: string): Walker => ({
  steps: posthornSteps,
  inbox: `${url}/mail/0/inbox`,
  rested: async (page, below) => {
    await page.waitForFunction(isPrepared, below)
  },
  open: async (page, subject) => (await page.evaluate((it) => window.bench.open?.(it), subject)) ?? NaN,
  next: async (page, subject) => (await page.evaluate((it) => window.bench.next?.(it), subject)) ?? NaN,
  signIn: async (page, user) => {
    await page.goto(`${url}/login`)
    await page.getByRole('textbox', { name: 'Email address' }).fill(user.address)
    await page.getByRole('textbox', { name: 'Password' }).fill(user.password)
    const start = performance.now()
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('grid', { name: 'Messages' }).getByText('Letter').first().waitFor()
    return since(start)
  },
  send: async (page, to, subject) => {
    await page.getByRole('button', { name: 'New message' }).first().click()
    await page.getByRole('combobox', { name: 'To', exact: true }).fill(to)
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Subject' }).fill(subject)
    await page.getByRole('textbox', { name: 'Message', exact: true }).click()
    await page.keyboard.type('Measured.')
    const start = performance.now()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    return start
  },
})

const openInRoundcube: Walker['open'] = async (page, subject) => {
  const start = performance.now()
  await page.locator('#messagelist .subject').getByText(subject, { exact: true }).first().click()
  await page.frameLocator('#messagecontframe').getByText(`This is ${subject}.`).waitFor()
  return since(start)
}

export const roundcubeWalker = (url: string): Walker => ({
  steps: roundcubeSteps,
  inbox: `${url}?_task=mail&_mbox=INBOX`,
  rested: () => Promise.resolve(),
  open: openInRoundcube,
  next: openInRoundcube,
  signIn: async (page, user) => {
    await page.goto(url)
    await page.locator('#rcmloginuser').fill(user.address)
    await page.locator('#rcmloginpwd').fill(user.password)
    const start = performance.now()
    await page.locator('#rcmloginsubmit').click()
    await page.locator('#messagelist .subject').getByText('Letter').first().waitFor()
    return since(start)
  },
  send: async (page, to, subject) => {
    await page.goto(`${url}?_task=mail&_action=compose`)
    await page.locator('#compose_to input').fill(to)
    await page.locator('#compose-subject').fill(subject)
    await page.locator('#composebody').fill('Measured.')
    const start = performance.now()
    await page.locator('button.send, a.send').first().click()
    return start
  },
})

interface Fresh {
  browser: Browser
  walker: Walker
}

export const inFreshContext = async <T>(
  { browser, walker }: Fresh,
  run: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  try {
    // What tsx compiles names its functions by this.
    await context.addInitScript({ content: 'globalThis.__name ??= (it) => it' })
    await context.addInitScript(pageTools)
    await context.addInitScript(walker.steps)
    return await run(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

/** From the click to the letter's arrival, seen by a connection that idles in the other person's inbox. */
export const arrival = async (mailbox: Mailbox, subject: string): Promise<number> => {
  await mailbox.until('INBOX', (seen) => seen.some((it) => it.subject === subject), 30_000)
  return performance.now()
}

// The same three walks in both webmails. Each answers in milliseconds of the browser's user: from the click to
// what was wanted on the screen (or, for a send, in the other person's mailbox).
import type { Browser, Page } from '@playwright/test'
import type { TestUser } from '../../e2e/servers'
import type { Mailbox } from '../../e2e/servers/mailbox'

export interface Walker {
  /** Fresh browser context up to the sign-in form; then the time to a list with messages. */
  signIn(page: Page, user: TestUser): Promise<number>
  /** Opens the message of this subject; the time until its text stands there. */
  open(page: Page, subject: string): Promise<number>
  /** Writes a letter and sends it; the moment of the click. */
  send(page: Page, to: string, subject: string): Promise<number>
}

// Read from the page, not through Playwright's own scripts in the frame: that one never runs any.
const bodySays = (words: string): boolean =>
  [...document.querySelectorAll<HTMLIFrameElement>('iframe:not([inert] *)')].some(({ contentDocument }) => {
    const body = contentDocument?.body
    return Boolean(body?.dataset.phKind && body.textContent.includes(words))
  })

const since = (start: number) => performance.now() - start

export const posthornWalker = (url: string): Walker => ({
  signIn: async (page, user) => {
    await page.goto(`${url}/login`)
    await page.getByRole('textbox', { name: 'Email address' }).fill(user.address)
    await page.getByRole('textbox', { name: 'Password' }).fill(user.password)
    const start = performance.now()
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('grid', { name: 'Messages' }).getByText('Letter').first().waitFor()
    return since(start)
  },
  open: async (page, subject) => {
    const start = performance.now()
    await page.getByRole('grid', { name: 'Messages' }).getByText(subject, { exact: true }).first().click()
    await page.waitForFunction(bodySays, `This is ${subject}.`)
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

export const roundcubeWalker = (url: string): Walker => ({
  signIn: async (page, user) => {
    await page.goto(url)
    await page.locator('#rcmloginuser').fill(user.address)
    await page.locator('#rcmloginpwd').fill(user.password)
    const start = performance.now()
    await page.locator('#rcmloginsubmit').click()
    await page.locator('#messagelist .subject').getByText('Letter').first().waitFor()
    return since(start)
  },
  open: async (page, subject) => {
    const start = performance.now()
    await page.locator('#messagelist .subject').getByText(subject, { exact: true }).first().click()
    await page.frameLocator('#messagecontframe').getByText(`This is ${subject}.`).waitFor()
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

export const inFreshContext = async <T>(browser: Browser, run: (page: Page) => Promise<T>): Promise<T> => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  try {
    return await run(await context.newPage())
  } finally {
    await context.close()
  }
}

/** From the click to the letter's arrival, seen by a connection that idles in the other person's inbox. */
export const arrival = async (mailbox: Mailbox, subject: string): Promise<number> => {
  await mailbox.until('INBOX', (seen) => seen.some((it) => it.subject === subject), 30_000)
  return performance.now()
}

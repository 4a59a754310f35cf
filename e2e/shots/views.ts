// The views worth looking at, each reached as a person reaches it.
import type { Page } from '@playwright/test'

export interface Sight {
  page: Page
  url: string
  size: 'laptop' | 'tablet' | 'phone'
}
export type View = (sight: Sight) => Promise<void>

const rows = (page: Page) =>
  page.getByRole('grid', { name: 'Messages' }).getByRole('row').filter({ visible: true })

const signIn: View = async ({ page, url }) => {
  await page.goto(`${url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill('alice@posthorn.test')
  await page.getByRole('textbox', { name: 'Password' }).fill('posthorn')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await rows(page).first().waitFor()
}

const openMessage = async (page: Page, which: number) => {
  await rows(page).nth(which).click()
  // Asked of the page that holds the frame: the frame itself runs no scripts, and is empty before it is loaded.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLIFrameElement>('iframe:not([inert] *)')].some(
      ({ contentDocument: shown }) => shown?.body?.dataset.phKind,
    ),
  )
}

const openComposer: View = async ({ page }) => {
  await page.getByRole('button', { name: 'New message' }).filter({ visible: true }).first().click()
  const writing = page.getByRole('textbox', { name: 'Message', exact: true })
  await writing.waitFor()
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('bob@posthorn.test')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Tea on Thursday')
  await writing.click()
  await page.keyboard.type('Dear Bob,\n\nshall we say four, in the garden if it is dry?\n\nAlice')
}

/** On a phone the field is behind a button. */
const searchField = async ({ page, size }: Sight) => {
  if (size === 'phone')
    await page.getByRole('button', { name: 'Search mail' }).filter({ visible: true }).click()
  return page.getByRole('searchbox', { name: 'Search mail' })
}

const searchFor = async (sight: Sight, text: string) => {
  await signIn(sight)
  const field = await searchField(sight)
  await field.fill(text)
  await field.press('Enter')
}

const settingsPage =
  (title: string): View =>
  async (sight) => {
    await signIn(sight)
    await sight.page.goto(`${sight.url}/settings/${title.toLowerCase()}`)
    await sight.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }

export const views: Record<string, View> = {
  'sign-in': async ({ page, url }) => {
    await page.goto(`${url}/login`)
    await page.getByRole('textbox', { name: 'Email address' }).waitFor()
  },
  inbox: signIn,
  message: async (sight) => {
    await signIn(sight)
    await openMessage(sight.page, 1)
  },
  composer: async (sight) => {
    await signIn(sight)
    await openComposer(sight)
  },
  reply: async (sight) => {
    await signIn(sight)
    await openMessage(sight.page, 1)
    await sight.page
      .getByRole('button', { name: 'Reply', exact: true })
      .filter({ visible: true })
      .first()
      .click()
    await sight.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  },
  'search-typing': async (sight) => {
    await signIn(sight)
    await searchField(sight).then((field) => field.fill('survey'))
    await sight.page.getByRole('option', { name: /Search mail for/ }).waitFor()
  },
  search: async (sight) => {
    await searchFor(sight, 'survey OR from:newsletter')
    await rows(sight.page).locator('mark').first().waitFor()
  },
  'search-mistake': async (sight) => {
    await searchFor(sight, 'survey is:purple')
    await sight.page.getByText('is:purple').waitFor()
  },
  'search-nothing': async (sight) => {
    await searchFor(sight, 'zeppelin')
    await sight.page.getByText('No mail matches').waitFor()
  },
  outbox: async (sight) => {
    await signIn(sight)
    await sight.page.goto(`${sight.url}/outbox`)
    await sight.page.getByText('Nothing is waiting').waitFor()
  },
  contacts: async (sight) => {
    await signIn(sight)
    await sight.page.goto(`${sight.url}/contacts`)
    await sight.page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor()
  },
  ...Object.fromEntries(
    ['Appearance', 'Writing', 'Identities', 'Folders', 'Labels', 'Notifications', 'Privacy'].map((page) => [
      `settings-${page.toLowerCase()}`,
      settingsPage(page),
    ]),
  ),
}

import type { Page } from '@playwright/test'
import {
  answers,
  asUsual,
  body,
  expect,
  folder,
  list,
  listed,
  reader,
  row,
  said,
  signIn,
  test,
} from './story'

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search mail' })
const searchFor = async (page: Page, text: string) => {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** Until it is let go, no script arrives in which this stands. */
const holdScript = async (page: Page, words: string): Promise<() => void> => {
  let letGo: () => void = () => undefined
  const gate = new Promise<void>((done) => (letGo = done))
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const response = await route.fetch()
    if ((await response.text()).includes(words)) await gate
    await route.fulfill({ response })
  })
  return letGo
}

test('mail is found in every folder, read from there, and Back leads to the hits', async ({
  page,
  web,
  system,
  post,
}) => {
  await (await post.of('alice')).client.mailboxCreate('Projects')
  await post.seed('alice', {
    subject: 'Roof estimate',
    text: 'The plumber comes too.',
    html: '<p>The <b>plumb</b>er comes too.</p>',
    date: '2026-02-03',
  })
  await post.seed('alice', { subject: 'Plumber, at last', folder: 'Projects', date: '2026-02-05' })
  await post.seed('alice', { subject: 'Cheap plumber!!', folder: 'Junk', date: '2026-02-06' })
  await post.seed('alice', { subject: 'Tea on Thursday', date: '2026-02-04' })
  await signIn(page, web, system.users.alice)

  await searchFor(page, 'plumber')
  await expect(page).toHaveURL(/\/search\?q=plumber$/)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(said(page, '2 messages')).toBeVisible()
  await expect(list(page).getByRole('row').first()).toContainText('Plumber, at last')
  await expect(row(page, 'Plumber, at last')).toContainText('Projects')
  await expect(row(page, 'Roof estimate')).toContainText('Inbox')

  await row(page, 'Roof estimate').click()
  await expect(body(page)).toContainText('The plumber comes too.')
  // In the body the browser marks it itself: the document of the sender stays as it is.
  const marked = () =>
    page.evaluate(() => {
      const view = document.querySelector<HTMLIFrameElement>('iframe[title="Message body"]')?.contentWindow
      const found = (view as (Window & typeof globalThis) | null)?.CSS.highlights.get('found')
      return [...(found ?? [])].map(String)
    })
  // Over the edges of its elements.
  await expect.poll(marked).toEqual(['plumber'])
  await expect(page).toHaveURL(/\/mail\/0\/inbox\/\d+-\d+\?q=plumber$/)
  await page.goBack()
  await expect(page).toHaveURL(/\/search\?q=plumber$/)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')

  await page.getByRole('button', { name: 'Trash and Junk too' }).click()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '3')
  await expect(row(page, 'Cheap plumber!!')).toContainText('Junk')

  await field(page).press('Escape')
  await expect(page).toHaveURL(/\/mail\/0\/inbox$/)
  await expect(field(page)).toHaveValue('')

  // What is typed before the page's words have come is kept, and found when they have.
  const first = await holdScript(page, 'Choose a message to read it here')
  await page.reload({ waitUntil: 'commit' })
  await page.locator('html[data-keys=search]').waitFor({ state: 'attached' })
  await page.keyboard.press('/')
  await page.keyboard.type('plumb')
  await expect(field(page)).toHaveValue('plumb')
  first()
  await answers(page)
  await expect(page.getByRole('option', { name: 'plumb' }).first()).toBeVisible()
  await page.keyboard.type('er')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=plumber$/)
  await page.unrouteAll({ behavior: 'wait' })

  // Before there are suggestions, Enter looks at once; where their words are needed, for what stood there then, and
  // what was typed since is kept.
  const later = await holdScript(page, 'Recent searches')
  await page.goto(`${web.url}/mail/0/inbox`)
  await listed(page)
  await searchFor(page, 'tea')
  await expect(page).toHaveURL(/\/search\?q=tea$/)
  await searchFor(page, 'in:inbox tea')
  await page.keyboard.type(' party')
  later()
  await expect(page).toHaveURL(/\/search\?q=in%3Ainbox\+tea$/)
  await expect(field(page)).toHaveValue('in:inbox tea party')
  await expect(row(page, 'Tea on Thursday')).toBeVisible()
  await page.unrouteAll({ behavior: 'wait' })
})

test('operators narrow, a mistake is shown at its word, and nothing found has a way out', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', {
    from: { name: 'Ada Lovelace', address: 'ada@example.org' },
    subject: 'Engine notes',
    attachments: [{ filename: 'notes.pdf', content: 'x' }],
  })
  await post.seed('alice', { subject: 'Grüße', text: '会議の件', flags: ['\\Seen'] })
  await post.seed('alice', { subject: 'Old offer', folder: 'Trash' })
  await signIn(page, web, system.users.alice)

  await searchFor(page, 'from:ada has:attachment is:unread')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  await expect(row(page, 'Engine notes')).toBeVisible()
  await searchFor(page, '会議')
  await expect(row(page, 'Grüße')).toBeVisible()

  await searchFor(page, 'tea is:purple')
  await expect(page.getByRole('alert').filter({ hasText: 'is:purple' })).toContainText(
    'unread, read, starred',
  )
  await expect(page).not.toHaveURL(/purple/)
  await page.goto(`${web.url}/search?q=before:yesterday`)
  await expect(page.getByRole('alert').filter({ hasText: 'before:yesterday' })).toContainText('2026-03-31')

  await searchFor(page, 'offer')
  await expect(page.getByText('No mail matches “offer”')).toBeVisible()
  await page.getByRole('button', { name: 'Search in Trash and Junk too' }).click()
  await expect(row(page, 'Old offer')).toContainText('Trash')
})

test('a hit is starred, walked on from and archived where it lies, and the list of hits follows', async ({
  page,
  web,
  system,
  post,
}) => {
  const alice = await post.of('alice')
  await alice.client.mailboxCreate('Garden plans')
  await post.seed('alice', { subject: 'Plan B', folder: 'Garden plans', date: '2026-02-05' })
  await post.seed('alice', { subject: 'Plan A', date: '2026-02-03' })
  await signIn(page, web, system.users.alice)
  await searchFor(page, 'subject:plan')
  await row(page, 'Plan B').click()
  await expect(reader(page).getByRole('heading', { name: 'Plan B' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(reader(page).getByRole('heading', { name: 'Plan A' })).toBeVisible()
  await page.keyboard.press('k')
  await page.keyboard.press('s')
  await alice.until('Garden plans', (seen) => seen[0]?.flags.includes('\\Flagged') === true)
  await page.keyboard.press('e')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  await expect(reader(page).getByRole('heading', { name: 'Plan A' })).toBeVisible()
  await alice.until('Garden plans', (seen) => seen.length === 0)
  await expect(folder(page, 'Archive')).toBeVisible()
})

test('people and past searches are offered, the form writes operators, and a search is saved, renamed and gone', async ({
  page,
  web,
  system,
  post,
}) => {
  const ada = { name: 'Ada Lovelace', address: 'ada@example.org' }
  await post.seed('alice', { from: ada, subject: 'Engine notes', text: 'Wheels.' })
  await post.seed('alice', { subject: 'Wheels', text: 'Ada was right.' })
  await signIn(page, web, system.users.alice)

  await field(page).fill('love')
  await page
    .getByRole('group', { name: 'People' })
    .getByRole('option', { name: /Ada Lovelace/ })
    .click()
  await expect(field(page)).toHaveValue('from:ada@example.org')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  await field(page).press('Escape')
  await field(page).click()
  await page.getByRole('group', { name: 'Recent searches' }).getByRole('option').first().click()
  await expect(row(page, 'Engine notes')).toBeVisible()

  await field(page).fill('from:ada is:unr')
  await page.getByRole('group', { name: 'State' }).getByRole('option', { name: 'Unread' }).click()
  await expect(field(page)).toHaveValue('from:ada is:unread')
  await expect(row(page, 'Engine notes')).toBeVisible()
  await field(page).fill('from:ada@example.org')
  await field(page).press('Enter')

  await page.getByRole('button', { name: 'Search options' }).click()
  const form = page.locator('form').filter({ has: page.getByLabel('Has the words') })
  await expect(form.getByLabel('From')).toHaveValue('ada@example.org')
  await form.getByLabel('From').fill('')
  await form.getByLabel('Has the words').fill('wheels')
  await form.getByLabel('Does not have').fill('right')
  // What the keyboard of a phone does when it is put away.
  await form.getByLabel('Does not have').blur()
  await expect(form.getByLabel('Does not have')).toHaveValue('right')
  await form.getByLabel('State').selectOption('Unread')
  await form.getByLabel('Look in').selectOption('Inbox')
  await form.getByRole('button', { name: 'Search' }).click()
  await expect(field(page)).toHaveValue('is:unread wheels -right')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')
  await expect(row(page, 'Engine notes')).toBeVisible()

  await page.getByRole('button', { name: 'Save search' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Wheels to read')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await field(page).press('Escape')
  await folder(page, 'Wheels to read').click()
  await expect(row(page, 'Engine notes')).toBeVisible()
  await page.reload()
  await expect(folder(page, 'Wheels to read')).toHaveAttribute('aria-current', 'page')
  await page.getByRole('button', { name: 'Edit Wheels to read' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(folder(page, 'Wheels to read')).toHaveCount(0)
  await said(page, 'Wheels to read was deleted').getByRole('button', { name: 'Undo' }).click()
  await expect(folder(page, 'Wheels to read')).toBeVisible()
  await asUsual(page, web)
})

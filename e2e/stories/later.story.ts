// Sent later: planned at Send, seen in the outbox, changed, and let go.
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { startWeb } from '../servers/web'
import { expect, row, said, signIn, test } from './story'

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
const outbox = (page: Page) => page.getByRole('list', { name: 'Outbox' }).getByRole('listitem')
const later = async (page: Page, choice: RegExp) => {
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('menuitem', { name: choice }).click()
}

test('a message waits in the outbox until it is time, and can be changed or let go before', async ({
  page,
  web,
  system,
  post,
}) => {
  test.setTimeout(150_000)
  await signIn(page, web, system.users.alice)
  await page.getByRole('button', { name: 'New message' }).first().click()
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('bob@posthorn.test')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Birthday')
  await composer(page).click()
  await page.keyboard.type('Many happy returns')
  const alice = await post.of('alice')
  await alice.until('Drafts', (seen) => seen.length === 1)

  await later(page, /Choose date and time/)
  await page.getByLabel('Date and time').fill('2020-01-01T08:00')
  await page.getByRole('button', { name: 'Send then' }).click()
  await expect(page.getByText('That is in the past.')).toBeVisible()
  // The dialog belongs to the composer, whose keys would send at once; its own Enter schedules.
  await page.getByLabel('Date and time').press('Control+Enter')
  await expect(page.getByRole('button', { name: 'Send then' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await later(page, /Tomorrow/)
  await expect(said(page, /^Leaves /)).toBeVisible()
  // The outbox has the words: a draft beside it would be sent twice by whoever finds it.
  await alice.until('Drafts', (seen) => seen.length === 0)

  await page.reload()
  await page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('link', { name: 'Outbox' }).click()
  await expect(outbox(page)).toContainText('Birthday')
  await expect(outbox(page)).toContainText(/Leaves .*0?8:00/)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(composer(page)).toContainText('Many happy returns')
  await expect(page.getByText('Nothing is waiting')).toBeVisible()
  await page.getByRole('textbox', { name: 'Subject' }).fill('Happy birthday')
  // Closed, it is a draft that knows when it was to leave.
  await page.getByRole('button', { name: 'Save and close' }).click()
  await alice.until('Drafts', (seen) => seen.some(({ subject }) => subject === 'Happy birthday'))
  await page.getByRole('status').filter({ hasText: 'saved' }).getByRole('button', { name: 'Open' }).click()
  await expect(page.getByText(/^Leaves .*0?8:00/)).toBeVisible()
  await page.reload()
  await page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('link', { name: 'Drafts' }).click()
  await row(page, 'Happy birthday').click()
  await page.getByRole('button', { name: 'Continue writing' }).or(composer(page)).first().click()
  await expect(page.getByText(/^Leaves .*0?8:00/)).toBeVisible()
  await later(page, /Tomorrow/)
  await page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('link', { name: 'Outbox' }).click()
  await expect(outbox(page)).toContainText('Happy birthday')

  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('Nothing is waiting')).toBeVisible()
  await page.getByRole('status').filter({ hasText: 'Message deleted' }).getByRole('button').first().click()
  await expect(composer(page)).toContainText('Many happy returns')
  await later(page, /Tomorrow/)
  await expect(outbox(page)).toContainText('Happy birthday')
  const bob = await post.of('bob')
  expect(await bob.list('INBOX')).toEqual([])

  await page.getByRole('button', { name: 'Send now' }).click()
  await bob.until('INBOX', (seen) => seen.length === 1)
  await expect(page.getByText('Nothing is waiting')).toBeVisible()
  const lock = await bob.client.getMailboxLock('INBOX')
  const raw = await bob.client.fetchOne('*', { source: true })
  lock.release()
  if (!raw || !raw.source) throw new Error('bob has no letter')
  expect(await simpleParser(raw.source)).toMatchObject({
    subject: 'Happy birthday',
    text: 'Many happy returns',
  })
  await alice.until('Sent', (seen) => seen.length === 1)
})

// What may happen between the last dot and its answer is ours, whoever listens (web/outbox.integration.test.ts).
test(
  'one that may have been sent, and was, is filed and not sent again',
  { tag: '@ours' },
  async ({ page, system, post }) => {
    const doomed = await startWeb(system, { env: { POSTHORN_CRASH_AT: 'accepted' } })
    const env = { POSTHORN_HOME: doomed.home }
    await signIn(page, doomed, system.users.alice)
    await page.getByRole('button', { name: 'New message' }).first().click()
    await page.getByRole('combobox', { name: 'To', exact: true }).fill('bob@posthorn.test')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Subject' }).fill('In doubt')
    await later(page, /Tomorrow/)
    await expect(said(page, /^Leaves /)).toBeVisible()
    await page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('link', { name: 'Outbox' }).click()
    await page.getByRole('button', { name: 'Send now' }).click()
    await doomed.died()
    const bob = await post.of('bob')
    await bob.until('INBOX', (seen) => seen.length === 1)
    const web = await startWeb(system, { port: doomed.port, env })
    try {
      await page.goto(`${web.url}/outbox`)
      await expect(outbox(page)).toContainText('May have been sent')
      await page.getByRole('button', { name: 'It was sent, file it' }).click()
      await expect(said(page, 'Filed in Sent')).toBeVisible()
      await expect(page.getByText('Nothing is waiting')).toBeVisible()
      const alice = await post.of('alice')
      await alice.until('Sent', (seen) => seen.length === 1)
      expect(await bob.list('INBOX')).toHaveLength(1)
    } finally {
      await web.stop()
      await doomed.stop()
    }
  },
)

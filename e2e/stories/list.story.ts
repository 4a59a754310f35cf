// A morning at the list: going away and coming back, selecting, what opens next, the pane's edge, and what is done
// with single messages now and then.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import {
  asUsual,
  expect,
  folder,
  list,
  listed,
  open,
  reader,
  row,
  said,
  signIn,
  test,
  toolbar,
} from './story'

const top = (page: Page) => list(page).evaluate((element) => element.scrollTop)
const ticked = (page: Page) => list(page).getByRole('checkbox', { checked: true })

const wish = async (page: Page, url: string, wishes: object) => {
  const put = async ({ url, body }: { url: string; body: string }) => {
    const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
    return (await fetch(url, { method: 'PUT', headers, body })).status
  }
  expect(await page.evaluate(put, { url: `${url}/api/preferences`, body: JSON.stringify(wishes) })).toBe(200)
  await page.goto(`${url}/mail/0/inbox`)
  await listed(page)
}

test.afterEach(({ page, web }) => asUsual(page, web))

test('going away and back finds the list as it was left', async ({ page, web, system, post }) => {
  const alice = await post.of('alice')
  const seen = { flags: ['\\Seen'] }
  for (let n = 0; n < 60; n++)
    await alice.append({ ...seen, raw: `From: a@posthorn.test\nSubject: Letter ${n}.\n\nBody ${n}\n` })
  await post.seed('alice', { subject: 'Filed', folder: 'Archive', ...seen })
  await signIn(page, web, system.users.alice)

  // Ctrl and the row, shift and the row, x and the keyboard.
  await row(page, 'Letter 59.').click({ modifiers: ['Control'] })
  await row(page, 'Letter 56.').click({ modifiers: ['Shift'] })
  await expect(page.getByText('4 selected')).toBeVisible()
  await row(page, 'Letter 57.').click({ modifiers: ['Control'] })
  await expect(ticked(page)).toHaveCount(3)
  await page.keyboard.press('x')
  await expect(page.getByText('4 selected')).toBeVisible()

  await list(page).evaluate((element) => element.scrollTo(0, 1800))
  await expect.poll(() => top(page)).toBe(1800)
  await folder(page, 'Archive').click()
  await expect(row(page, 'Filed')).toBeVisible()
  await expect(page.getByText('selected', { exact: false })).toHaveCount(0)
  await page.goBack()
  await expect(page.getByText('4 selected')).toBeVisible()
  await expect.poll(() => top(page)).toBe(1800)
  await page.keyboard.press('Escape')
  // A message opened on the way, in place of the list.
  await wish(page, web.url, { layout: 'off' })
  await list(page).evaluate((element) => element.scrollTo(0, 1800))
  await row(page, 'Letter 36.').click()
  await expect(reader(page).getByRole('heading', { name: 'Letter 36.' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(row(page, 'Letter 36.')).toBeVisible()
  expect(await top(page)).toBe(1800)
  await page.goBack()
  await page.goForward()
  await expect(row(page, 'Letter 36.')).toBeVisible()
  expect(await top(page)).toBe(1800)

  // The edge of the pane below, and what opens after an action.
  await wish(page, web.url, { layout: 'below', afterwards: 'previous' })
  const edge = page.getByRole('separator', { name: 'Resize the message list' })
  const before = await edge.boundingBox()
  if (!before) throw new Error('no edge')
  await page.mouse.move(before.x + 200, before.y + before.height / 2)
  await page.mouse.down()
  await page.mouse.move(before.x + 200, before.y + before.height / 2 + 90, { steps: 3 })
  const saved = page.waitForResponse(
    (it) => it.url().endsWith('/preferences') && it.request().method() === 'POST',
  )
  await page.mouse.up()
  await saved
  await page.reload()
  await expect.poll(async () => Math.round(((await edge.boundingBox())?.y ?? 0) - before.y)).toBe(90)

  const archive = () => toolbar(page).getByRole('button', { name: 'Archive', exact: true }).click()
  await open(page, 'Letter 57.')
  await archive()
  await expect(reader(page).getByRole('heading', { name: 'Letter 58.' })).toBeVisible()
  await wish(page, web.url, { afterwards: 'next' })
  await open(page, 'Letter 58.')
  await archive()
  await expect(reader(page).getByRole('heading', { name: 'Letter 56.' })).toBeVisible()
  await wish(page, web.url, { afterwards: 'list' })
  await open(page, 'Letter 56.')
  await archive()
  await expect(page).toHaveURL(/\/inbox$/)
  await alice.until('Archive', (there) => there.length === 4)
})

test('a message is not junk, taken out as files, edited as new and redirected', async ({
  page,
  web,
  system,
  post,
}) => {
  const subject = await post.seed('alice', { subject: 'Seed list', folder: 'Junk', text: 'Forty irises.' })
  await post.seed('alice', { subject: 'Another', flags: ['\\Answered'], date: '2026-03-05T13:05:00Z' })
  const [alice, bob] = [await post.of('alice'), await post.of('bob')]
  await signIn(page, web, system.users.alice)
  await wish(page, web.url, { undoSeconds: 0 })
  await folder(page, 'Junk').click()
  await open(page, subject)
  await toolbar(page).getByRole('button', { name: 'Not junk' }).click()
  await expect(said(page, 'Moved to Inbox')).toBeVisible()
  await alice.until('INBOX', (there) => there.length === 2)

  await folder(page, 'Inbox').click()
  await open(page, subject)
  const more = async (name: string) => {
    await toolbar(page).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name, exact: true }).click()
  }
  const saving = page.waitForEvent('download')
  await more('Download message')
  const file = await saving
  expect(file.suggestedFilename()).toBe('Seed list.eml')
  const eml = await readFile(await file.path(), 'latin1')
  expect(eml).toContain('Subject: Seed list\r\n')

  await page.getByRole('button', { name: 'Select messages' }).click()
  await page.getByRole('toolbar', { name: 'Selected messages' }).getByRole('button', { name: 'More' }).click()
  const packing = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download as zip' }).click()
  const zip = await readFile(await (await packing).path(), 'latin1')
  expect(zip.startsWith('PK\x03\x04') && zip.includes('Seed list.eml') && zip.includes('Another.eml')).toBe(
    true,
  )
  await page.keyboard.press('Escape')

  await more('Redirect')
  const dialog = page.getByRole('dialog', { name: 'Redirect' })
  await dialog.getByRole('combobox', { name: 'To' }).fill('bob@posthorn')
  await dialog.getByRole('button', { name: 'Redirect' }).click()
  await expect(dialog.getByRole('alert')).toContainText('not a complete address')
  await dialog.getByRole('combobox', { name: 'To' }).press('Backspace')
  await page.keyboard.press('Backspace')
  await dialog.getByRole('combobox', { name: 'To' }).fill(system.users.bob.address)
  // The answer is lost, not the message: the addresses stay, and tried again it leaves once.
  await page.route(
    '**/redirect',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await dialog.getByRole('button', { name: 'Redirect' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Redirect: not done.')
  await dialog.getByRole('button', { name: 'Redirect' }).click()
  await expect(said(page, 'Message redirected')).toBeVisible()
  const [came] = await bob.until('INBOX', (there) => there.some((one) => one.subject === subject))
  const lock = await bob.client.getMailboxLock('INBOX')
  const whole = await bob.client.fetchOne(String(came?.uid), { source: true }, { uid: true })
  lock.release()
  expect((await bob.list('INBOX')).filter((one) => one.subject === subject)).toHaveLength(1)
  const source = whole ? (whole.source?.toString('latin1') ?? '') : ''
  expect(source).toMatch(/\r\nResent-From: .*alice@posthorn\.test/)
  expect(source).toMatch(/\r\nResent-To: bob@posthorn\.test/)
  // Not a byte of the message is another.
  expect(source.endsWith(eml.slice(eml.indexOf('From: ')))).toBe(true)
  await alice.until('INBOX', (there) => there.some((one) => one.flags.includes('$Forwarded')))

  // What was done with a message stands in its row, and its exact time where the pointer rests.
  await expect(row(page, subject).getByRole('img', { name: 'Forwarded' })).toBeVisible()
  await expect(row(page, 'Another').getByRole('img', { name: 'Answered' })).toBeVisible()
  await row(page, 'Another').hover()
  await expect(row(page, 'Another').getByText(/^5 Mar 2026, 14:05/)).toBeVisible()

  await more('Edit as new')
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue(subject)
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue(/Forty irises\./)
})

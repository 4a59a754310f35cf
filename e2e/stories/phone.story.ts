// 390 x 844: one pane at a time, by thumb.
import type { Page } from '@playwright/test'
import type { TestUser } from '../servers'
import type { Web } from '../servers/web'
import { finger } from './finger'
import { asUsual, body, expect, folder, list, listed, open, row, said, test, toolbar } from './story'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

const signInByThumb = async (page: Page, web: Pick<Web, 'url'>, user: TestUser) => {
  await page.goto(`${web.url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(user.address)
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).tap()
  await listed(page)
}

test('read, go back, archive, change folders', async ({ page, web, system, post }) => {
  await post.seed('alice', { subject: 'On the train', text: 'Back at seven' })
  await post.seed('alice', { subject: 'Stays' })
  await signInByThumb(page, web, system.users.alice)
  await open(page, 'On the train')
  await expect(body(page)).toContainText('Back at seven')
  await expect(list(page)).toBeHidden()
  await page.goBack()
  await expect(row(page, 'On the train')).toBeVisible()
  await row(page, 'On the train').tap()
  await toolbar(page).getByRole('button', { name: 'Archive' }).tap()
  await expect(said(page, 'Archived')).toBeVisible()
  await page.getByRole('button', { name: 'Back to the list' }).tap()
  await page.getByRole('button', { name: 'Show mailboxes' }).tap()
  await folder(page, 'Archive').tap()
  await expect(row(page, 'On the train')).toBeVisible()
})

test('nothing is wider than the screen', async ({ page, web, system, post }) => {
  await post.seed('alice', { subject: 'A very long subject '.repeat(15).trim() })
  await signInByThumb(page, web, system.users.alice)
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(await wider()).toBeLessThanOrEqual(0)
  await row(page, 'A very long subject').tap()
  await expect(body(page)).toBeVisible()
  expect(await wider()).toBeLessThanOrEqual(0)
})

test('rows are swiped to be archived or deleted, and never while the list scrolls', async ({
  page,
  web,
  system,
  post,
}) => {
  const alice = await post.of('alice')
  for (let n = 10; n < 40; n++)
    await alice.append({ raw: `From: a@posthorn.test\nSubject: Letter ${n}\n\nBody\n`, flags: ['\\Seen'] })
  await signInByThumb(page, web, system.users.alice)
  const under = page.locator('[data-underlay]')

  // Not far enough: it goes back to where it was.
  let touch = await finger(page, row(page, 'Letter 38'))
  await touch.move(-60, 4)
  await expect(under).toHaveAttribute('data-underlay', 'archive')
  await touch.lift()
  await expect(under).toHaveCount(0)
  await expect(row(page, 'Letter 38')).toBeVisible()

  touch = await finger(page, row(page, 'Letter 38'))
  await touch.move(-170, 10)
  await expect(under).toHaveAttribute('data-underlay', 'archive')
  await touch.lift()
  await expect(said(page, 'Archived')).toBeVisible()
  await expect(row(page, 'Letter 38')).toHaveCount(0)
  await alice.until('Archive', (seen) => seen.length === 1)
  // Not by touch: Chromium may take no gesture from a tap so soon after a swipe, and then there is no click.
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(row(page, 'Letter 38')).toBeVisible()

  await page.emulateMedia({ reducedMotion: 'reduce' })
  touch = await finger(page, row(page, 'Letter 37'))
  await touch.move(170, -10)
  await expect(under).toHaveAttribute('data-underlay', 'delete')
  await touch.lift()
  await expect(said(page, 'Moved to Trash')).toBeVisible()
  await alice.until('Trash', (seen) => seen.some(({ subject }) => subject === 'Letter 37'))

  // A finger that goes up scrolls, wherever it goes then; nothing is opened by it either.
  touch = await finger(page, row(page, 'Letter 34'))
  await touch.move(20, -200)
  await touch.move(-150, -200)
  await touch.lift()
  await expect.poll(() => list(page).evaluate((element) => element.scrollTop)).toBeGreaterThan(100)
  await expect(under).toHaveCount(0)
  await expect(page).toHaveURL(/inbox$/)
  const left = await alice.list('INBOX')
  expect(left).toHaveLength(29)

  await page.goto(`${web.url}/settings/appearance`)
  const choice = page.getByRole('group', { name: 'Swiping left' })
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/preferences'))
  await choice.getByText('Star', { exact: true }).tap()
  await expect(choice.getByRole('radio', { name: 'Star' })).toBeChecked()
  expect((await kept).status()).toBe(200)
  await page.goto(`${web.url}/mail/0/inbox`)
  await listed(page)
  touch = await finger(page, row(page, 'Letter 36'))
  await touch.move(-170, 0)
  await touch.lift()
  await alice.until('INBOX', (seen) =>
    seen.some(({ subject, flags }) => subject === 'Letter 36' && flags.includes('\\Flagged')),
  )
  await asUsual(page, web)
})

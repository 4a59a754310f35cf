// 390 x 844: one pane at a time, by thumb.
import type { Page } from '@playwright/test'
import type { TestUser } from '../servers'
import type { Web } from '../servers/web'
import { body, expect, folder, list, listed, open, row, said, test, toolbar } from './story'

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

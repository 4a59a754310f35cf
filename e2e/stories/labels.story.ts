// Labels: made, put on and taken off by mouse and keyboard, looked at, renamed, coloured and deleted; a second
// connection says which keyword the messages carry, and puts one on as Thunderbird does.
import AxeBuilder from '@axe-core/playwright'
import { expect, list, open, reader, row, said, signIn, test, toolbar } from './story'
import type { Page } from '@playwright/test'

const rail = (page: Page) => page.getByRole('navigation', { name: 'Mailboxes' })
const dialog = (page: Page) => page.getByRole('dialog')
const option = (page: Page, name: string) => dialog(page).getByRole('option', { name, exact: true })
const carries = (subject: string, keyword: string) => (seen: { subject: string; flags: string[] }[]) =>
  seen.some((one) => one.subject === subject && one.flags.includes(keyword))
const lacks = (subject: string, keyword: string) => (seen: { subject: string; flags: string[] }[]) =>
  !carries(subject, keyword)(seen)

const clean = async (page: Page, what: string) => {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  expect(violations.map(({ id, nodes }) => `${what}: ${id} at ${nodes[0]?.target.join()}`)).toEqual([])
}

const close = async (page: Page) => {
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}

test('labels are keywords that every client sees', async ({ page, web, system, post }) => {
  for (const subject of ['Hotel', 'Invoice']) await post.seed('alice', { subject })
  await post.seed('alice', { subject: 'Ferry', flags: ['family'] })
  const alice = await post.of('alice')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page, web, system.users.alice)

  // A new one from the menu, by keyboard, on the open message.
  await open(page, 'Ferry')
  await expect(row(page, 'Ferry')).not.toContainText('family')
  await page.keyboard.press('l')
  const which = page.getByRole('combobox', { name: 'Which label?' })
  await which.fill('Cestování & léto')
  await expect(option(page, 'Create label “Cestování & léto”')).toBeVisible()
  await clean(page, 'label menu')
  await page.keyboard.press('Enter')
  await expect(option(page, 'Cestování & léto')).toHaveAttribute('aria-checked', 'true')
  // What another program put there becomes a label when it is wished.
  await option(page, 'Show “family” as a label').click()
  await expect(option(page, 'family')).toHaveAttribute('aria-checked', 'true')
  await close(page)
  const seen = await alice.until('INBOX', (all) =>
    all.some(({ subject, flags }) => subject === 'Ferry' && flags.some((flag) => flag.includes('='))),
  )
  const ferry = seen.find(({ subject }) => subject === 'Ferry')
  const keyword = ferry?.flags.find((flag) => flag.includes('=')) ?? ''
  expect(keyword).toMatch(/^[A-Za-z0-9._-]+=[a-z0-9]+$/)
  await expect(reader(page).getByRole('link', { name: 'Cestování & léto' })).toBeVisible()
  await expect(row(page, 'Ferry')).toContainText('Cestování & léto')
  await expect(row(page, 'Ferry')).toContainText('family')

  // Mixed on a selection: one press puts it on all, Undo takes it only off those that got it.
  await page.keyboard.press('Escape')
  for (const subject of ['Ferry', 'Hotel'])
    await list(page)
      .getByRole('checkbox', { name: `Select ${subject}` })
      .click({ force: true })
  await page
    .getByRole('toolbar', { name: 'Selected messages' })
    .getByRole('button', { name: 'Label' })
    .click()
  await expect(option(page, 'Cestování & léto')).toHaveAttribute('aria-checked', 'mixed')
  await option(page, 'Cestování & léto').click()
  await expect(option(page, 'Cestování & léto')).toHaveAttribute('aria-checked', 'true')
  await page.getByRole('button', { name: 'Done' }).click()
  await alice.until('INBOX', carries('Hotel', keyword))
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await alice.until('INBOX', lacks('Hotel', keyword))
  expect(carries('Ferry', keyword)(await alice.list('INBOX'))).toBe(true)
  await page.keyboard.press('Escape')

  // As Thunderbird marks "To Do", and dragged onto a label.
  const lock = await alice.client.getMailboxLock('INBOX')
  await alice.client.messageFlagsAdd({ subject: 'Invoice' }, ['$label4'])
  lock.release()
  await expect(row(page, 'Invoice')).toContainText('To do')
  await row(page, 'Hotel').dragTo(rail(page).getByRole('link', { name: 'Cestování & léto' }))
  await alice.until('INBOX', carries('Hotel', keyword))

  // All that have it, at an address of their own.
  await rail(page).getByRole('link', { name: 'Cestování & léto' }).click()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(page.getByRole('heading', { name: 'Cestování & léto' })).toBeVisible()
  await page.reload()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(rail(page).getByRole('link', { name: 'Cestování & léto' })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await clean(page, 'messages of a label')

  // Another name and colour: the keyword stays.
  await rail(page).getByRole('button', { name: 'Edit label Cestování & léto' }).click()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('to DO')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('There is a label of that name already')
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Summer')
  await dialog(page).getByRole('radio', { name: 'Teal' }).check({ force: true })
  await clean(page, 'edit label')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Summer' })).toBeVisible()
  await expect(row(page, 'Hotel')).toContainText('Summer')
  expect(carries('Hotel', keyword)(await alice.list('INBOX'))).toBe(true)

  // Off one message from the toolbar: it leaves the list of those that have it.
  await open(page, 'Hotel')
  await toolbar(page).getByRole('button', { name: 'Label' }).click()
  await option(page, 'Summer').click()
  await alice.until('INBOX', lacks('Hotel', keyword))
  await close(page)
  await expect(said(page, 'Removed label Summer')).toBeVisible()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '1')

  await page.goto(`${web.url}/settings/labels`)
  await expect(page.getByRole('button', { name: 'Edit Summer' })).toBeVisible()
  await clean(page, 'settings')
  await page.goBack()

  // Deleted: off every message, after asking.
  await rail(page).getByRole('button', { name: 'Edit label Summer' }).click()
  await dialog(page).getByRole('button', { name: 'Delete label' }).click()
  await dialog(page).getByRole('button', { name: 'Delete label for good' }).click()
  await alice.until('INBOX', (seen) => seen.every(({ flags }) => !flags.includes(keyword)))
  await expect(rail(page).getByRole('link', { name: 'Summer' })).toHaveCount(0)
  await expect(row(page, 'Ferry')).toBeVisible()
})

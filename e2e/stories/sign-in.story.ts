import type { Page } from '@playwright/test'
import { expect, list, row, signIn, test } from './story'
import { freePort } from '../servers/ports'
import { startWeb } from '../servers/web'

const fill = async (page: Page, address: string, password: string) => {
  await page.getByRole('textbox', { name: 'Email address' }).fill(address)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('a person signs in and sees the inbox, signs out and is asked again', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', { subject: 'Tea on Thursday' })
  await page.goto(`${web.url}/`)
  await expect(page).toHaveURL(/\/webmail\/login/)
  await signIn(page, web, system.users.alice)
  await expect(page).toHaveURL(/\/webmail\/mail\/0\/inbox$/)
  await expect(row(page, 'Tea on Thursday')).toBeVisible()
  await page.getByRole('button', { name: new RegExp(`Account ${system.users.alice.address}`) }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('textbox', { name: 'Email address' })).toBeVisible()
  await page.goto(`${web.url}/mail/0/inbox`)
  await expect(page).toHaveURL(/\/login/)
})

test('a wrong password is said to be wrong, the address stays, and the sixth try is held back', async ({
  page,
  system,
}) => {
  // Tries are counted by client address too, which all stories share: a web process of its own.
  const web = await startWeb(system)
  await page.goto(`${web.url}/login`)
  await fill(page, system.users.carol.address, 'not-the-password')
  await expect(page.getByText('Email address or password is not right')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(system.users.carol.address)
  for (let tries = 0; tries < 5; tries++) {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/session'))
    await fill(page, system.users.carol.address, `wrong-${tries}`)
    await answered
  }
  await expect(page.getByText('Too many tries')).toBeVisible()
  await web.stop()
})

test('a mail server that is down is not a wrong password', async ({ page, system, post }) => {
  await post.of('alice')
  const nobody = { ...system, imap: { host: '127.0.0.1', port: await freePort() } }
  const web = await startWeb(nobody)
  try {
    await page.goto(`${web.url}/login`)
    await fill(page, system.users.alice.address, system.users.alice.password)
    await expect(page.getByText('The mail server cannot be reached')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue(system.users.alice.password)
  } finally {
    await web.stop()
  }
})

test('kill -9 of the web process takes no sign-in with it', async ({ page, system, post }) => {
  await post.seed('alice', { subject: 'Still here' })
  const web = await startWeb(system)
  try {
    await signIn(page, web, system.users.alice)
    await web.crash()
    await page.reload()
    await expect(list(page)).toBeVisible()
    await expect(row(page, 'Still here')).toBeVisible()
  } finally {
    await web.stop()
  }
})

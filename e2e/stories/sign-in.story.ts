import type { Page } from '@playwright/test'
import { body, expect, list, listed, row, said, signInByForm, test } from './story'
import { openMailbox } from '../servers/mailbox'
import { freePort } from '../servers/ports'
import { startWeb } from './behind'

const fill = async (page: Page, address: string, password: string) => {
  await page.getByRole('textbox', { name: 'Email address' }).fill(address)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Of the build, on the wire: scripts, styles and the font. Pages and answers go by what is in the mailbox. */
const MOST_OF_A_FIRST_VISIT = 305_000

const weightOfFiles = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const files = new Set<string>()
  const weight = { bytes: 0 }
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('/_next/static/')) files.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) weight.bytes += encodedDataLength
  })
  return weight
}

test('a person signs in and sees the inbox, signs out and is asked again', async ({
  page,
  web,
  system,
  post,
}) => {
  const weight = await weightOfFiles(page)
  await post.seed('alice', { subject: 'Tea on Thursday', text: 'At four.' })
  await page.goto(`${web.url}/`)
  await expect(page).toHaveURL(`${web.url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(system.users.alice.address)
  await page.getByRole('textbox', { name: 'Password' }).fill(system.users.alice.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${web.url}/mail/0/inbox`)
  await listed(page)
  // What a first visit costs, the reader included, which comes in idle time and is there when a message is. No pointer and no
  // key was used on the page so far: what waits for those is not part of it.
  await row(page, 'Tea on Thursday').getByRole('link').dispatchEvent('click')
  await expect(body(page)).toContainText('At four.')
  expect(weight.bytes).toBeGreaterThan(200_000)
  expect(weight.bytes).toBeLessThan(MOST_OF_A_FIRST_VISIT)
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
    await signInByForm(page, web, system.users.alice)
    await web.crash()
    await page.reload()
    await expect(list(page)).toBeVisible()
    await expect(row(page, 'Still here')).toBeVisible()
  } finally {
    await web.stop()
  }
})

test('a person sees where they are signed in, signs another browser out, and changes the password', async ({
  page,
  web,
  system,
  browser,
}) => {
  const { address, password } = system.users.carol
  const wanted = 'a new one, with spaces'
  const elsewhere = await browser.newContext({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  })
  const phone = await elsewhere.newPage()
  await signInByForm(phone, web, system.users.carol)
  await signInByForm(page, web, system.users.carol)
  await page.goto(`${web.url}/settings/account`)
  const devices = page.getByRole('list', { name: 'Signed in' }).getByRole('listitem')
  await expect(devices).toHaveCount(2)
  await expect(devices.first()).toContainText(/on Linux.*This browser/)
  await devices
    .filter({ hasText: 'Safari on iPhone' })
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await expect(said(page, 'Safari on iPhone is signed out')).toBeVisible()
  await expect(devices).toHaveCount(1)
  // Nobody touches the phone.
  await expect(phone.getByRole('status').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await elsewhere.close()

  const change = async (old: string, to: string, again = to) => {
    await page.getByRole('textbox', { name: 'Current password' }).fill(old)
    await page.getByRole('textbox', { name: 'New password', exact: true }).fill(to)
    await page.getByRole('textbox', { name: 'New password again' }).fill(again)
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  await change(password, wanted, 'something else')
  await expect(page.getByText('The two are not the same.')).toBeVisible()
  await change('not this one', wanted)
  await expect(page.getByText('The current password is not right.')).toBeVisible()
  await change(password, wanted)
  await expect(said(page, 'Password changed')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Current password' })).toHaveValue('')
  const second = await openMailbox(system, { address, password: wanted })
  await second.close()
  await page.goto(`${web.url}/mail/0/inbox`)
  await listed(page)
  // As the next story expects it.
  await page.goto(`${web.url}/settings/account`)
  await change(wanted, password)
  await expect(said(page, 'Password changed')).toBeVisible()
})

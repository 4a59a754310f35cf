// A mail server that knows no extension, is gone, and comes back, under a tab that stays open all the while.
import { startImapProxy } from '../servers/imap-proxy'
import { openMailbox } from '../servers/mailbox'
import { startWeb } from './behind'
import { body, expect, open, row, said, signIn, test, toolbar } from './story'

test('mail is read and filed without any extension; a server that dies loses nothing and is found again', async ({
  page,
  system,
  post,
}) => {
  const proxy = await startImapProxy(system.imap)
  proxy.set({ is: 'no-extensions' })
  const web = await startWeb({ ...system, imap: proxy.imap })
  try {
    for (const subject of ['Stays', 'To be kept', 'To be filed']) await post.seed('alice', { subject })
    const alice = await post.of('alice')
    await alice.client.mailboxCreate('Far')
    await post.seed('alice', { subject: 'Bridge, near' })
    await post.seed('alice', { subject: 'Bridge, far', folder: 'Far' })
    await signIn(page, web, system.users.alice)
    await open(page, 'To be filed')
    await expect(body(page)).toContainText('in the garden if it is dry')
    await alice.until('INBOX', (seen) => seen.some(({ flags }) => flags.includes('\\Seen')))
    const archive = toolbar(page).getByRole('button', { name: 'Archive', exact: true })
    await archive.click()
    await expect(said(page, 'Archived')).toBeVisible()
    await alice.until('Archive', (seen) => seen.some(({ subject }) => subject === 'To be filed'))

    // A folder that does not answer holds up nothing of what the others hold.
    proxy.set({ is: 'holds', what: / (SELECT|EXAMINE) "?Far/ })
    await page.getByRole('searchbox', { name: 'Search mail' }).fill('bridge')
    await page.keyboard.press('Enter')
    await expect(row(page, 'Bridge, near')).toBeVisible()
    await expect(said(page, /^1 so far/)).toBeVisible()
    await page.getByRole('button', { name: 'Stop searching' }).click()
    await expect(page.getByText('The search was stopped. There may be more.')).toBeVisible()
    await expect(row(page, 'Bridge, near')).toBeVisible()
    proxy.set({ is: 'no-extensions' })
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(row(page, 'Bridge, far')).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search mail' }).press('Escape')

    // Gone: the row comes back, with the reason.
    await open(page, 'To be kept')
    await expect(body(page)).toBeVisible()
    proxy.refuse()
    await archive.click()
    await expect(page.getByText('Archived: not done.')).toBeVisible({ timeout: 40_000 })
    await expect(row(page, 'To be kept')).toBeVisible()
    const gone = page.getByText('The mail server cannot be reached. Trying again')
    await expect(gone).toBeVisible()

    // Killed and started again, it is found without a reload, with what came meanwhile.
    await system.crash()
    const after = await openMailbox(system, system.users.alice)
    await after.append({ raw: 'From: a@posthorn.test\nSubject: Came meanwhile\n\nHello\n' })
    proxy.set({ is: 'none' })
    await expect(row(page, 'Came meanwhile')).toBeVisible({ timeout: 60_000 })
    await expect(gone).toHaveCount(0)
    expect((await after.list('INBOX')).map(({ subject }) => subject)).toContain('To be kept')
    await after.close()
  } finally {
    await web.stop()
    await proxy.stop()
  }
})

// Messages copied, taken out as files and brought in from files; and a link that finds a message wherever it is.
import { readFile } from 'node:fs/promises'
import { clean } from './clean'
import { expect, list, open, reader, row, said, signIn, test } from './story'

test('a message is copied, by menu and with Ctrl while dragging', async ({ page, web, system, post }) => {
  const subject = await post.seed('alice', { subject: 'Twice, please' })
  const alice = await post.of('alice')
  await alice.client.mailboxCreate('Projects')
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy to' }).click()
  await page.getByRole('combobox', { name: 'Copy to which folder?' }).fill('Proj')
  await page.keyboard.press('Enter')
  await expect(said(page, 'Copied to Projects')).toBeVisible()
  await alice.until('Projects', (seen) => seen.length === 1)
  expect(await alice.list('INBOX')).toHaveLength(1)
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await alice.until('Projects', (seen) => seen.length === 0)

  await page.keyboard.down('Control')
  await row(page, subject).dragTo(
    page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('link', { name: 'Archive' }),
  )
  await page.keyboard.up('Control')
  await alice.until('Archive', (seen) => seen.length === 1)
  expect(await alice.list('INBOX')).toHaveLength(1)
})

test('messages leave as one file, and come back from files', async ({ page, web, system, post }) => {
  const subject = await post.seed('alice', { subject: 'First of two', text: 'From here on.' })
  await post.seed('alice', { subject: 'Second of two' })
  const alice = await post.of('alice')
  await signIn(page, web, system.users.alice)
  await expect(row(page, subject)).toBeVisible()
  await page.getByRole('button', { name: 'Select messages' }).click()
  await page.getByRole('toolbar', { name: 'Selected messages' }).getByRole('button', { name: 'More' }).click()
  const going = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download as mbox' }).click()
  const file = await going
  expect(file.suggestedFilename()).toBe('messages.mbox')
  const mbox = await readFile(await file.path(), 'latin1')
  expect(mbox.match(/^From MAILER-DAEMON /gm)).toHaveLength(2)
  expect(mbox).toContain('\n>From here on.')

  const eml = 'From: z@posthorn.test\nSubject: From a file\nDate: Thu, 5 Mar 2026 09:00:00 +0000\n\nHello\n'
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'letter.eml', { type: 'message/rfc822' }))
    return transfer
  }, eml)
  await list(page).dispatchEvent('dragover', { dataTransfer: data })
  await list(page).dispatchEvent('drop', { dataTransfer: data })
  await expect(said(page, 'Imported 1 message')).toBeVisible()
  await expect(row(page, 'From a file')).toBeVisible()
  await alice.until('INBOX', (seen) => seen.some((one) => one.subject === 'From a file'))

  // The mbox that was taken out comes in again, beside what is no file of messages; then a zip of all, by the menu.
  const back = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(text, (it) => it.charCodeAt(0))], 'two.mbox'))
    transfer.items.add(new File(['x'], 'picture.png'))
    return transfer
  }, mbox)
  await list(page).dispatchEvent('drop', { dataTransfer: back })
  await expect(said(page, 'Importing two.mbox: 2 messages imported')).toBeVisible()
  await clean(page, 'long work')
  await alice.until('INBOX', (seen) => seen.filter((one) => one.subject === subject).length === 2)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '5')
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await page.getByRole('button', { name: 'Select messages' }).click()
  await page.getByRole('toolbar', { name: 'Selected messages' }).getByRole('button', { name: 'More' }).click()
  const packing = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download as zip' }).click()
  const buffer = await readFile(await (await packing).path())
  await page.getByRole('button', { name: 'Clear selection' }).click()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Folder menu' }).click()
  await expect(page.getByRole('menuitem', { name: 'Import messages' })).toBeVisible()
  await clean(page, 'folder menu')
  await page.getByRole('menuitem', { name: 'Import messages' }).click()
  await (await choosing).setFiles({ name: 'all.zip', mimeType: 'application/zip', buffer })
  await expect(said(page, 'Importing all.zip: 5 messages imported')).toBeVisible()
  await alice.until('INBOX', (seen) => seen.length === 10)
})

test('a link with a Message-ID opens the message wherever it is filed', async ({
  page,
  web,
  system,
  post,
}) => {
  const messageId = '<ticket-17@talk.example>'
  const subject = await post.seed('alice', { subject: 'Filed away', messageId, folder: 'Archive' })
  const link = `${web.url}/open?message-id=${encodeURIComponent(messageId)}`
  await signIn(page, web, system.users.alice)
  await page.goto(link)
  await expect(reader(page).getByRole('heading', { name: subject })).toBeVisible()
  expect(page.url()).toContain('/mail/0/archive/')
  await page.goto(link.replace('ticket-17', 'ticket-18'))
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
})

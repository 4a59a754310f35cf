// The people one knows: kept on a page of their own, and offered where somebody writes.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { asUsual, expect, said, sendAfter, signIn, test } from './story'

test.afterEach(async ({ page, web }) => asUsual(page, web))

const register = (page: Page) => page.getByRole('listbox', { name: 'Contacts', exact: true })
const field = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })

const cards = (file: string[][]): Buffer =>
  Buffer.from(
    file.map((lines) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')).join(''),
  )

const choir = [
  ['FN:Hana Novotná', 'EMAIL:carol@posthorn.test', 'CATEGORIES:Choir', 'ADR;TYPE=HOME:;;1 Street;Brno;;;CZ'],
  ['FN:Bob Marsh', 'EMAIL:bob@posthorn.test', 'CATEGORIES:Choir'],
  ['TEL;"no card'],
]

test('contacts are added, changed, grouped, brought in, taken out, deleted and brought back', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.of('alice')
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)
  await page.getByRole('link', { name: 'Contacts' }).click()
  await expect(page.getByText('No contacts yet')).toBeVisible()

  await page.getByRole('button', { name: 'New contact' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Tomás Veiga')
  await page.getByRole('textbox', { name: 'Email address 1' }).fill('tveiga@ostrava')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('“tveiga@ostrava” is not a complete address')).toBeVisible()
  await page.getByRole('textbox', { name: 'Email address 1' }).fill('tveiga@ostrava.example')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Tomás Veiga' })).toBeVisible()

  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Import vCards…' }).click()
  await (await choosing).setFiles({ name: 'choir.vcf', mimeType: 'text/vcard', buffer: cards(choir) })
  await expect(said(page, '2 contacts imported, 1 not understood')).toBeVisible()
  await expect(register(page).getByRole('option')).toHaveCount(3)

  await page.getByRole('searchbox', { name: 'Search contacts' }).fill('novotna')
  await expect(register(page).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('heading', { name: 'Hana Novotná' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('textbox', { name: 'Telephone 1' }).fill('+420 601')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('link', { name: '+420 601' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search contacts' }).fill('')

  await register(page)
    .getByRole('option', { name: /Bob Marsh/ })
    .click()
  await register(page).press('Delete')
  await expect(said(page, 'Bob Marsh was deleted')).toBeVisible()
  await expect(register(page).getByRole('option')).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(register(page).getByRole('option')).toHaveCount(3)

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export as vCards' }).click()
  const file = await readFile(await (await saving).path(), 'utf8')
  expect(file).toContain('ADR;TYPE=HOME:;;1 Street;Brno;;;CZ')
  expect(file).toContain('TEL:+420 601')
  expect(file.match(/^BEGIN:VCARD/gm)).toHaveLength(3)

  await page.getByRole('button', { name: /^Choir/ }).click()
  await expect(register(page).getByRole('option')).toHaveCount(2)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Rename group…' }).click()
  await page.getByRole('textbox', { name: 'Name of the group' }).fill('Singers')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: /^Singers/ })).toBeVisible()

  // A whole group by its name; somebody it holds already is there once.
  await page.getByRole('button', { name: 'New message' }).first().click()
  await field(page, 'To').fill('bob')
  await expect(page.getByRole('option', { name: /Bob Marsh/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await field(page, 'To').pressSequentially('sing')
  await expect(page.getByRole('option', { name: /Singers/ })).toBeVisible()
  await page.keyboard.press('Tab')
  const pills = page.getByRole('list', { name: 'To recipients' }).getByRole('listitem')
  await expect(pills).toHaveCount(2)
  await page.getByRole('textbox', { name: 'Subject' }).fill('Rehearsal')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(said(page, 'Message sent')).toBeVisible()
  const bob = await post.of('bob')
  await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject === 'Rehearsal'))
  const lock = await bob.client.getMailboxLock('INBOX')
  const raw = await bob.client.fetchOne('*', { source: true })
  lock.release()
  if (!raw || !raw.source) throw new Error('bob has no letter')
  const { to } = await simpleParser(raw.source)
  expect([to].flat().flatMap((list) => list?.value ?? [])).toEqual([
    { name: 'Bob Marsh', address: 'bob@posthorn.test' },
    { name: 'Hana Novotná', address: 'carol@posthorn.test' },
  ])
})

import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, open, reader, signIn, test } from './story'
import { letter } from './letters'

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const files = [
  { filename: 'dot.png', content: dot },
  { filename: 'notes.txt', content: 'Žluťoučký kůň <script>alert(1)</script>' },
  { filename: 'notes.txt', content: 'A second one of this name' },
  { filename: 'statement.pdf', contentType: 'application/pdf', content: Buffer.from('MZ\x90\0', 'latin1') },
  { filename: 'hana.vcf', content: 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Hana Novotná\r\nEND:VCARD\r\n' },
]

const withFiles = async (post: { seed: (who: 'alice', parts: object) => Promise<string> }) => {
  const inner = await letter({ subject: 'Inside', html: '<p>The <b>inner</b> words</p>' })
  return post.seed('alice', {
    subject: 'Many files',
    attachments: [
      ...files,
      { content: inner, contentType: 'message/rfc822', contentDisposition: 'attachment', filename: false },
    ],
  })
}

const overlay = (page: Page) => page.getByRole('dialog')
const look = (page: Page, name: string) => page.getByRole('button', { name: `Preview ${name}` }).click()

test('attachments are looked at over the page, and the arrow keys walk through them', async ({
  page,
  web,
  system,
  post,
}) => {
  const subject = await withFiles(post)
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await look(page, 'dot.png')
  const picture = overlay(page).getByRole('img', { name: 'dot.png' })
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1)
  await page.keyboard.press('ArrowRight')
  await expect(overlay(page)).toContainText('Žluťoučký kůň <script>alert(1)</script>')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(overlay(page)).toContainText('Hana Novotná')
  await page.keyboard.press('ArrowRight')
  await expect(overlay(page).getByRole('heading', { name: 'Inside', exact: true })).toBeVisible()
  await expect(overlay(page).frameLocator('iframe').locator('b')).toHaveText('inner')
  await page.keyboard.press('Escape')
  await expect(overlay(page)).toHaveCount(0)
  await expect(page).toHaveURL(/\/mail\/0\/inbox\/\d+-\d+$/)
})

test('all files come down as one archive, each name once; what is not what it says is named', async ({
  page,
  web,
  system,
  post,
}) => {
  const subject = await withFiles(post)
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await expect(reader(page).getByRole('list', { name: 'Attachments' })).toContainText(
    'Says PDF, is a program',
  )
  await expect(page.getByRole('link', { name: /Open statement.pdf/ })).toHaveCount(0)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download all' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('Many files.zip')
  const bytes = readFileSync(await download.path())
  for (const name of ['dot.png', 'notes.txt', 'notes (2).txt', 'statement.pdf', 'hana.vcf', 'Inside.eml'])
    expect(bytes.includes(name)).toBe(true)
  // APPNOTE 4.3.16: the end of the archive says how many there are.
  expect(bytes.readUInt16LE(bytes.length - 12)).toBe(6)
})

test('a file goes along into a new message, which is kept as a draft', async ({
  page,
  web,
  system,
  post,
}) => {
  const subject = await withFiles(post)
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await look(page, 'dot.png')
  await overlay(page).getByRole('button', { name: 'New message with this file' }).click()
  await expect(page.getByRole('list', { name: 'Files' })).toContainText('dot.png')
  await page.getByRole('textbox', { name: 'Subject' }).fill('One dot')
  await page.getByRole('button', { name: 'Save and close' }).click()
  const alice = await post.of('alice')
  await alice.until('Drafts', (seen) => seen.some(({ subject }) => subject === 'One dot'))
  const lock = await alice.client.getMailboxLock('Drafts')
  const { content } = await alice.client.download('1', '2')
  const got = Buffer.concat((await content?.toArray()) ?? [])
  lock.release()
  expect(got.equals(dot)).toBe(true)
})

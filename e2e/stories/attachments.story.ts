import { readFileSync } from 'node:fs'
import type { Page, Route } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { expect, open, reader, said, signIn, test } from './story'
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

test('a file on its way: closing waits for it, discarding is undone with it, and a silent one is begun again', async ({
  page,
  web,
  system,
  post,
}) => {
  await page.clock.install()
  await signIn(page, web, system.users.alice)
  const held: Route[] = []
  let line: 'held' | 'free' = 'free'
  await page.route('**/api/uploads/**', async (route) => {
    if (line === 'free') return route.continue()
    held.push(route)
  })
  const hold = () => (line = 'held')
  const release = async () => {
    line = 'free'
    // One that the page gave up is gone.
    for (const route of held.splice(0)) await route.continue().catch(() => undefined)
  }
  const attach = async (name: string) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Attach files' }).click()
    await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name.repeat(100)) })
  }
  const window = page.getByRole('dialog', { name: /Slow files/ })
  await page.getByRole('button', { name: 'New message' }).first().click()
  await page.getByRole('textbox', { name: 'Subject' }).fill('Slow files')

  // No byte goes and no answer comes: after half a minute it is asked what there is, and gone on from there.
  hold()
  await attach('stalled.txt')
  await expect(window.getByRole('progressbar', { name: 'stalled.txt' })).toBeVisible()
  await expect.poll(() => held.length).toBe(1)
  await page.clock.fastForward(31_000)
  await expect.poll(() => held.length).toBe(2)
  await release()
  await expect(window.getByRole('progressbar')).toHaveCount(0)

  hold()
  await attach('late.txt')
  await expect.poll(() => held.length).toBe(1)
  // Thrown away and had back, it goes on with what was on its way.
  await window.getByRole('button', { name: 'Discard' }).click()
  await expect(window).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(window.getByRole('progressbar', { name: 'late.txt' })).toBeVisible()
  await expect(window.getByRole('list', { name: 'Files' })).toContainText('stalled.txt')
  await expect.poll(() => held.length).toBe(2)
  await window.getByRole('button', { name: 'Save and close' }).click()
  await expect(said(page, 'The draft closes when its files are up.')).toBeVisible()
  await expect(window).toHaveAttribute('data-layout', 'minimised')
  // Its words are safe, but a tab that went now would take the file along.
  const asksToStay = () =>
    page.evaluate(() => !globalThis.dispatchEvent(new Event('beforeunload', { cancelable: true })))
  const isUnsaved = () =>
    page.evaluate(() => Object.values(localStorage).some((kept) => String(kept).includes('"unsaved"')))
  await expect.poll(isUnsaved).toBe(false)
  expect(await asksToStay()).toBe(true)
  await release()
  await expect(window).toHaveCount(0)
  expect(await asksToStay()).toBe(false)
  const alice = await post.of('alice')
  const names = async () => {
    const lock = await alice.client.getMailboxLock('Drafts')
    await alice.client.noop()
    const raw = await alice.client.fetchOne('*', { source: true })
    lock.release()
    const letter = await simpleParser(raw && raw.source ? raw.source : '')
    return letter.attachments.map(({ filename }) => filename)
  }
  await expect.poll(names).toEqual(['stalled.txt', 'late.txt'])
})

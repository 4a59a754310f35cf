// A letter with all that one can put into it: looks, a table, pictures, files in an order of one's own, and what is
// asked of those who carry and read it. What arrives is read by two parsers that are not ours.
import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { png } from './letters'
import {
  asUsual,
  body,
  expect,
  folder,
  open,
  type Post,
  reader,
  row,
  said,
  sendAfter,
  signIn,
  test,
} from './story'

test.afterEach(async ({ page, web }) => asUsual(page, web))

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
const to = async (page: Page, field: string, address: string) => {
  await page.getByRole('combobox', { name: field, exact: true }).fill(address)
  await page.keyboard.press('Enter')
}

/** Of another size than the red square: what arrives can be told apart. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

interface Read {
  structure: string[]
  pictures: Record<string, string>
  headers: Record<string, string>
}

const python = `
import sys, json, hashlib
from email import policy, message_from_binary_file
m = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
parts = list(m.walk())
ids = {p['Content-ID']: hashlib.sha256(p.get_payload(decode=True)).hexdigest() for p in parts if p['Content-ID']}
print(json.dumps({
  'structure': [p.get_content_type() for p in parts],
  'pictures': ids,
  'headers': {k.lower(): str(v) for k, v in m.items()},
  'defects': [str(d) for p in parts for d in p.defects],
}))`

/** Null where there is no Python. */
const readByPython = (raw: Buffer): (Read & { defects: string[] }) | null => {
  const { status, stdout } = spawnSync('python3', ['-c', python], { input: raw })
  return status === 0 ? (JSON.parse(stdout.toString()) as Read & { defects: string[] }) : null
}

const sha256 = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex')

const newest = async (post: Post, who: 'alice' | 'bob', subject: string): Promise<Buffer> => {
  const box = await post.of(who)
  const seen = await box.until('INBOX', (all) => all.some((one) => one.subject === subject))
  const wanted = seen.findLast((one) => one.subject === subject)
  const lock = await box.client.getMailboxLock('INBOX')
  const raw = await box.client.fetchOne(String(wanted?.uid), { source: true }, { uid: true })
  lock.release()
  if (!raw || !raw.source) throw new Error('nothing came')
  return raw.source
}

test('looks, a table, pictures, files in order, wishes: in a draft, on the way, and in the answer', async ({
  page,
  web,
  system,
  post,
}) => {
  // Two people write in turn here.
  test.setTimeout(180_000)
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)
  await page.getByRole('button', { name: 'New message' }).first().click()
  // A slip in a domain one knows is asked about, and stops the message once.
  await to(page, 'To', 'bob@posthrn.test')
  await page.getByRole('textbox', { name: 'Subject' }).fill('The beds')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('almost an address at posthorn.test')).toBeVisible()
  await page.getByRole('button', { name: 'Change to posthorn.test' }).click()
  await expect(page.getByRole('list', { name: 'To recipients' })).toContainText(system.users.bob.address)
  await composer(page).click()
  await page.getByRole('button', { name: 'Formatting', exact: true }).click()
  await page.getByRole('button', { name: 'Colour', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Red', exact: true }).click()
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type('Red ones.')
  await page.keyboard.press('Enter')

  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await page.getByRole('menuitem', { name: '2 rows, 2 columns' }).click()
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type('Tulips')
  await page.keyboard.press('Tab')
  await page.keyboard.type('12')
  await page.keyboard.press('Control+End')
  await page.keyboard.press('ArrowDown')

  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Insert picture' }).click()
  await (await choosing).setFiles({ name: 'bed.png', mimeType: 'image/png', buffer: png })
  const picture = composer(page).locator('img[alt]:not([alt=""])')
  await expect(picture).toHaveCount(1)
  await picture.click()
  await page.getByRole('group', { name: 'Picture' }).getByRole('textbox').fill('The red bed')
  await page.getByRole('button', { name: 'Small', exact: true }).click()

  const files = page.getByRole('list', { name: 'Files' })
  const attach = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (
    await attach
  ).setFiles([
    { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('1') },
    { name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('2') },
    { name: 'dot.gif', mimeType: 'image/gif', buffer: gif },
  ])
  await expect(files.getByRole('listitem')).toHaveCount(3)
  await files.getByRole('button', { name: /^one\.txt/ }).press('ArrowRight')
  await expect(files.getByRole('listitem').first()).toContainText('two.txt')
  await files.getByRole('button', { name: 'Rename two.txt' }).click()
  await files.getByRole('textbox', { name: 'File name' }).fill('zwei – ž.txt')
  await page.keyboard.press('Enter')

  const more = page.getByRole('button', { name: 'More options' })
  await more.click()
  await page.getByRole('menuitem', { name: 'Answers to another address' }).click()
  await to(page, 'Reply-To', 'carol@posthorn.test')
  await more.click()
  await page.getByRole('menuitemradio', { name: 'High priority' }).click()
  await more.click()
  await page.getByRole('menuitemcheckbox', { name: 'Ask for a read receipt' }).click()
  await more.click()
  await page.getByRole('menuitemcheckbox', { name: 'Ask for a delivery notice' }).click()

  // The draft has all of it, and is gone on with.
  await page.getByRole('button', { name: 'Save and close' }).click()
  const alice = await post.of('alice')
  await alice.until('Drafts', (seen) => seen.length === 1)
  await folder(page, 'Drafts').click()
  await row(page, 'The beds').click()
  await page.getByRole('button', { name: 'Continue writing' }).or(composer(page)).first().click()
  await expect(picture).toHaveCount(1)
  await expect(picture).toHaveJSProperty('naturalWidth', 10)
  await expect(files.getByRole('listitem')).toHaveCount(3)
  await expect(files.getByRole('listitem').first()).toContainText('zwei – ž.txt')
  await expect(page.getByText('High priority')).toBeVisible()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(said(page, 'Message sent')).toBeVisible()

  const raw = await newest(post, 'bob', 'The beds')
  const letter = await simpleParser(raw, { skipImageLinks: true })
  expect(letter.html).toContain('<span style="color:#b42318">Red ones.</span>')
  expect(letter.html).toMatch(/<table[^>]*>.*Tulips.*12.*<\/table>/s)
  expect(letter.html).toMatch(/<img src="cid:[^"]+@inline" alt="The red bed" width="200"/)
  expect(letter.text).toContain('Tulips | 12')
  expect(letter.text).toContain('[The red bed]')
  expect(letter.attachments.map(({ filename, related }) => [filename, related ?? false])).toEqual([
    ['bed.png', true],
    ['zwei – ž.txt', false],
    ['one.txt', false],
    ['dot.gif', false],
  ])
  expect(letter.attachments[0]?.content.equals(png)).toBe(true)
  expect(letter.replyTo?.value).toEqual([{ name: '', address: 'carol@posthorn.test' }])
  expect(letter.headers.get('priority')).toBe('high')
  expect(letter.headers.has('disposition-notification-to')).toBe(true)
  expect(letter.headers.has('x-posthorn-draft')).toBe(false)
  const second = readByPython(raw)
  if (second) {
    expect(second.defects).toEqual([])
    expect(second.structure.slice(0, 5)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
    ])
    expect(Object.values(second.pictures)).toEqual([await sha256(png)])
  }
  // Who carried it says that it arrived (RFC 3464).
  await alice.until('INBOX', (seen) => seen.length === 1)

  // The answer keeps the picture, and only that.
  const bobs = await (await page.context().browser()!.newContext()).newPage()
  await signIn(bobs, web, system.users.bob)
  await sendAfter(0, bobs, web)
  await open(bobs, 'The beds')
  await expect(body(bobs).locator('img')).toHaveCount(1)
  // To what is selected: the picture in it comes along.
  await body(bobs).evaluate((all) => {
    const selection = all.ownerDocument.getSelection()!
    selection.selectAllChildren(all)
  })
  await reader(bobs).getByRole('button', { name: 'Reply', exact: true }).first().click()
  await expect(composer(bobs).locator('blockquote img[alt="The red bed"]')).toHaveJSProperty(
    'naturalWidth',
    10,
  )
  await bobs.getByRole('button', { name: 'Discard' }).click()
  await expect(composer(bobs)).toHaveCount(0)
  await body(bobs).evaluate((all) => all.ownerDocument.getSelection()!.removeAllRanges())
  await reader(bobs).getByRole('button', { name: 'Reply', exact: true }).first().click()
  await expect(composer(bobs).locator('img[alt]:not([alt=""])')).toHaveJSProperty('naturalWidth', 10)
  await expect(bobs.getByRole('list', { name: 'To recipients' })).toContainText('carol@posthorn.test')
  await to(bobs, 'To', system.users.alice.address)
  await bobs.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(said(bobs, 'Message sent')).toBeVisible()
  const answer = await simpleParser(await newest(post, 'alice', 'Re: The beds'), { skipImageLinks: true })
  expect(answer.attachments.map(({ content, related }) => [content.equals(png), related])).toEqual([
    [true, true],
  ])
  expect(answer.html).toContain(`cid:${answer.attachments[0]?.cid}`)
  await bobs.context().close()
})

// Who one writes as, and the texts one has ready: set once, in every message from then on.
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { png } from './letters'
import { asUsual, expect, open, reader, said, sendAfter, signIn, test, type Post } from './story'

test.afterEach(async ({ page, web }) => asUsual(page, web))

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
const from = (page: Page) => page.getByRole('combobox', { name: 'From', exact: true })

const newest = async (post: Post, person: 'bob' | 'carol', subject: string) => {
  const mailbox = await post.of(person)
  await mailbox.until('INBOX', (seen) => seen.some((one) => one.subject === subject))
  const lock = await mailbox.client.getMailboxLock('INBOX')
  const raw = await mailbox.client.fetchOne('*', { source: true })
  lock.release()
  if (!raw || !raw.source) throw new Error(`${person} has no letter`)
  return simpleParser(raw.source, { skipImageLinks: true })
}

const sign = async (page: Page, text: string) => {
  const field = page.getByRole('textbox', { name: 'Signature', exact: true })
  await field.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

test('each identity writes with its own signature, address and copies; templates fill in', async ({
  page,
  web,
  system,
  post,
  kind,
}) => {
  await post.of('carol')
  await post.seed('alice', { subject: 'Tulips?', to: 'alice+shop@posthorn.test', messageId: '<tulips@x>' })
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)

  await page.goto(`${web.url}/settings/identities`)
  await page.getByRole('button', { name: 'Edit alice@posthorn.test' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Alice Fenn')
  await sign(page, 'Alice, at home')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'New identity' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Fenn Nursery')
  await page.getByRole('textbox', { name: 'Email address' }).fill('alice+shop@posthorn')
  await page.getByRole('textbox', { name: 'Answers go to' }).fill('orders@posthorn.test')
  await page.getByRole('textbox', { name: 'Always send a copy to' }).fill('carol@posthorn.test')
  await page.getByRole('textbox', { name: 'Organisation' }).fill('Fenn & Daughters')
  await sign(page, '**Fenn Nursery** since 1921 ')
  const logo = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Insert picture' }).click()
  await (await logo).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png })
  await expect(
    page.getByRole('textbox', { name: 'Signature', exact: true }).locator('img[alt="logo.png"]'),
  ).toHaveJSProperty('naturalWidth', 10)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This is not a complete address.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Email address' }).fill('alice+shop@posthorn.test')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Edit Fenn Nursery' })).toBeVisible()

  await page.goto(`${web.url}/settings/templates`)
  await page.getByRole('button', { name: 'New template' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Thanks')
  await page.getByRole('textbox', { name: 'Shortcut' }).fill('/thanks')
  await page.getByRole('textbox', { name: 'Text', exact: true }).click()
  await page.keyboard.type('Thank you, {first name}!')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('/thanks', { exact: true })).toBeVisible()

  // An answer comes from the address that was written to, its signature above the original.
  await page.goto(`${web.url}/mail/0/inbox`)
  await open(page, 'Tulips?')
  await reader(page).getByRole('button', { name: 'Reply', exact: true }).first().click()
  await expect(composer(page)).toContainText('in the garden if it is dry')
  await expect(from(page).locator('option:checked')).toHaveText('Fenn Nursery <alice+shop@posthorn.test>')
  await composer(page).press('Control+Home')
  await page.keyboard.type('/thanks Red ones.')
  await page.keyboard.press('Control+Enter')
  await expect(said(page, 'Message sent')).toBeVisible()
  const answer = await newest(post, 'bob', 'Re: Tulips?')
  expect(answer.from?.value).toEqual([{ name: 'Fenn Nursery', address: 'alice+shop@posthorn.test' }])
  expect(answer.replyTo?.value).toEqual([{ name: '', address: 'orders@posthorn.test' }])
  expect(answer.headers.get('organization')).toBe('Fenn & Daughters')
  expect(answer.headers.has('bcc')).toBe(false)
  expect(answer.html).toContain('<b>Fenn Nursery</b>')
  expect(answer.attachments.map(({ content, related }) => [content.equals(png), related])).toEqual([
    [true, true],
  ])
  expect(answer.html).toContain(`cid:${answer.attachments[0]?.cid}`)
  expect(answer.text?.split('\n').filter(Boolean)).toEqual([
    'Thank you, Bob!Red ones.',
    'Fenn Nursery since 1921 [logo.png]',
    expect.stringMatching(/Bob Marsh wrote:$/),
    '> At four, in the garden if it is dry.',
  ])
  expect((await newest(post, 'carol', 'Re: Tulips?')).messageId).toBe(answer.messageId)

  // A new message is the usual one's; changing who writes changes signature and copies.
  await page.getByRole('button', { name: 'New message' }).first().click()
  await expect(composer(page)).toContainText('Alice, at home')
  await from(page).selectOption({ label: 'Fenn Nursery <alice+shop@posthorn.test>' })
  await expect(composer(page)).toContainText('since 1921')
  await expect(composer(page)).not.toContainText('at home')
  const bcc = page.getByRole('list', { name: 'Bcc recipients' })
  await expect(bcc).toContainText('carol@posthorn.test')
  await from(page).selectOption({ label: 'Alice Fenn <alice@posthorn.test>' })
  await expect(composer(page)).toContainText('at home')
  await expect(bcc.getByRole('listitem')).toHaveCount(0)
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('bob@posthorn.test')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Subject' }).fill('From home')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const letter = await newest(post, 'bob', 'From home')
  expect(letter.from?.text).toBe('"Alice Fenn" <alice@posthorn.test>')
  expect(letter.text).toContain('-- \nAlice, at home')
  expect(letter.headers.has('organization')).toBe(false)

  if (kind !== 'posthorn') return
  // The bundled server lets nobody write as somebody else, and that is said in words.
  await page.goto(`${web.url}/settings/identities`)
  await page.getByRole('button', { name: 'Edit Fenn Nursery' }).click()
  await page.getByRole('textbox', { name: 'Email address' }).fill('carol@posthorn.test')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Make usual Fenn Nursery' }).click()
  await page.getByRole('button', { name: 'New message' }).first().click()
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('bob@posthorn.test')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Subject' }).fill('As Carol')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText(/The server does not let you write from this address/)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('As Carol')
})

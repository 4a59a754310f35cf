// The neighbours of the open message are loaded behind it: opened in no time, and until then nobody knows of it.
import type { Page } from '@playwright/test'
import { asUsual, body, expect, open, reader, signIn, test, toolbar } from './story'

const behind = (page: Page) => page.locator('[inert] iframe')
const outside = (page: Page, own: string) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (/\/api\/images|images=shown|\/first$|\/receipt$|\/parts\//.test(request.url()))
      asked.push(request.url())
    if (new URL(request.url()).hostname !== new URL(own).hostname && !request.url().startsWith('data:'))
      asked.push(request.url())
  })
  return asked
}

/**
 * What stands in the reader when a key's own task has ended, before anything is painted or React has drawn, and what of it
 * was made for that key. `row` is the list's, which follows.
 */
const afterKey = (key: string) => {
  const made = new WeakSet<Node>()
  const watched = ['createElement', 'createElementNS', 'createTextNode', 'importNode'] as const
  const own = Object.fromEntries(watched.map((name) => [name, document[name]]))
  for (const name of watched)
    Object.assign(document, {
      [name]: (...given: never[]) => {
        const node = (own[name] as (...given: never[]) => Node).apply(document, given)
        made.add(node)
        return node
      },
    })
  const frames = [...document.querySelectorAll<HTMLIFrameElement>('[inert] iframe')]
  const before = new Map(frames.map((frame) => [frame, frame.contentDocument]))
  const code = `Key${key.toUpperCase()}`
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }))
  for (const name of watched) Reflect.deleteProperty(document, name)
  const shown = document.querySelector<HTMLIFrameElement>('iframe[title="Message body"]')
  const region = shown?.closest('section')
  const all = [...(region?.querySelectorAll('*') ?? [])]
  return {
    shown: document.querySelectorAll('iframe[title="Message body"]').length,
    reached: shown?.closest('[inert]') === null,
    seen: shown?.checkVisibility({ visibilityProperty: true }),
    same: shown !== null && before.get(shown) === shown.contentDocument,
    tall: shown?.clientHeight,
    headings: [...(region?.querySelectorAll('h2') ?? [])].map((one) => one.textContent),
    row: document.querySelector('[role=row][aria-selected=true]')?.textContent?.includes('Open one'),
    made: all.filter((node) => made.has(node)).map((node) => node.outerHTML.slice(0, 200)),
  }
}

test.afterEach(({ page, web }) => asUsual(page, web))

test('next and previous are there before they are asked for, and say nothing until then', async ({
  page,
  web,
  system,
  post,
}) => {
  const day = (n: number) => ({ date: `2026-03-0${n}T09:00:00Z` })
  await post.seed('alice', { subject: 'Oldest', text: 'One', ...day(1) })
  await post.seed('alice', {
    subject: 'Newsletter',
    html: '<p>Two</p><img src="https://tracker.example.org/pixel.gif">',
    attachments: [{ filename: 'iris.png', content: Buffer.alloc(500, 7), contentType: 'image/png' }],
    headers: { 'Disposition-Notification-To': 'bob@posthorn.test', 'Return-Path': 'bob@posthorn.test' },
    ...day(2),
  })
  await post.seed('alice', { subject: 'Open one', text: 'Three', ...day(3) })
  await post.seed('alice', { subject: 'Newest', text: 'Four', ...day(4) })
  const alice = await post.of('alice')
  const lists: string[] = []
  page.on('response', async (answer) => {
    if (/\/inbox\/messages\?/.test(answer.url())) lists.push(await answer.text())
  })
  await signIn(page, web, system.users.alice)
  // The rows came with the page; when the watch begins they are asked for once more or twice, and not sent again.
  await expect.poll(() => lists.length).toBeGreaterThan(0)
  expect(new Set(lists)).toEqual(new Set(['{"unchanged":true}']))
  const early = outside(page, web.url)
  await open(page, 'Open one')
  await expect(behind(page)).toHaveCount(2)
  const texts = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLIFrameElement>('[inert] iframe')].map(
        (frame) => frame.contentDocument?.body?.dataset.phKind && frame.contentDocument.body.innerText.trim(),
      ),
    )
  await expect.poll(async () => (await texts()).sort()).toEqual(['Four', 'Two'])

  // Nobody sees, hears or reaches them, and the server knows nothing.
  const here = page.url().split('/').at(-1) ?? ''
  expect(early.filter((url) => !url.includes(here))).toEqual([])
  await expect(reader(page)).not.toContainText('Newsletter')
  await expect(page.getByTitle('Message body')).toHaveCount(1)
  expect(await behind(page).first().isVisible()).toBe(false)
  const seen = await alice.until('INBOX', (all) => all.some(({ flags }) => flags.includes('\\Seen')))
  expect(seen.filter(({ flags }) => flags.includes('\\Seen')).map(({ subject }) => subject)).toEqual([
    'Open one',
  ])

  // The same frame comes to light, and its document is not loaded again. What stands around it was made before the key, and
  // both are there when the key has been heard; the list and the address follow what is then painted.
  const took = await page.evaluate(afterKey, 'j')
  const toSee = { shown: 1, reached: true, seen: true, same: true }
  expect(took).toMatchObject({ ...toSee, headings: ['Newsletter'], row: true, made: [] })
  expect(took.tall).toBeGreaterThan(20)
  await expect(page.getByRole('row', { selected: true })).toContainText('Newsletter')
  await expect.poll(() => page.url().split('/').at(-1)).not.toBe(here)
  await expect(reader(page).getByRole('heading', { name: 'Newsletter' })).toBeVisible()
  await expect(body(page)).toContainText('Two')
  await alice.until('INBOX', (all) => all.filter(({ flags }) => flags.includes('\\Seen')).length === 2)
  await expect(behind(page)).toHaveCount(2)

  // Said before it is drawn, "unread" holds: the star, asked for after it, is there, and the message is unread.
  await page.keyboard.press('k')
  await expect(reader(page).getByRole('heading', { name: 'Open one' })).toBeVisible()
  await expect.poll(async () => (await texts()).sort()).toEqual(['Four', 'Two'])
  await page.evaluate(() => {
    for (const [key, code] of [
      ['k', 'KeyK'],
      ['u', 'KeyU'],
    ])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }))
  })
  await expect(toolbar(page).getByRole('button', { name: 'Mark as read' })).toBeVisible()
  await page.keyboard.press('s')
  await expect(reader(page).getByRole('img', { name: 'Starred' })).toBeVisible()
  const starred = await alice.until('INBOX', (all) => all.some(({ flags }) => flags.includes('\\Flagged')))
  expect(starred.find(({ subject }) => subject === 'Newest')?.flags).not.toContain('\\Seen')

  // Keys that come faster than anything is painted each count, the first of them too, and leave one message open.
  await expect(behind(page)).toHaveCount(1)
  await expect.poll(texts).toEqual(['Three'])
  await page.evaluate(() => {
    for (const key of ['j', 'j', 'j'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: 'KeyJ', bubbles: true }))
  })
  await expect(body(page)).toContainText('One')
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Oldest')
  await expect(page.getByRole('row', { selected: true })).toContainText('Oldest')
  await expect(reader(page)).not.toContainText('Open one')

  // Where images are always shown, a message that would fetch some waits until it is opened.
  const put = async (url: string) => {
    const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
    const answer = await fetch(url, {
      method: 'PUT',
      headers,
      body: '{"images":"always","receipts":"always"}',
    })
    return answer.status
  }
  expect(await page.evaluate(put, `${web.url}/api/preferences`)).toBe(200)
  await page.goto(`${web.url}/mail/0/inbox`)
  const asked = outside(page, web.url)
  await open(page, 'Open one')
  await expect.poll(async () => (await texts()).filter((text) => text === 'Four')).toHaveLength(1)
  expect(await behind(page).count()).toBe(1)
  expect(asked.filter((url) => !url.endsWith('/first') && !url.includes('images=shown'))).toEqual([])
})

// The neighbours of the open message are loaded behind it: opened in no time, and until then nobody knows of it.
import type { Page } from '@playwright/test'
import { asUsual, body, expect, open, reader, signIn, test } from './story'

const behind = (page: Page) => page.locator('[inert] iframe')
const outside = (page: Page, own: string) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (/\/api\/images|images=shown|\/first$|\/receipt$/.test(request.url())) asked.push(request.url())
    if (new URL(request.url()).hostname !== new URL(own).hostname && !request.url().startsWith('data:'))
      asked.push(request.url())
  })
  return asked
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
    headers: { 'Disposition-Notification-To': 'bob@posthorn.test', 'Return-Path': 'bob@posthorn.test' },
    ...day(2),
  })
  await post.seed('alice', { subject: 'Open one', text: 'Three', ...day(3) })
  await post.seed('alice', { subject: 'Newest', text: 'Four', ...day(4) })
  const alice = await post.of('alice')
  await signIn(page, web, system.users.alice)
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
  await expect(reader(page)).not.toContainText('Newsletter')
  await expect(page.getByTitle('Message body')).toHaveCount(1)
  expect(await behind(page).first().isVisible()).toBe(false)
  const seen = await alice.until('INBOX', (all) => all.some(({ flags }) => flags.includes('\\Seen')))
  expect(seen.filter(({ flags }) => flags.includes('\\Seen')).map(({ subject }) => subject)).toEqual([
    'Open one',
  ])

  // The same frame comes to light: its document is not loaded again, and is there in the frame that follows.
  const took = await page.evaluate(async () => {
    const wanted = [...document.querySelectorAll<HTMLIFrameElement>('[inert] iframe')].find(
      (frame) => frame.contentDocument?.body.innerText.trim() === 'Two',
    )
    const before = wanted?.contentDocument
    const start = performance.now()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }))
    await Promise.resolve()
    const ms = performance.now() - start
    await new Promise((done) => requestAnimationFrame(done))
    return { ms, title: wanted?.title, same: wanted?.contentDocument === before, tall: wanted?.clientHeight }
  })
  console.log(`a prepared message was shown ${took.ms.toFixed(1)} ms after the key`)
  expect(took).toMatchObject({ title: 'Message body', same: true })
  expect(took.tall).toBeGreaterThan(20)
  await expect(reader(page).getByRole('heading', { name: 'Newsletter' })).toBeVisible()
  await expect(body(page)).toContainText('Two')
  await alice.until('INBOX', (all) => all.filter(({ flags }) => flags.includes('\\Seen')).length === 2)
  await expect(behind(page)).toHaveCount(2)

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

// Pictures and what other programs put on the clipboard: pasted, dropped, dragged about, made smaller, taken out of the
// text; and what of it arrives.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { repository } from '../servers/repository'
import { asUsual, expect, said, sendAfter, signIn, test } from './story'

test.afterEach(async ({ page, web }) => asUsual(page, web))

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
const files = (page: Page) => page.getByRole('list', { name: 'Files' })
const clipboard = (name: string) => readFileSync(join(repository, 'e2e/fixtures/pastes', name), 'utf8')
/** Chromium draws an image of its own for the cursor beside one that cannot be edited. */
const pictures = (page: Page) => composer(page).locator('img:not(.ProseMirror-separator)')

interface Brought {
  html?: string
  text?: string
  /** Drawn in the page: a photo of that many pixels each way. */
  photo?: { name: string; side: number }
}

/** As the browser hands over what comes from the clipboard, or is dropped on the text. */
const bring = (page: Page, how: 'paste' | 'drop', brought: Brought) =>
  composer(page).evaluate(
    async (editor, { how, html, text, photo }) => {
      const data = new DataTransfer()
      if (html) data.setData('text/html', html)
      if (text) data.setData('text/plain', text)
      if (photo) {
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = photo.side
        const paint = canvas.getContext('2d')!
        const dots = paint.createImageData(photo.side, photo.side)
        // Noise, so that it is as heavy as a photo.
        for (let at = 0, seed = 1; at < dots.data.length; at++) {
          seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
          dots.data[at] = at % 4 === 3 ? 255 : seed >>> 24
        }
        paint.putImageData(dots, 0, 0)
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
        data.items.add(new File([blob!], photo.name, { type: 'image/png' }))
      }
      const { left, bottom, width } = editor.lastElementChild!.getBoundingClientRect()
      const place = { clientX: left + width / 2, clientY: bottom - 4 }
      const shared = { bubbles: true, cancelable: true }
      editor.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { ...shared, clipboardData: data })
          : new DragEvent('drop', { ...shared, ...place, dataTransfer: data }),
      )
    },
    { how, ...brought },
  )

test('what is pasted and dropped stands in the letter as it was meant, and arrives so', async ({
  page,
  web,
  system,
  post,
}) => {
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)
  await page.getByRole('button', { name: 'New message' }).first().click()
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('bob@posthorn.test')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Pasted')
  await composer(page).click()

  // Word and Google Docs: the same letter, whichever wrote it.
  const outline = () =>
    composer(page).evaluate((editor) => {
      const told = (node: Element): string =>
        node.matches('p, h1, h2') && !node.closest('li, td')
          ? `${node.tagName} ${node.textContent}`
          : node.matches('ul, ol')
            ? `${node.tagName}[${[...node.children].map(told).join(', ')}]`
            : node.matches('li')
              ? [...node.children]
                  .map((part) => (part.matches('p') ? part.textContent : told(part)))
                  .join(' ')
              : [...node.querySelectorAll('tr')]
                  .map((row) => `${[...row.children].map((cell) => cell.textContent).join(' | ')}`)
                  .join(' / ')
      return [...editor.children].map(told)
    })
  const letter = (heading: string, yesterday: string) => [
    heading,
    `P Dear Alice, as agreed${yesterday}:`,
    'P ',
    'UL[Tulips UL[Red ones], Crocuses]',
    'OL[Dig, Water]',
    'Bed | Bulbs / North | 120',
    'P See the plan.',
  ]
  await bring(page, 'paste', { html: clipboard('word.html'), text: 'Autumn planting' })
  await expect.poll(outline).toEqual(letter('H1 Autumn planting', ' with Žofie'))
  await expect(composer(page).locator('ol')).toHaveAttribute('start', '3')
  await expect(composer(page).locator('b, strong')).toHaveText('Alice')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await bring(page, 'paste', { html: clipboard('docs.html'), text: 'Autumn planting' })
  await expect.poll(outline).toEqual(letter('H2 Autumn planting', ' yesterday'))
  await expect(composer(page).locator('b, strong')).toHaveText('Alice')
  await expect(composer(page).locator('i, em')).toHaveText('agreed')
  await expect(composer(page).locator('a')).toHaveAttribute('href', 'https://www.example.org/beds')

  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Yours, ')
  await page.getByRole('button', { name: 'Formatting', exact: true }).click()
  await page.getByRole('button', { name: 'Emoji', exact: true }).click()
  await page.getByRole('menuitem').nth(3).click()
  await page.keyboard.press('Enter')

  // A screenshot from the clipboard, a photo dropped from the desktop.
  await bring(page, 'paste', { photo: { name: 'image.png', side: 40 } })
  await expect(pictures(page)).toHaveCount(1)
  await bring(page, 'drop', { photo: { name: 'garden.png', side: 900 } })
  await expect(pictures(page)).toHaveCount(2)
  await expect(pictures(page).last()).toHaveJSProperty('naturalWidth', 900)
  await pictures(page).last().click()
  const row = page.getByRole('group', { name: 'Picture' })
  await row.getByRole('button', { name: /Make smaller/ }).click()
  await expect(row.getByRole('button', { name: /Make smaller/ })).toHaveCount(0)

  // Dragged to the first line, and nothing is added by it.
  await pictures(page).first().scrollIntoViewIfNeeded()
  await pictures(page)
    .first()
    .dragTo(composer(page).locator('p').filter({ hasText: 'See the plan' }))
  await expect(pictures(page)).toHaveCount(2)
  await expect(
    composer(page).locator('p').filter({ hasText: 'See' }).locator('img:not(.ProseMirror-separator)'),
  ).toHaveCount(1)

  // Out of the text, and beside it.
  await pictures(page).last().click()
  await row.getByRole('button', { name: 'Attach instead' }).click()
  await expect(pictures(page)).toHaveCount(1)
  await expect(files(page)).toContainText('garden.jpg')

  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(said(page, 'Message sent')).toBeVisible()
  const bob = await post.of('bob')
  await bob.until('INBOX', (seen) => seen.length === 1)
  const lock = await bob.client.getMailboxLock('INBOX')
  const raw = await bob.client.fetchOne('*', { source: true })
  lock.release()
  if (!raw || !raw.source) throw new Error('bob has no letter')
  const arrived = await simpleParser(raw.source, { skipImageLinks: true })
  expect(arrived.attachments.map(({ filename, related }) => [filename, related ?? false])).toEqual([
    ['image.png', true],
    ['garden.jpg', false],
  ])
  expect(arrived.html).toMatch(/the plan<\/u><\/a>\.<img src="cid:[^"]+@inline" alt="image.png"/)
  expect(arrived.text).toMatch(/^Yours, \p{Emoji}/mu)
  expect(arrived.text).toContain('- Tulips\n  - Red ones\n- Crocuses\n\n3. Dig\n4. Water')
})

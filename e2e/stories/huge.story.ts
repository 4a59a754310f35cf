// A mailbox of very many messages, looked at from end to end. In `npm test` it holds a few thousand;
// `npm run test:long -- huge` tells the story of 100,000.
import type { Page } from '@playwright/test'
import { shares } from '../servers/maildir'
import { openMailbox } from '../servers/mailbox'
import { expect, list, many, row, signIn, test } from './story'

test.use({ letters: many })

/** Of the usual density. */
const rowHeight = 80

const listed = '/mailboxes/inbox/messages'

const windows = (page: Page) => {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (pathname.endsWith(listed)) asked.push(search)
  })
  return asked
}

const choose = async (page: Page, menu: string, name: string) => {
  await page.getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menuitemradio', { name, exact: true }).click()
}

const rows = (page: Page, count: number) => expect(list(page)).toHaveAttribute('aria-rowcount', String(count))

/** Where the first row in view stands, once each in view is the message of its place; -1 until then. */
const firstInView = (page: Page, letters: number) =>
  list(page).evaluate((grid, count) => {
    const { top, bottom } = grid.getBoundingClientRect()
    const inView = [...grid.querySelectorAll('[role=row]')].filter((one) => {
      const box = one.getBoundingClientRect()
      return box.top >= top && box.bottom <= bottom
    })
    const placeOf = (one: Element) => Number(one.getAttribute('aria-rowindex'))
    const right = inView.every((one) => one.textContent.includes(`Letter ${count - placeOf(one)}`))
    return right && inView[0] ? placeOf(inView[0]) : -1
  }, letters)

/** What the tab holds once its garbage is gone, in MB. */
const memory = async (page: Page): Promise<number> => {
  const inside = await page.context().newCDPSession(page)
  await inside.send('HeapProfiler.collectGarbage')
  const { usedSize } = await inside.send('Runtime.getHeapUsage')
  await inside.detach()
  return usedSize / 1e6
}

/** How long each step took, in milliseconds, for `npm run test:long`. */
const stopwatch = () => {
  const took: Record<string, number> = {}
  return {
    took,
    time: async (what: string, step: () => Promise<unknown>) => {
      const start = performance.now()
      await step()
      took[what] = Math.round(performance.now() - start)
    },
  }
}

test('a very full inbox is there from end to end, in every order, and is acted on as one', async ({
  page,
  web,
  system,
  letters,
  kind,
}) => {
  const { took, time } = stopwatch()
  test.setTimeout(120_000 + letters * 12)
  const alice = await openMailbox(system, system.users.alice)
  // A server may take its time to know so many files; a person signs in afterwards.
  const lock = await alice.client.getMailboxLock('INBOX')
  lock.release()
  await alice.client.mailboxClose()
  const wait = { timeout: 15_000 + letters }
  // Whoever has just come is brought up to date once more from the top: that is over before anything is counted.
  const upToDate = page.waitForResponse((answer) => new URL(answer.url()).pathname.endsWith(listed), wait)
  await time('sign in', () => signIn(page, web, system.users.alice))
  await rows(page, letters)
  await upToDate
  await expect(row(page, `Letter ${letters - 1}`)).toBeVisible()

  // The scrollbar covers all of it; wherever one lets go of it, the rows are one request away.
  const before = await memory(page)
  const asked = windows(page)
  const jump = async (index: number) => {
    await list(page).evaluate((element, top) => element.scrollTo(0, top), index * rowHeight)
    await expect.poll(() => firstInView(page, letters), wait).toBeGreaterThan(index - 100)
  }
  await time('jump to the middle', () => jump(Math.floor(letters / 2)))
  const far = asked.filter((search) => Number(new URLSearchParams(search).get('offset')) > 1000)
  expect(far).toHaveLength(1)
  for (let part = 1; part < 8; part++) await jump(Math.floor((letters * part) / 8))
  await list(page).evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await expect(row(page, 'Letter 0').first()).toBeInViewport(wait)
  // What was looked at is kept; what was not costs a place in an array.
  const grown = (await memory(page)) - before
  expect(grown).toBeLessThan(5 + (letters * 100) / 1e6)

  const first = list(page).getByRole('row').first()
  const sort = (name: string, shows: RegExp) =>
    time(`sort by ${name}`, async () => {
      await choose(page, 'Sort', name)
      await expect(first).toContainText(shows, wait)
    })
  await sort('Size', /Letter \d*999\b/)
  await expect(first).toContainText(/1\d(\.\d)? kB/i)
  await sort('Sender', /Ana Silva/)
  await sort('Subject', /Letter 0\b/)
  await choose(page, 'Sort', 'Date')
  const counts = (menu: string, name: string, count: number) =>
    time(name, async () => {
      await choose(page, menu, name)
      await expect(list(page)).toHaveAttribute('aria-rowcount', String(count), wait)
    })
  await counts('Sort', 'Conversations', letters - letters / shares.answers)
  await choose(page, 'Sort', 'Messages')
  await counts('Filter', 'With attachment', letters / shares.files)
  await counts('Filter', 'Unread', letters / shares.unread)

  // Everything unread is read, then everything is filed, by the server in pieces.
  const selected = page.getByRole('toolbar', { name: 'Selected messages' })
  const all = async (count: number) => {
    await page.getByRole('button', { name: 'Select messages' }).click()
    await page.getByRole('button', { name: `Select all ${count.toLocaleString('en-GB')}` }).click()
  }
  const done = (count: number) =>
    time(`act on ${count}`, async () => {
      const told = page
        .getByRole('status')
        .filter({ hasText: `All ${count.toLocaleString('en-GB')} messages done` })
      await expect(told).toBeVisible({ timeout: 30_000 + letters * 8 })
    })
  const status = () => alice.client.status('INBOX', { messages: true, unseen: true })
  await all(letters / shares.unread)
  await selected.getByRole('button', { name: 'Mark as read' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark', exact: true }).click()
  await done(letters / shares.unread)
  expect(await status()).toMatchObject({ messages: letters, unseen: 0 })
  await choose(page, 'Filter', 'All messages')
  await rows(page, letters)
  await all(letters)
  await selected.getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Move to Archive' }).click()
  await done(letters)
  await expect(page.getByText('Inbox is empty')).toBeVisible()
  expect(await status()).toMatchObject({ messages: 0 })
  expect(await alice.client.status('Archive', { messages: true })).toMatchObject({ messages: letters })
  await alice.close()
  console.log(`measured on ${kind}: ${JSON.stringify({ ...took, 'memory, MB': Math.round(grown) })}`)
})

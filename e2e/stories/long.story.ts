// Messages that are too much: ten megabytes of HTML, and one that the server cannot take apart.
import type { Page } from '@playwright/test'
import { tapInFrontOf } from '../servers/tap'
import { startWeb } from './behind'
import { body, expect, open, reader, row, signIn, test } from './story'

const line = (at: number) =>
  `<tr style="background:${at % 2 ? '#ffffff' : '#f4f6fa'}"><td style="padding:4px 8px;border-bottom:1px solid #d5d8de">${at}</td><td style="padding:4px 8px;color:#2f5bd8"><a href="https://example.org/${at}">Order ${at}</a></td><td style="padding:4px 8px">Forty irises, two spades and a watering can, to be fetched on Thursday</td><td align="right"><b>${at * 7}</b></td></tr>`
const report = (bytes: number): string => {
  const rows: string[] = []
  for (let size = 0; size < bytes; size += rows.at(-1)!.length) rows.push(line(rows.length))
  return `<html><body><h1>Everything that was ordered</h1><table width="640" cellpadding="0" cellspacing="0" style="border-collapse:collapse;font:13px Arial">${rows.join('')}</table><p>That is all.</p></body></html>`
}

interface Heard {
  long: number[]
  pressed: number
}

/** By the page's own clock: a story that looks every half second would tell its own time. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const heard: Heard = { long: [], pressed: 0 }
    Object.assign(window, { heard })
    const note = (list: PerformanceObserverEntryList) =>
      void heard.long.push(...list.getEntries().map(({ duration }) => duration))
    new PerformanceObserver(note).observe({ type: 'longtask' })
    window.addEventListener('click', () => (heard.pressed = performance.now()), true)
  })

const begun = (page: Page) => body(page).getByRole('heading', { name: 'Everything that was ordered' })

/** From the click to the body on screen at its height, and how long the tab stood still meanwhile at most. */
const opened = async (page: Page, subject: string) => {
  await page.evaluate(() => (window as unknown as { heard: Heard }).heard.long.splice(0))
  await row(page, subject).click()
  const took = await page.waitForFunction((wanted) => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Message body"]')
    const heading = frame?.closest('article')?.querySelector('h2')
    const isThere = heading?.textContent === wanted && frame?.contentDocument?.querySelector('h1')
    if (!isThere || !frame || frame.clientHeight < 10_000 || getComputedStyle(frame).opacity === '0')
      return false
    return performance.now() - (window as unknown as { heard: Heard }).heard.pressed
  }, subject)
  const still = await page.evaluate(() => Math.max(0, ...(window as unknown as { heard: Heard }).heard.long))
  return { took: Number(await took.jsonValue()), still }
}

const isQuick = ({ took, still }: { took: number; still: number }) => took <= 1500 && still <= 200

// The same letter several times, each opened for the first time: a busy machine is given more tries, and what is
// slow by itself is slow each time.
const copies = ['One', 'Two', 'Three', 'Four', 'Five'].map((name) => `Orders ${name}`)

test('ten megabytes of HTML begin at once, all of it is shown when asked; what cannot be read shows its source', async ({
  page,
  system,
  post,
}) => {
  test.setTimeout(180_000)
  const tap = await tapInFrontOf(system.imap)
  const web = await startWeb({ ...system, imap: { host: system.imap.host, port: tap.port } })
  try {
    await post.seed('alice', { subject: 'Short report', html: report(1_000_000) })
    const html = report(10_000_000)
    for (const subject of copies) await post.seed('alice', { subject, html })
    await listen(page)
    await signIn(page, web, system.users.alice)
    const tries: { took: number; still: number }[] = []
    for (const subject of copies) {
      tries.push(await opened(page, subject))
      if (tries.some(isQuick)) break
    }
    expect(tries.some(isQuick), JSON.stringify(tries)).toBe(true)
    await expect(reader(page)).toContainText('This message is very long. Its beginning is shown.')
    await expect(reader(page).getByRole('link', { name: 'Download the message' })).toHaveAttribute(
      'href',
      /\/source$/,
    )

    await row(page, 'Short report').click()
    await expect(begun(page)).toBeVisible()
    await expect(body(page).getByText('That is all.')).toHaveCount(0)
    await reader(page).getByRole('button', { name: 'Show all' }).click()
    await body(page).getByText('That is all.').scrollIntoViewIfNeeded()
    await expect(body(page).getByText('That is all.')).toBeInViewport()
    await expect(reader(page)).not.toContainText('Its beginning is shown')

    tap.spoil('BODYSTRUCTURE')
    await post.seed('alice', { subject: 'Tangled', text: 'A word, and <b>no markup</b>.' })
    await open(page, 'Tangled')
    await expect(reader(page)).toContainText(
      'This message could not be understood. Below is what it is made of.',
    )
    await expect(body(page)).toContainText('Subject: Tangled')
    await expect(body(page)).toContainText('<b>no markup</b>')
    await expect(reader(page).getByRole('link', { name: 'Download the message' })).toBeVisible()
  } finally {
    await web.stop()
    await tap.close()
  }
})

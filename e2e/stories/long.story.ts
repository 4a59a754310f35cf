// Messages that are too much: ten megabytes of HTML, and one that the server cannot take apart.
import type { Page } from '@playwright/test'
import { tapInFrontOf } from '../servers/tap'
import { startWeb } from '../servers/web'
import { body, expect, open, reader, row, signIn, test } from './story'

const line = (at: number) =>
  `<tr style="background:${at % 2 ? '#ffffff' : '#f4f6fa'}"><td style="padding:4px 8px;border-bottom:1px solid #d5d8de">${at}</td><td style="padding:4px 8px;color:#2f5bd8"><a href="https://example.org/${at}">Order ${at}</a></td><td style="padding:4px 8px">Forty irises, two spades and a watering can, to be fetched on Thursday</td><td align="right"><b>${at * 7}</b></td></tr>`
const report = (bytes: number): string => {
  const rows: string[] = []
  for (let size = 0; size < bytes; size += rows.at(-1)!.length) rows.push(line(rows.length))
  return `<html><body><h1>Everything that was ordered</h1><table width="640" cellpadding="0" cellspacing="0" style="border-collapse:collapse;font:13px Arial">${rows.join('')}</table><p>That is all.</p></body></html>`
}

const watch = (page: Page) =>
  page.addInitScript(() => {
    const long: number[] = []
    Object.assign(window, { long })
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    })
  })
const longest = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { long } = window as unknown as { long: number[] }
    return Math.max(0, ...long.splice(0))
  })

test('ten megabytes of HTML begin at once, and all of it is shown when asked', async ({ page, system, post }) => {
  test.setTimeout(240_000)
  await post.seed('alice', { subject: 'Tea' })
  await post.seed('alice', { subject: 'Every order', html: report(10_000_000) })
  const tap = await tapInFrontOf(system.imap)
  const web = await startWeb({ ...system, imap: { host: system.imap.host, port: tap.port } })
  await watch(page)
  await signIn(page, web, system.users.alice)
  for (let left = 4; left > 0; left--) {
    await longest(page)
    const began = Date.now()
    await row(page, 'Every order').click()
    await expect(body(page).getByRole('heading', { name: 'Everything that was ordered' })).toBeVisible()
    console.log('open', Date.now() - began, 'longest', await longest(page), 'height', await page.locator('iframe[title="Message body"]').evaluate((f) => f.clientHeight))
    await open(page, 'Tea')
  }
  await row(page, 'Every order').click()
  await expect(body(page).getByRole('heading', { name: 'Everything that was ordered' })).toBeVisible()
  await page.screenshot({ path: '/tmp/walls-start.png' })
  await longest(page)
  const began = Date.now()
  await reader(page).getByRole('button', { name: 'Show all' }).click()
  await expect(body(page).getByText('Order 14000')).toBeVisible({ timeout: 60_000 })
  console.log('all', Date.now() - began, 'longest', await longest(page))
  await page.screenshot({ path: '/tmp/walls-all.png' })
  tap.spoil('BODYSTRUCTURE')
  await post.seed('alice', { subject: 'Tangled', text: 'words' })
  await row(page, 'Tangled').click()
  await expect(reader(page)).toContainText('This message could not be understood')
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/walls-source.png' })
  await web.stop()
  await tap.close()
})

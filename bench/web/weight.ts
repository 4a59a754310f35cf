// What a start costs on the wire, and what a tab holds after a morning's reading.
import type { Page } from '@playwright/test'
import type { TestUser } from '../../e2e/servers'
import type { Measured } from '../report'
import type { Walker } from './journeys'

interface Wire {
  bytes: number
  requests: number
}

/** Counts what comes over the wire from now on. */
const listen = async (page: Page): Promise<Wire> => {
  const wire: Wire = { bytes: 0, requests: 0 }
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', () => wire.requests++)
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (wire.bytes += encodedDataLength))
  return wire
}

/** A stream of events never ends, so a quiet network is no sign: what is loaded in idle time comes within this. */
const afterwards = 3000

const told = (start: string, { bytes, requests }: Wire): Measured => ({
  [`${start} start, kB`]: [bytes / 1000],
  [`${start} start, requests`]: [requests],
})

/** `cold`: nothing is cached; `warm`: the browser was there before. */
export const weigh = async (page: Page, walker: Walker, user: TestUser): Promise<Measured> => {
  const cold = await listen(page)
  await walker.signIn(page, user)
  await page.waitForTimeout(afterwards)
  const second = await page.context().newPage()
  const warm = await listen(second)
  await second.goto(walker.inbox)
  await second.getByText('Letter').first().waitFor()
  await second.waitForTimeout(afterwards)
  await second.close()
  return { ...told('cold', cold), ...told('warm', warm) }
}

/** Rows of a page of Roundcube's; the list is taken on by as many. */
const stride = 50

/** Megabytes of JavaScript's heap after so many messages were opened one after another, once garbage is gone. */
export const afterReading = async (
  page: Page,
  walker: Walker,
  { count, subjectAt }: { count: number; subjectAt: (place: number) => string },
): Promise<number> => {
  for (let place = 0; place < count; place++) {
    const at = { place, subject: subjectAt(place) }
    if (place % stride === 0) await page.evaluate((it) => window.bench.jump(it.place, it.subject), at)
    await walker[place === 0 ? 'open' : 'next'](page, at.subject)
  }
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}

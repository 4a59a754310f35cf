// The three walls, each alone, in a real browser (DESIGN.md decision 4). What a wall does not promise is not
// asked of it: scripts are stopped by each; loads by the sanitiser and the policy; navigation, meta refresh and
// forms by the sanitiser and the frame; names looked up in advance by the sanitiser; painting outside its box by
// the frame. Links that would run a script, forms and links that aim at the whole window are also pressed.
import type { Browser, Page, Request } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, launchBrowser } from '@/e2e/servers/chromium'
import { dealt } from '@/e2e/lots'
import { extent, seedOf } from '../testing/settings'
import { elements } from './allowed'
import { frameDocument, frameHeaders } from './frame'
import { sanitise } from './sanitise'
import type { Hostile } from './testing/cases'
import { hostile } from './testing/hostile'
import { knownFlaws } from './testing/known-flaws'

const asked = { parts: new Map<string, string>(), proxied: null }
const sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals'

const cleaned = (html: string): string => {
  const { html: body, css, whole } = sanitise(html, asked)
  return frameDocument({ html: body, css, kind: 'html', theme: 'light', whole })
}
const raw = (html: string): string => `<!doctype html><html><head></head><body>${html}</body></html>`

interface Wall {
  name: string
  document: (html: string) => string
  headers: Record<string, string>
  frame: string
  stops: ('script' | 'load' | 'navigation' | 'strangers' | 'prefetch')[]
}

const html = { 'content-type': 'text/html; charset=utf-8' }
const withoutSandbox = {
  ...frameHeaders,
  'content-security-policy': (frameHeaders['content-security-policy'] ?? '').replace(/^sandbox[^;]*;/, ''),
}
const walls: Wall[] = [
  {
    name: 'sanitiser',
    document: cleaned,
    headers: html,
    frame: '',
    stops: ['script', 'load', 'navigation', 'strangers', 'prefetch'],
  },
  {
    name: 'frame',
    document: raw,
    headers: html,
    frame: `sandbox="${sandbox}"`,
    stops: ['script', 'navigation'],
  },
  // Without the sandbox that it repeats: what its own directives stop.
  { name: 'policy', document: raw, headers: withoutSandbox, frame: '', stops: ['script', 'load'] },
]

interface Seen {
  scripts: string[]
  loads: string[]
  navigations: string[]
  strangers: string[]
  prefetches: string[]
}

const running = 'a[href^="javascript:" i], area[href^="javascript:" i], summary'
const leading = 'a[target=_top], a[target=_parent], button, [type=submit], [type=image]'

/** Runs in the page that holds the frames: presses what a person could be led to press. */
const press = ({ targets, forms }: { targets: string; forms: 'leave' | 'send' }): void => {
  for (const frame of document.querySelectorAll('iframe')) {
    const inside = frame.contentDocument
    for (const one of inside?.querySelectorAll<HTMLElement>(targets) ?? []) one.click()
    if (forms === 'send') for (const form of inside?.forms ?? []) form.requestSubmit?.()
  }
}

const origin = 'http://mail.test'
const batch = 25
// Without the sanitiser a browser may take minutes over these; they are the sanitiser's to bound.
const bounded = hostile.filter(({ html }) => html.length < 20_000)

/** The mail's frame or the page itself goes elsewhere; a frame inside the mail is something it loads. */
const leads = (request: Request, page: Page): boolean =>
  request.isNavigationRequest() &&
  (request.frame() === page.mainFrame() || request.frame().parentFrame() === page.mainFrame())

/** A turn of the loop and two frames: what runs at once has run. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))),
  )

const lots = { seed: seedOf() }
console.log(`hostile mail at the walls: TEST_SEED=${lots.seed}`)

/**
 * What meets each wall. What others had to mend meets all of them in every run, of everything else each fragment meets the
 * one that a seed chooses; `npm run test:long -- hostile` brings all to all.
 */
const met = (): readonly (readonly Hostile[])[] => {
  if (extent() === 'all') return walls.map(() => bounded)
  const ownOnes = bounded.filter((one) => !knownFlaws.includes(one))
  const hands = dealt(ownOnes, { ...lots, hands: walls.length, nameOf: ({ name }) => name })
  return hands.map((hand) => [...knownFlaws, ...hand])
}

const look = async (page: Page, wall: Wall, from: number, fragments: readonly Hostile[]): Promise<Seen> => {
  const seen: Seen = { scripts: [], loads: [], navigations: [], strangers: [], prefetches: [] }
  await page.route('**/*', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const name = /^\/frame\/(\d+)$/.exec(url.pathname)?.[1]
    if (url.origin === origin && name)
      return route.fulfill({
        headers: wall.headers,
        body: wall.document(fragments[Number(name)]?.html ?? ''),
      })
    if (url.origin === origin && url.pathname === '/')
      return route.fulfill({
        headers: html,
        body: `<script>hits=[];ran=(x)=>hits.push(x)</script>${fragments.map((_, at) => `<iframe ${wall.frame} src="/frame/${at}"></iframe>`).join('')}`,
      })
    if (url.host === 'canary.invalid')
      seen[leads(request, page) ? 'navigations' : 'loads'].push(`${from}: ${request.url()}`)
    return route.abort()
  })
  await page.goto(`${origin}/`, { waitUntil: 'load' })
  await settled(page)
  if (wall.stops.includes('prefetch'))
    seen.prefetches.push(
      ...(await page.evaluate(() =>
        [...document.querySelectorAll('iframe')].flatMap((frame) =>
          [...(frame.contentDocument?.querySelectorAll('link, base, meta[http-equiv]') ?? [])].map(
            (element) => `${frame.src}: ${element.outerHTML}`,
          ),
        ),
      )),
    )
  await page.evaluate(
    press,
    wall.stops.includes('navigation')
      ? { targets: `${running}, ${leading}`, forms: 'send' as const }
      : { targets: running, forms: 'leave' as const },
  )
  await settled(page)
  seen.scripts.push(...(await page.evaluate(() => (window as unknown as { hits: string[] }).hits)))
  if (wall.stops.includes('strangers'))
    seen.strangers.push(
      ...(await page.evaluate(
        (allowed) =>
          [...document.querySelectorAll('iframe')].flatMap((frame) =>
            [...(frame.contentDocument?.body.querySelectorAll('*') ?? [])]
              .filter(
                (element) =>
                  !allowed.includes(element.localName) ||
                  element.namespaceURI !== 'http://www.w3.org/1999/xhtml',
              )
              .map((element) => `${frame.src}: ${element.outerHTML.slice(0, 200)}`),
          ),
        [...elements],
      )),
    )
  await page.unroute('**/*')
  return seen
}

describe.skipIf(!browserPath)('walls in Chromium (skipped where no Chromium is installed)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  it('the canary sings when there is no wall', async () => {
    const page = await browser.newPage()
    const none: Wall = { name: 'none', document: raw, headers: html, frame: '', stops: [] }
    const { scripts, loads } = await look(page, none, 0, bounded.slice(0, batch))
    const pictures = await look(
      page,
      none,
      0,
      bounded.filter(({ name }) => name.startsWith('load')).slice(0, batch),
    )
    const led = await look(
      page,
      none,
      0,
      bounded.filter(({ html }) => html.includes('http-equiv=refresh')).slice(0, batch),
    )
    expect(scripts.length).toBeGreaterThan(5)
    expect(loads.length + pictures.loads.length).toBeGreaterThan(5)
    expect(led.navigations.length).toBeGreaterThan(0)
    await page.close()
  }, 60_000)

  const fragments = met()
  it.each(walls.map((wall, at) => [wall.name, wall, fragments[at] ?? []] as const))(
    '%s alone',
    async (_, wall, meets) => {
      for (let from = 0; from < meets.length; from += batch) {
        const page = await browser.newPage()
        const these = meets.slice(from, from + batch)
        const seen = await look(page, wall, from, these)
        expect(seen.scripts, these.map(({ name }) => name).join(', ')).toEqual([])
        if (wall.stops.includes('load')) expect(seen.loads).toEqual([])
        if (wall.stops.includes('navigation')) expect(seen.navigations).toEqual([])
        expect(seen.strangers).toEqual([])
        expect(seen.prefetches).toEqual([])
        expect(new URL(page.url()).origin).toBe(origin)
        await page.close()
      }
    },
    300_000,
  )

  it('the response says that no name is looked up in advance', () =>
    expect(frameHeaders['x-dns-prefetch-control']).toBe('off'))

  it('what a message paints stays in its frame', async () => {
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } })
    const around = async (inside: string) => {
      const srcdoc = raw(inside).replaceAll('&', '&amp;').replaceAll('"', '&quot;')
      await page.setContent(
        `<body style="margin:0;background:#fff"><iframe sandbox="${sandbox}" srcdoc="${srcdoc}"
          style="position:absolute;left:200px;top:200px;width:400px;height:200px;border:0"></iframe></body>`,
      )
      await settled(page)
      const strips = [
        { x: 0, y: 0, width: 900, height: 200 },
        { x: 0, y: 400, width: 900, height: 300 },
        { x: 0, y: 200, width: 200, height: 200 },
        { x: 600, y: 200, width: 300, height: 200 },
      ]
      const pictures: string[] = []
      for (const clip of strips) pictures.push((await page.screenshot({ clip })).toString('base64'))
      return pictures
    }
    const overlays = bounded.filter(({ name }) => name.startsWith('overlay')).map(({ html }) => html)
    const huge = '<div style="position:fixed;inset:-999px;z-index:2147483647;background:red">x</div>'
    const dialog = '<dialog open style="position:fixed;inset:-999px;background:red;width:9999px">x</dialog>'
    expect(await around(`${huge}${dialog}${overlays.join('')}`)).toEqual(await around('x'))
    await page.close()
  }, 60_000)
})

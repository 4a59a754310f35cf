// The three walls, each alone, in a real browser (DESIGN.md decision 4). What a wall does not promise is not
// asked of it: scripts are stopped by each, loads by the sanitiser and the policy, navigation and forms by the
// sanitiser and the frame.
import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page, type Request } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { elements } from './allowed'
import { frameDocument, frameHeaders } from './frame'
import { sanitise } from './sanitise'
import { hostile } from './testing/hostile'

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
  stops: ('script' | 'load' | 'navigation' | 'strangers')[]
}

const html = { 'content-type': 'text/html; charset=utf-8' }
const walls: Wall[] = [
  {
    name: 'sanitiser',
    document: cleaned,
    headers: html,
    frame: '',
    stops: ['script', 'load', 'navigation', 'strangers'],
  },
  {
    name: 'frame',
    document: raw,
    headers: html,
    frame: `sandbox="${sandbox}"`,
    stops: ['script', 'navigation'],
  },
  { name: 'policy', document: raw, headers: { ...frameHeaders }, frame: '', stops: ['script', 'load'] },
]

interface Seen {
  scripts: string[]
  loads: string[]
  navigations: string[]
  strangers: string[]
}

const origin = 'http://mail.test'
const batch = 25
// Without the sanitiser a browser may take minutes over these; they are the sanitiser's to bound.
const bounded = hostile.filter(({ html }) => html.length < 20_000)

/** The mail's frame or the page itself goes elsewhere; a frame inside the mail is something it loads. */
const leads = (request: Request, page: Page): boolean =>
  request.isNavigationRequest() &&
  (request.frame() === page.mainFrame() || request.frame().parentFrame() === page.mainFrame())

const look = async (page: Page, wall: Wall, from: number, fragments: typeof bounded): Promise<Seen> => {
  const seen: Seen = { scripts: [], loads: [], navigations: [], strangers: [] }
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
  // A turn of the loop and two frames: what runs at once has run.
  await page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))),
  )
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

const debians = '/usr/bin/chromium'
const path = [debians, chromium.executablePath()].find((file) => existsSync(file))

describe.skipIf(!path)('walls in Chromium (skipped where no Chromium is installed)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args: ['--no-sandbox'] })
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
    expect(scripts.length).toBeGreaterThan(5)
    expect(loads.length + pictures.loads.length).toBeGreaterThan(5)
    await page.close()
  }, 60_000)

  it.each(walls.map((wall) => [wall.name, wall] as const))(
    '%s alone',
    async (_, wall) => {
      for (let from = 0; from < bounded.length; from += batch) {
        const page = await browser.newPage()
        const seen = await look(page, wall, from, bounded.slice(from, from + batch))
        expect(seen.scripts, `scripts from ${from}`).toEqual([])
        if (wall.stops.includes('load')) expect(seen.loads).toEqual([])
        if (wall.stops.includes('navigation')) expect(seen.navigations).toEqual([])
        expect(seen.strangers).toEqual([])
        expect(new URL(page.url()).origin).toBe(origin)
        await page.close()
      }
    },
    120_000,
  )
})

// What the sanitiser wrote, read by a real browser: nothing outside the allow-list, on the first reading or on the
// reading of what that wrote (mutation XSS), and sanitising once more changes nothing. `npm run test:long --
// sanitiser-documents` does it a hundred thousand times.
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, launchBrowser } from '@/e2e/servers/chromium'
import { generatedDocuments } from '../testing/settings'
import { elements, mayHave } from './allowed'
import { sanitise } from './sanitise'
import { generate, random } from './testing/generate'
import { hostile } from './testing/hostile'

const { documents, seed } = generatedDocuments()
const batch = 250

const asked = { parts: new Map([['logo@example', 'parts/2']]), proxied: null }

/** What our own writing adds to the tables. */
const added = ['a target', 'a rel', 'area target', 'area rel']

interface Written {
  html: string
  css: string
}

interface Allowed {
  elements: string[]
  attributes: Record<string, string[]>
}

const everyAttribute =
  `title dir lang align valign width height bgcolor class id style href name shape coords alt src border hspace
  vspace usemap data-ph-blocked cellpadding cellspacing background rules frame summary colspan rowspan nowrap headers
  scope abbr span color face size start type reversed value noshade clear open datetime`.split(/\s+/)

const allowed: Allowed = {
  elements: [...elements],
  attributes: Object.fromEntries(
    [...elements].map((element) => [
      element,
      [
        ...everyAttribute.filter((name) => mayHave(element, name)),
        ...added.flatMap((pair) => (pair.startsWith(`${element} `) ? [pair.split(' ')[1] ?? ''] : [])),
      ],
    ]),
  ),
}

/** Runs in the browser: what it finds that may not be there. */
const judge = ({ written, allowed }: { written: Written[]; allowed: Allowed }): string[] => {
  const found: string[] = []
  const known = new Set(allowed.elements)
  const address = /^(https?:\/\/|mailto:|tel:|#)/
  const judgeStyle = (style: CSSStyleDeclaration, at: number) => {
    // Inside quotes an address is a word like any other.
    const text = style.cssText.replace(/(url\()?"(?:[^"\\]|\\.)*"/g, (whole, url) => (url ? whole : '""'))
    if (/url\((?!"?data:image\/|"?parts\/2)|expression|image-set/i.test(text))
      found.push(`${at}: ${text.slice(0, 200)}`)
    if (/^(fixed|absolute|sticky)$/.test(style.position)) found.push(`${at}: position ${style.position}`)
  }
  const judgeElement = (element: Element, at: number) => {
    const name = element.localName
    if (!known.has(name) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml')
      found.push(`${at}: <${name}>`)
    for (const attribute of element.attributes)
      if (!allowed.attributes[name]?.includes(attribute.name)) found.push(`${at}: ${name} ${attribute.name}`)
    const href = element.getAttribute('href')
    if (href !== null && !address.test(href)) found.push(`${at}: href ${href}`)
    const src = element.getAttribute('src')
    if (src !== null && src !== 'parts/2' && !src.startsWith('data:image/')) found.push(`${at}: src ${src}`)
    judgeStyle((element as HTMLElement).style, at)
  }
  const judgeRules = (rules: CSSRuleList, at: number) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) judgeStyle(rule.style, at)
      else if (!(rule instanceof CSSMediaRule || rule instanceof CSSSupportsRule))
        found.push(`${at}: ${rule.cssText.slice(0, 200)}`)
      if (rule instanceof CSSGroupingRule) judgeRules(rule.cssRules, at)
    }
  }
  const read = (html: string, at: number): string => {
    const content = new DOMParser().parseFromString(`<!doctype html><body>${html}</body>`, 'text/html')
    if (content.head.childNodes.length > 0) found.push(`${at}: something in the head`)
    const walker = content.createTreeWalker(content.body, NodeFilter.SHOW_ALL)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element || node.nodeType === 1) judgeElement(node as Element, at)
      else if (node.nodeType !== 3) found.push(`${at}: a node of type ${node.nodeType}`)
    }
    return content.body.innerHTML
  }
  written.forEach(({ html, css }, at) => {
    // Read, written by the browser, read again: what changes its meaning on the way shows here.
    read(read(html, at), at)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    judgeRules(sheet.cssRules, at)
  })
  return found
}

describe.skipIf(!browserPath)(
  'what the sanitiser wrote, read by Chromium (skipped where none is installed)',
  () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await launchBrowser()
    })
    afterAll(() => browser?.close())

    const judged = async (given: string[]): Promise<void> => {
      const page = await browser.newPage()
      for (let from = 0; from < given.length; from += batch) {
        const part = given.slice(from, from + batch)
        const written = part.map((html): Written => {
          const once = sanitise(html, asked)
          const again = sanitise(once.html, asked)
          if (again.html !== once.html) expect.fail(`not the same a second time: ${JSON.stringify(html)}`)
          return { html: once.html, css: once.css }
        })
        const found = await page.evaluate(judge, { written, allowed })
        const told = found.map((text) => `${text} in ${JSON.stringify(part[Number(text.split(':')[0])])}`)
        expect(told).toEqual([])
      }
      await page.close()
    }

    it('every hostile fragment', () => judged(hostile.map(({ html }) => html)))

    it(`${documents} generated documents`, async () => {
      const next = random(seed)
      for (let done = 0; done < documents; done += 5000)
        await judged(Array.from({ length: Math.min(5000, documents - done) }, () => generate(next)))
    }, 3_600_000)

    it('the judge sees what may not be there', async () => {
      const page = await browser.newPage()
      const written = [
        { html: '<script>1</script><svg></svg><p onclick="x" style="position:fixed">x</p>', css: '' },
        { html: '<a href="javascript:1">x</a><img src="https://canary.invalid/">', css: '@font-face{}' },
      ]
      const found = await page.evaluate(judge, { written, allowed })
      for (const part of ['<script>', '<svg>', 'p onclick', 'position fixed', 'href', 'src', '@font-face'])
        expect(found.join('\n')).toContain(part)
      await page.close()
    })
  },
)

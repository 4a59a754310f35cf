// The rules of the first wall, one by one: each is taken out by `npm run test:long -- sanitiser-rules`, and then a
// test here or in sanitise.test.ts must fail.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleTakenOut } from '../testing/settings'
import { elements, properties } from './allowed'
import { linkUrl } from './resources'
import { sanitise } from './sanitise'
import rules from './testing/rules.json'

const asked = { parts: new Map<string, string>(), proxied: null }
const clean = (html: string) => sanitise(html, asked)
const body = (html: string) => clean(html).html
const sheet = (css: string) => clean(`<style>${css}</style>`).css
const style = (css: string) => /style="([^"]*)"/.exec(body(`<p style='${css}'>x</p>`))?.[1] ?? ''

// Where a rule is taken out, the list below cannot be true, and that proves nothing.
describe.skipIf(ruleTakenOut())('the list of rules', () => {
  it.each(rules)('$rule: stands where the list says, once', ({ file, from, to }) => {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8')
    expect(source.split(from).length - 1).toBe(1)
    expect(to).not.toBe(from)
  })

  it('has at least thirty', () => expect(rules.length).toBeGreaterThanOrEqual(30))
})

describe('what is written', () => {
  it.each([
    'script',
    'style',
    'title',
    'noscript',
    'template',
    'svg',
    'math',
    'textarea',
    'select',
    'iframe',
  ])('nothing of what a %s held', (name) =>
    expect(body(`<p>a</p><${name}>words<b>more</b></${name}><p>b</p>`)).toBe('<p>a</p><p>b</p>'),
  )

  it('every character that means something in HTML as a reference', () => {
    expect(body('&lt;b&gt; &amp;lt; &quot;')).toBe('&lt;b&gt; &amp;lt; &quot;')
    expect(body(`<p title='"<&>'>x</p>`)).toBe('<p title="&quot;&lt;&amp;&gt;">x</p>')
  })

  it('no character that is none', () => {
    expect(body('a\u0000\u0008\u007fb')).toBe('ab')
    expect(body('<p title="a\u0000\u0008b">x</p>')).toBe('<p title="ab">x</p>')
  })

  it('ids and classes that are never ours', () => {
    expect(body('<p id="__next" class="ph-quote mine PH-text">x</p>')).toBe(
      '<p id="m-__next" class="mine">x</p>',
    )
    expect(sheet('#a{color:red}')).toBe('#m-a{color:red}')
  })

  it('ends before beginnings, as HTML reads them', () => {
    expect(body('<p>a<div>b</div>')).toBe('<p>a</p><div>b</div>')
    expect(body('<p>a<body>b</body>')).toBe('<p>a</p><div>b</div>')
    expect(body('</b></i>x')).toBe('x')
  })

  it('no element, property or animation that moves by itself or takes words', () => {
    for (const name of [
      'input',
      'select',
      'textarea',
      'button',
      'form',
      'svg',
      'math',
      'meta',
      'link',
      'base',
    ])
      expect(elements.has(name)).toBe(false)
    for (const name of [
      'animation',
      'animation-name',
      'transition',
      'transform',
      'z-index',
      'inset',
      'top',
      'left',
    ])
      expect(properties.has(name)).toBe(false)
  })
})

describe('what is bounded', () => {
  const deepest = (html: string) => Math.max(...html.split('<p>').map((_, at) => at), 0)

  it('depth', () => {
    const { html, whole } = clean('<div>'.repeat(1000))
    expect(html.split('<div>').length - 1).toBe(200)
    expect(whole).toBe(false)
    expect(deepest(html)).toBe(0)
  })

  it('elements', () => {
    const { html, whole } = clean('<br>'.repeat(100_010))
    expect(html.length).toBe('<br>'.length * 100_000)
    expect(whole).toBe(false)
  })

  it('length', () => {
    const { html, whole } = clean('x'.repeat(12_000_100))
    expect(html.length).toBeLessThanOrEqual(12_000_000)
    expect(whole).toBe(false)
  })

  it('attributes and their values', () => {
    const many = Array.from({ length: 60 }, (_, at) => `a${at}=x`).join(' ')
    expect(body(`<p ${many} title=late>x</p>`)).toBe('<p>x</p>')
    expect(body(`<p title="${'x'.repeat(8001)}">x</p>`)).toBe('<p>x</p>')
    expect(linkUrl(`https://example.org/${'x'.repeat(8000)}`)).toBeNull()
  })

  it('style sheets and style attributes', () => {
    expect(sheet(`/*${'x'.repeat(512_000)}*/p{color:red}`)).toBe('')
    expect(style(`color:red;/*${'x'.repeat(20_000)}*/`)).toBe('')
    expect(sheet(`${'@media all{'.repeat(20)}p{color:red}${'}'.repeat(20)}`)).toBe('')
    expect(style(`width:${'calc('.repeat(60)}1px${')'.repeat(60)}`)).toBe('')
  })

  it('pictures in addresses, and how many addresses are counted', () => {
    expect(body(`<img src="data:image/png;base64,${'A'.repeat(3_000_000)}">`)).toBe(
      '<img data-ph-blocked="">',
    )
    const many = Array.from({ length: 10_100 }, (_, at) => `<img src="https://a.example/${at}">`).join('')
    expect(clean(many).tally.blocked.size).toBe(10_000)
  })
})

describe('addresses', () => {
  it.each([
    ['data:image/svg+xml;base64,AAAA', 'SVG'],
    ['data:text/html;base64,AAAA', 'a document'],
    ['data:image/tiff;base64,AAAA', 'nothing a browser draws'],
  ])('%s is no picture: %s', (src) => expect(body(`<img src="${src}">`)).toBe('<img data-ph-blocked="">'))

  it('of pictures lead to the web, and carry no password', () => {
    const counted = (src: string) => [...clean(`<img src="${src}">`).tally.blocked]
    expect(counted('https://example.org/a')).toEqual(['https://example.org/a'])
    expect(counted('ht\ntps://example.org/a')).toEqual(['https://example.org/a'])
    for (const src of ['ftp://example.org/a', 'file:///a', 'x:y', 'https://user:word@example.org/'])
      expect(counted(src)).toEqual([])
  })

  it.each([
    ...['javascript:1', 'java\nscript:1', 'file:///etc/passwd', 'data:text/html,x', 'blob:https://x/', 'x:y'],
    ...['tel:<script>', '/path', 'path', 'ftp://example.org/', 'intent:x'],
  ])('%j is no link', (href) => expect(linkUrl(href)).toBeNull())

  it.each(['https://example.org/', 'http://example.org/a?b#c', 'mailto:a@example.org', 'tel:+420 123'])(
    '%s is one',
    (href) => expect(linkUrl(href)).toBe(href),
  )

  it('of links are followed elsewhere, and tell nobody', () => {
    expect(body('<a href="https://example.org/" target=_top rel=opener>x</a>')).toBe(
      '<a href="https://example.org/" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    )
  })

  it('of backgrounds cannot leave their brackets', () => {
    const proxied = () => 'a") ;position:fixed;x:url("'
    const { html } = sanitise('<table background="https://example.org/a"><tr></tr></table>', {
      ...asked,
      proxied,
    })
    expect(html).not.toContain('position')
  })
})

describe('styles', () => {
  it.each([
    ['position:fixed', ''],
    ['position:absolute;color:red', 'color:red'],
    ['z-index:9;top:0;color:red', 'color:red'],
    ['behavior:x;color:red', 'color:red'],
    ['color:red;}}{{', 'color:red'],
    ['height:110vh;color:red', 'color:red'],
    ['min-height:calc(10px + 100vmax);color:red', 'color:red'],
    ['width:attr(title);color:red', 'color:red'],
    ['font-family:U+0-7F;color:red', 'color:red'],
    ['background:url(https://example.org/)', 'background:none'],
    ['color:red;width:expression(ran())', 'color:red'],
  ])('%s becomes %j', (given, kept) => expect(style(given)).toBe(kept))

  it.each([
    ['@import "https://example.org/a.css";p{color:red}', 'p{color:red}'],
    ['@font-face{font-family:x;src:url(https://example.org/a)}p{color:red}', 'p{color:red}'],
    ['@keyframes a{to{color:red}}', ''],
    ['@layer a{p{color:red}}', ''],
    ['@media print{p{color:red}}', '@media print{p{color:red}}'],
    ['@media print{@import "a";p{color:red}}', '@media print{p{color:red}}'],
    ['p{color:red;@media all{a{color:red}}}', 'p{color:red}'],
    ['p{a{position:fixed}}', ''],
    ['p{{{color:red}a{color:red}', ''],
    ['p[x=</style><b>]{color:red}', ''],
    ['p[x=!]{color:red}', ''],
    ['p[title="<b>"]{color:red}', 'p[title="\\3c b>"]{color:red}'],
  ])('the sheet %s becomes %s', (given, kept) => expect(sheet(given)).toBe(kept))
})

import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { droppedWhole, elements, mayHave } from './allowed'
import { sanitise } from './sanitise'
import { hostile } from './testing/hostile'

const asked = { parts: new Map([['logo@example', 'parts/2']]), proxied: null }
const clean = (html: string) => sanitise(html, asked)

// What our own writing adds to the allow-list.
const added: Record<string, string[]> = {
  a: ['target', 'rel'],
  area: ['target', 'rel'],
  img: ['data-ph-blocked'],
}

const strangers = (html: string): string[] => {
  const found: string[] = []
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (!elements.has(name)) found.push(`<${name}>`)
      for (const attribute of Object.keys(attributes))
        if (!mayHave(name, attribute) && !added[name]?.includes(attribute)) found.push(`${name} ${attribute}`)
    },
    oncomment: (text) => found.push(`<!--${text}`),
    onprocessinginstruction: (name) => found.push(name),
  })
  parser.end(html)
  return found
}

/** Inside quotes an address is a word like any other. */
const unquoted = (css: string): string => css.replace(/"(?:[^"\\\n]|\\.)*"/g, '""')

/** Addresses that a browser would follow or load from what was written. */
const addresses = ({ html, css }: { html: string; css: string }): string[] => {
  const found: string[] = []
  const parser = new Parser({
    onopentag: (_name, { src, href, style }) => {
      if (src) found.push(src)
      if (href && !/^(https?:\/\/|mailto:|tel:|#)/.test(href)) found.push(href)
      if (style && /url\(|@|expression|javascript/i.test(unquoted(style))) found.push(style)
    },
  })
  parser.end(html)
  if (/url\(|@import|@font|expression/i.test(unquoted(css)) || css.includes('<')) found.push(css)
  return found
}

describe('the first wall', () => {
  it.each([
    'color:red;background:#FFF;padding:0 4px!important',
    'COLOR : rgb( 1, 2 , 3 ) ; position:fixed;width:100vh;border:1px solid rgba(0,0,0,.5)',
    ';;color:;:red;a b:c;margin:-1px;mso-line-height-rule:exactly;font:12px/1.5 Arial',
    'color:red;x(1);width:(1);height:calc(1);background:url(2)',
  ])('a style of plain declarations is read one by one as it would be whole: %s', (css) => {
    const style = (text: string) => clean(`<p style="${text}">x</p>`).html
    // A comment makes it none of the plain ones.
    expect(style(css)).toBe(style(`${css}/**/`))
    expect(sanitise(`<p style="${css}">x</p>`, { ...asked, theme: 'dark' }).html).toBe(
      sanitise(`<p style="${css}/**/">x</p>`, { ...asked, theme: 'dark' }).html,
    )
  })

  it('is tried by at least three hundred fragments', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(300)
  })

  it.each(hostile.map(({ name, html }) => [name, html] as const))('%s', (_, html) => {
    const result = clean(html)
    expect(strangers(result.html)).toEqual([])
    expect(addresses(result)).toEqual([])
    const again = clean(result.html)
    expect(again.html).toBe(result.html)
    expect(result.css).not.toMatch(/position\s*:\s*(fixed|absolute|sticky)/i)
    expect(result.html).not.toMatch(/style="[^"]*position\s*:\s*(fixed|absolute|sticky)/i)
  })

  it('keeps what mail is made of', () => {
    const html =
      '<div style="color:#333;padding:8px"><h1>News</h1><table width="600" cellpadding="0"><tr><td bgcolor="#eee">' +
      '<a href="https://example.org/?a=1&amp;b=2">more</a><img src="cid:logo@example" alt="Logo" width="40"></td></tr></table></div>'
    const result = clean(html)
    expect(result.html).toBe(
      '<div style="color:#333;padding:8px"><h1>News</h1><table width="600" cellpadding="0"><tr><td bgcolor="#eee">' +
        '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">more</a>' +
        '<img src="parts/2" alt="Logo" width="40"></td></tr></table></div>',
    )
    expect([...result.tally.used]).toEqual(['logo@example'])
  })

  it('counts what it held back, each address once, and never a beacon less', () => {
    const far = 'https://example.org/a.png'
    const { tally } = clean(`<img src="${far}"><img src="${far}"><p style="background:url(${far}?2)">x</p>`)
    expect([...tally.blocked]).toEqual([far, `${far}?2`])
  })

  it('asks the proxy for pictures, but never for one that nobody can see', () => {
    const proxied = (url: string) => `proxy?${url.length}`
    const shown = sanitise(
      '<img src="https://example.org/a.png"><img src="https://example.org/b.gif" width=1 height=1>',
      { parts: new Map(), proxied },
    )
    expect(shown.html).toBe('<img src="proxy?25"><img data-ph-blocked="" width="1" height="1">')
  })

  it('is idempotent, and writes nothing outside the tables, whatever it reads', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '"',
        "'",
        '/',
        '=',
        ' ',
        '&',
        'a',
        'style',
        'svg',
        'math',
        'p',
        'table',
        'td',
        '<!--',
        '-->',
      ],
      ...[
        '<p>',
        '</p>',
        '<b>',
        '<i',
        'href=',
        'src=x',
        'onerror=ran()',
        '<style>',
        '</style>',
        '<title>',
        '{',
        '}',
      ],
      ...[
        '<svg>',
        '<mtext>',
        '<select>',
        '<template>',
        '<noscript>',
        'javascript:',
        'cid:',
        '&lt;',
        '&#x',
        ';',
        '\n',
        '\0',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { html } = clean(pieces.join(''))
        expect(strangers(html)).toEqual([])
        expect(clean(html).html).toBe(html)
      }),
      { numRuns: 2000 },
    )
  })

  it('drops whole what can hold script or be read in another way', () => {
    for (const name of droppedWhole) expect(elements.has(name)).toBe(false)
  })
})

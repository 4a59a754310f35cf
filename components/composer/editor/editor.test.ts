import * as fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { EditorState, TextSelection, type Command } from 'prosemirror-state'
import { describe, expect, it } from 'vitest'
import { domOf } from './dom.testing'
import { readDocument } from './from-html'
import { fromText } from './from-text'
import { linkFromTyping, safeLink } from './safe'
import { schema } from './schema'
import { emptyCells, goToCell, insertTable, tableCommands } from './table'
import { toHtml } from './to-html'
import { belowSeparator, signaturesIn, toOwnText, toText } from './to-text'

const read = (html: string): Node => readDocument(domOf(html))
const outline = (html: string): string => read(html).toString()

describe('HTML into the editor and out again', () => {
  it.each([
    ['paragraphs', '<p>one</p><p>two</p>'],
    ['marks', '<p>a <b>bold</b> <i>it</i> <u>un</u> <s>st</s> <code>co</code> end</p>'],
    ['nested marks', '<p><b>a<i>b</i></b><i>c</i></p>'],
    ['a link over marks', '<p><a href="https://x.org/?a=1&amp;b=2">see <b>this</b> now</a></p>'],
    ['line breaks', '<p>a<br>b</p>'],
    ['a break at the end', '<p>a<br><br></p>'],
    ['empty paragraph', '<p>a</p><p><br></p><p>b</p>'],
    ['headings', '<h1>a</h1><h2>b</h2><h3>c</h3>'],
    ['alignment', '<p style="text-align:center">a</p><h2 style="text-align:right">b</h2>'],
    ['lists', '<ul><li><p>a</p></li><li><p>b</p><ol start="3"><li><p>c</p></li></ol></li></ul>'],
    ['quotes in quotes', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>'],
    ['code block', '<pre>\n\na\n  b &lt;c&gt;\n</pre>'],
    ['rule', '<p>a</p><hr><p>b</p>'],
    ['inline image', '<p><img src="cid:x@y" alt="plan" width="120"></p>'],
    ['attribution', '<p class="attribution">On Monday, Bob wrote:</p><blockquote><p>a</p></blockquote>'],
    ['spaces', '<p>a&nbsp; b &amp;nbsp; c</p>'],
    ['right-to-left', '<p>שלום עולם</p>'],
  ])('%s', (_, html) => {
    const once = read(html)
    const again = read(toHtml(once))
    expect(again.toString()).toBe(once.toString())
    expect(toHtml(again)).toBe(toHtml(once))
  })

  it('keeps one link one link', () => {
    expect(toHtml(read('<p><a href="https://x.org/">a <b>b</b> c</a></p>')).match(/<a /g)).toHaveLength(1)
  })

  it.each([
    ['script', '<p>a<script>alert(1)</script></p>'],
    ['handler', '<p onclick="x()">a<img src="data:image/png;base64,AAAA" onerror="x()"></p>'],
    ['javascript link', '<p><a href="java\nscript:alert(1)">a</a></p>'],
    ['data link', '<p><a href="data:text/html,x">a</a></p>'],
    ['remote image', '<p>a<img src="https://t.example/pixel.gif"></p>'],
    ['svg image', '<p>a<img src="data:image/svg+xml;base64,AAAA"></p>'],
    ['styles', '<style>p{color:red}</style><p style="background:url(https://t.example)">a</p>'],
    [
      'frames and forms',
      '<iframe src="https://x"></iframe><form action="https://x"><input name="a"></form><p>a</p>',
    ],
    ['attribute injection', '<p><img src="cid:a" alt="&quot; onerror=&quot;x()"></p>'],
  ])('lets nothing active through: %s', (_, html) => {
    const out = toHtml(read(html))
    expect(out).not.toMatch(
      /<script|javascript:|t\.example|<iframe|<form|<input|<style|svg|data:text|" on|<p on/i,
    )
  })

  it('reads what Google Docs pastes', () => {
    expect(
      outline('<b style="font-weight:normal"><p>plain <span style="font-weight:700">bold</span></p></b>'),
    ).toBe('doc(paragraph("plain ", strong("bold")))')
  })

  it('reads a newsletter laid out in tables as its text', () => {
    expect(read('<table><tr><td><h1>News</h1><p>one</p></td><td>two</td></tr></table>').textContent).toBe(
      'Newsonetwo',
    )
  })

  it('never loses a character that was typed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (typed) => {
        const text = typed.replace(/[\u0000-\u001f\u007f\r\n]/g, '')
        if (text === '') return
        const doc = schema.node('doc', null, [schema.node('paragraph', null, [schema.text(text)])])
        const back = read(toHtml(doc)).textContent
        expect(back.replaceAll('\u00a0', ' ')).toBe(text.replaceAll('\u00a0', ' '))
      }),
    )
  })
})

describe('a signature', () => {
  const signed = '<p>Hello</p><div class="signature"><p>Alice</p></div>'
  it('at the end goes out below its separator, which is not read again as text', () => {
    const doc = read(signed)
    expect(toText(doc)).toBe('Hello\n\n-- \nAlice')
    expect(toHtml(doc)).toContain('>-- </p>')
    expect(read(toHtml(doc)).toString()).toBe(doc.toString())
  })
  it('above a quote has none: what is below one is cut off by who answers', () => {
    const doc = read(`${signed}<blockquote><p>quoted</p></blockquote>`)
    expect(toText(doc)).toBe('Hello\n\nAlice\n\n> quoted')
    expect(toHtml(doc)).not.toContain('>-- </p>')
  })
  it('in plain text is what stands below the last separator, however many there are', () => {
    expect(belowSeparator('Hello\n\n-- \nAlice')).toBe('-- \nAlice')
    expect(belowSeparator('-- \nBob\n-- \nAlice')).toBe('-- \nAlice')
    expect(belowSeparator('-- Alice\n-- ')).toBe('')
    const hostile = '-- \n'.repeat(60_000)
    expect(belowSeparator(hostile)).toBe('-- \n')
  })
  it('is nothing the message says', () => {
    const doc = read(`${signed}<blockquote><p>quoted</p></blockquote>`)
    expect(toOwnText(doc)).toBe('Hello\n\n> quoted')
    expect(signaturesIn(doc)).toEqual(['Alice'])
  })
})

describe('the plain part', () => {
  it.each([
    ['<p>one</p><p>two<br>three</p>', 'one\n\ntwo\nthree'],
    ['<p>a</p><p><br></p><p>b</p>', 'a\n\n\nb'],
    ['<ul><li><p>a</p></li><li><p>b</p></li></ul>', '- a\n- b'],
    ['<ol start="9"><li><p>a</p></li><li><p>b</p></li></ol>', '9. a\n10. b'],
    ['<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>', '- a\n  - b'],
    [
      '<p>a</p><blockquote><p>b</p><p>c</p><blockquote><p>d</p></blockquote></blockquote>',
      'a\n\n> b\n>\n> c\n>\n>> d',
    ],
    ['<p class="attribution">Bob wrote:</p><blockquote><p>b</p></blockquote>', 'Bob wrote:\n> b'],
    ['<p><a href="https://x.org/a">here</a></p>', 'here <https://x.org/a>'],
    ['<p><a href="https://x.org/">x.org</a> <a href="mailto:a@x.org">a@x.org</a></p>', 'x.org a@x.org'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<p><img src="cid:x" alt="plan"></p>', '[plan]'],
  ])('%s', (html, text) => {
    expect(toText(read(html))).toBe(text)
  })

  it.each([
    'one',
    'one\ntwo',
    'one\n\ntwo',
    'one\n\n\ntwo',
    'a\n\n> b\n>\n> c\n>\n>> d',
    'Bob wrote:\n> b\n\nmine',
    '> only a quote',
    'a\n\n> b\n\nc\n\n> d',
    '- a\n- b',
    '  indented\n    more',
  ])('to plain text and back loses nothing: %j', (text) => {
    expect(toText(fromText(text))).toBe(text)
  })

  it('bounds the depth of quotes', () => {
    expect(toText(fromText(`${'>'.repeat(5000)} deep`))).toContain('deep')
  })
})

describe('links', () => {
  it.each([
    ['x.org', 'https://x.org'],
    ['x.org/a?b#c', 'https://x.org/a?b#c'],
    ['a@x.org', 'mailto:a@x.org'],
    ['https://x.org', 'https://x.org'],
    ['javascript:alert(1)', ''],
    ['just words', ''],
    ['', ''],
  ])('%j typed becomes %j', (typed, href) => expect(linkFromTyping(typed)).toBe(href))

  it.each([
    '\u0001javascript:x',
    ' JaVaScRiPt:x',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    '//x.org',
    '/api/x',
  ])('refuses %j', (href) => expect(safeLink(href)).toBe(''))
})

describe('looks', () => {
  it.each([
    ['a colour', '<p>a <span style="color:#b42318">b</span></p>', 'color:#b42318'],
    ['of an old mail', '<p>a <font color="red">b</font></p>', 'color:#ff0000'],
    ['a marker', '<p>a <span style="background-color:rgb(254, 240, 138)">b</span></p>', '#fef08a'],
    ['a font', '<p><span style="font-family:Georgia, Foo">b</span></p>', 'font-family:Georgia'],
    ['a size', '<p><span style="font-size:24px">b</span></p>', 'font-size:190%'],
    ['all of them', '<p><b style="color:#1d4ed8;font-size:18px">b</b></p>', 'color:#1d4ed8'],
  ])('%s comes in and leaves, and comes in again', (_, html, leaves) => {
    const once = read(html)
    expect(toHtml(once)).toContain(leaves)
    expect(read(toHtml(once)).toString()).toBe(once.toString())
    expect(toHtml(read(toHtml(once)))).toBe(toHtml(once))
  })

  it.each([
    ['black', 'color:#000'],
    ['white on a paper that is gone', 'color:#ffffff'],
    ['white paper', 'background:#fff'],
    ['the size letters have', 'font-size:13px'],
    ['a foreign font', 'font-family:Wingdings'],
    ['a wrong colour', 'color:expression(alert(1))'],
    ['an address', 'background:url(https://t.example/x.png)'],
  ])('%s is nothing', (_, style) => {
    expect(outline(`<p><span style="${style}">b</span></p>`)).toBe('doc(paragraph("b"))')
  })
})

describe('tables', () => {
  const prices = '<table><tr><th>Bulb</th><th>Price</th></tr><tr><td>Tulip</td><td><p>3</p></td></tr></table>'
  it('that tell something come in, leave with borders of their own, and read as lines', () => {
    const doc = read(prices)
    expect(doc.firstChild?.type.name).toBe('table')
    expect(read(toHtml(doc)).toString()).toBe(doc.toString())
    expect(toHtml(doc)).toContain('border:1px solid')
    expect(toText(doc)).toBe('Bulb | Price\nTulip | 3')
  })
  it.each([
    ['one column', '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>'],
    ['rows of several lengths', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>'],
    ['tables in tables', `<table><tr><td>${prices}</td><td>${prices}</td></tr></table>`],
    ['declared layout', '<table role="presentation"><tr><td>a</td><td>b</td></tr></table>'],
  ])('that lay out a page are read as their text: %s', (_, html) => {
    expect(read(html).firstChild?.type.name).not.toBe(undefined)
    expect(toHtml(read(html)).match(/<table/g)?.length ?? 0).toBe(html.includes('Bulb') ? 2 : 0)
  })
  it.each([
    ['one column', '<tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr>'],
    ['headings and a line in a cell', '<tr><td><h1>a</h1><hr><p>b</p></td><td><p>c</p></td></tr>'],
  ])('that were written here stay tables when a draft is opened again: %s', (_, rows) => {
    const doc = read(`<table class="written"><tbody>${rows}</tbody></table>`)
    expect(doc.firstChild?.type.name).toBe('table')
    expect(read(toHtml(doc)).toString()).toBe(doc.toString())
  })
  it('lose the words that are selected across cells, and no cell', () => {
    const doc = read(
      '<table><tr><td>one</td><td>two</td><td>three</td></tr><tr><td>four</td><td>five</td><td>six</td></tr></table>',
    )
    const at = (word: string, more: number): number => {
      let found = 0
      doc.descendants((node, place) => void (node.text === word && (found = place + more)))
      return found
    }
    const state = EditorState.create({
      doc,
      selection: TextSelection.create(doc, at('two', 1), at('five', 2)),
    })
    let after = state
    expect(emptyCells(state, (tr) => (after = state.apply(tr)))).toBe(true)
    expect(toText(after.doc)).toBe('one | t | \n | ve | six')
    expect(after.selection.head).toBe(at('two', 1))
    const within = state.apply(state.tr.setSelection(TextSelection.create(doc, at('two', 0), at('two', 2))))
    expect(emptyCells(within)).toBe(false)
  })
  it('grow, shrink and go', () => {
    const start = EditorState.create({ doc: read(`${prices}<p>after</p>`) })
    const inside = start.apply(start.tr.setSelection(TextSelection.near(start.doc.resolve(4))))
    const after = (state: EditorState, command: Command): EditorState => {
      let next = state
      expect(command(state, (tr) => (next = state.apply(tr)))).toBe(true)
      return next
    }
    const taller = after(inside, tableCommands.rowBelow)
    expect(toText(taller.doc)).toBe('Bulb | Price\n | \nTulip | 3\n\nafter')
    const wider = after(taller, tableCommands.columnAfter)
    expect(toText(wider.doc)).toBe('Bulb |  | Price\n |  | \nTulip |  | 3\n\nafter')
    const back = after(after(wider, tableCommands.removeColumn), tableCommands.removeRow)
    expect(toText(back.doc)).toBe('Bulb | Price\nTulip | 3\n\nafter')
    let walking = back
    for (let i = 0; i < 4; i++) walking = after(walking, goToCell(1))
    expect(walking.doc.firstChild?.childCount).toBe(3)
    expect(toText(after(walking, tableCommands.removeTable).doc)).toBe('after')
    expect(toText(after(EditorState.create({ doc: read('<p></p>') }), insertTable(2, 2)).doc)).toBe(' | \n |')
  })
})

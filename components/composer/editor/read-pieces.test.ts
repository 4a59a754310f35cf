import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { expect, it } from 'vitest'
import { domOf } from './dom.testing'
import { readDocument } from './from-html'
import { readPieces } from './read-pieces'

/** How it came out, and in how many turns. */
const inPieces = (html: string): { doc: Node; turns: number } => {
  const reading = readPieces(domOf(html))
  for (let turns = 1; ; turns++) {
    const { done, value } = reading.next()
    if (done) return { doc: value, turns }
  }
}

const words = fc.constantFrom(
  'Dear all,',
  ' ',
  '\n',
  'a <b>bold</b> word',
  'one<br>two<br>',
  '<i>so</i> ',
  'x',
)
const leaf = fc.oneof(
  words,
  words.map((text) => `<p>${text}</p>`),
  words.map((text) => `<div>${text}</div>`),
  words.map((text) => `<h2>${text}</h2>`),
  words.map((text) => `<ul><li>${text}</li><li>second</li></ul>`),
  words.map((text) => `<li>${text}</li>`),
  words.map((text) => `<table><tr><td>${text}</td><td>2</td></tr></table>`),
  fc.constantFrom(
    '<hr>',
    '<br>',
    '<p></p>',
    '<pre>a\n b</pre>',
    '<style>p{}</style>',
    '<!-- - -->',
    '<p><br></p>',
  ),
)
const boxes = [
  'blockquote',
  'blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px #ccc solid"',
  'blockquote style="font-weight:bold"',
  'div',
  'div class="signature"',
  'div style="color:#1d4ed8"',
  'div dir="ltr"',
  'section',
]
const { html: anyMail } = fc.letrec<{ html: string }>((tie) => ({
  html: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.array(leaf, { maxLength: 90 }).map((parts) => parts.join('')),
    fc
      .array(fc.tuple(fc.constantFrom(...boxes), tie('html'), leaf), { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts.map(([box, inner, beside]) => `${beside}<${box}>${inner}</${box.split(' ')[0]}>`).join(''),
      ),
  ),
}))

it('whatever is read in pieces comes out as if it were read at once', () => {
  fc.assert(
    fc.property(anyMail, (html) => {
      expect(inPieces(html).doc.toJSON()).toEqual(readDocument(domOf(html)).toJSON())
    }),
    { numRuns: 300 },
  )
})

it('a long history is read in many turns, however deep it lies', () => {
  const entry = '<p>On Monday, Bob wrote:</p><ul><li>one</li></ul><p>Yours</p>'
  const deep = `${entry}<blockquote>`.repeat(60) + entry.repeat(100) + '</blockquote>'.repeat(60)
  const { doc, turns } = inPieces(`<div dir="ltr">${deep}</div>`)
  expect(doc.eq(readDocument(domOf(deep)))).toBe(true)
  expect(turns).toBeGreaterThan(15)
})

it('nothing is an empty line', () => {
  expect(inPieces('').doc.eq(readDocument(domOf('')))).toBe(true)
})

it('a report whose blanks are kept keeps them', () => {
  const report = `<div style="white-space:pre-wrap">${'<div>ok    12 ms   <b>build</b></div>'.repeat(90)}</div>`
  const { doc } = inPieces(`<p>Look:</p>${report}`)
  expect(doc.textContent).toContain('ok    12 ms   build')
  expect(doc.toJSON()).toEqual(readDocument(domOf(`<p>Look:</p>${report}`)).toJSON())
})
